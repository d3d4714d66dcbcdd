package dev.mettle.core.statistics.components;

import dev.mettle.core.statistics.TailCheck;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Where the randomness of a candidate's losses comes from: the variance components of a grid of
 * losses, with what a reader must know to believe them.
 *
 * <p>The components are those of log-losses, or of the losses themselves where one is 0 or less.
 * Failed trainings have no finite loss: they are counted by level, and the components are those of
 * the grid that is left without the levels that failed most ({@link Failures}).
 *
 * @param grid the losses
 * @param failures the failed ones
 * @param logarithmic whether the components are those of log-losses
 * @param levels levels of each source that are left
 * @param result the components
 * @param ranges for each source, how much its spread differs with the levels of the others; empty
 *     where the components are undetermined
 * @param warnings a sentence each
 */
public record Decomposition(
        LossGrid grid,
        Failures failures,
        boolean logarithmic,
        List<Integer> levels,
        Result result,
        List<SpreadRange> ranges,
        List<String> warnings) {
    /** Fewest levels of each source: of two, an interval would span nearly everything. */
    public static final int LEAST_LEVELS = 3;

    /** With fewer levels of a source there is a warning. */
    public static final int FEW_LEVELS = 5;

    /** What was found. */
    public sealed interface Result {}

    /**
     * The components are known.
     *
     * @param components as the grid shows them
     * @param corrected with the component of the sample divided by 1 - n/N, where the finite pool
     *     is known
     * @param tails of the effects of each source, then of the residuals
     */
    public record Determined(
            VarianceComponents components,
            Optional<VarianceComponents> corrected,
            List<TailCheck> tails)
            implements Result {
        public Determined {
            tails = List.copyOf(tails);
        }
    }

    /**
     * The components are not known.
     *
     * @param reason a clause
     */
    public record Undetermined(String reason) implements Result {}

    public Decomposition {
        levels = List.copyOf(levels);
        ranges = List.copyOf(ranges);
        warnings = List.copyOf(warnings);
    }

    /**
     * Decomposes a grid.
     *
     * @param poolShare rows of a sample over rows of the pool, inside (0, 1), where they are known
     */
    public static Decomposition of(LossGrid grid, OptionalDouble poolShare) {
        Failures failures = Failures.of(grid.levels(), grid.failed());
        int[] left = new int[grid.axes().size()];
        Arrays.setAll(left, factor -> failures.kept(factor).length);
        double[] losses = kept(grid, failures);
        boolean logarithmic = Arrays.stream(losses).allMatch(loss -> loss > 0);
        List<Integer> levels = Arrays.stream(left).boxed().toList();
        Optional<String> obstacle = obstacle(grid, failures, left, losses);
        if (obstacle.isPresent()) {
            return new Decomposition(
                    grid,
                    failures,
                    logarithmic,
                    levels,
                    new Undetermined(obstacle.get()),
                    List.of(),
                    List.of());
        }
        CrossedGrid values =
                CrossedGrid.of(
                        left,
                        logarithmic
                                ? Arrays.stream(losses).map(StrictMath::log).toArray()
                                : losses);
        MeanSquares squares = MeanSquares.of(values);
        Determined determined = determine(grid, squares, poolShare);
        return new Decomposition(
                grid,
                failures,
                logarithmic,
                levels,
                determined,
                SpreadRange.of(values),
                new Caveats(grid, failures, logarithmic, left, determined.tails()).list());
    }

    /** Returns the losses of the cells whose levels are all kept. */
    private static double[] kept(LossGrid grid, Failures failures) {
        int[] levels = grid.levels();
        double[] kept = new double[grid.losses().size()];
        int count = 0;
        for (int cell = 0; cell < kept.length; cell++) {
            boolean inside = true;
            for (int factor = 0; factor < levels.length; factor++) {
                int level = CrossedGrid.combination(levels, 1 << factor, cell);
                inside &= !failures.removed().contains(new Failures.Level(factor, level));
            }
            if (inside) {
                kept[count++] = grid.losses().get(cell);
            }
        }
        return Arrays.copyOf(kept, count);
    }

    private static Optional<String> obstacle(
            LossGrid grid, Failures failures, int[] left, double[] losses) {
        if (Arrays.stream(left).anyMatch(count -> count < LEAST_LEVELS)) {
            return Optional.of(
                    failures.count() == 0
                            ? "the grid is %s, and %d levels of each source are needed"
                                    .formatted(grid.size(), LEAST_LEVELS)
                            : "%d of %d trainings failed, and without the levels that failed most %s of %s are left; %d levels of each source are needed"
                                    .formatted(
                                            failures.count(),
                                            failures.cells(),
                                            losses.length == 0 ? "none" : LossGrid.size(left),
                                            grid.size(),
                                            LEAST_LEVELS));
        }
        if (Arrays.stream(losses).allMatch(loss -> loss == losses[0])) {
            return Optional.of("all losses are equal, so there is nothing to decompose");
        }
        return Optional.empty();
    }

    private static Determined determine(
            LossGrid grid, MeanSquares squares, OptionalDouble poolShare) {
        SurrogateDraws draws = SurrogateDraws.of(squares.grid().levels());
        double[] scale = new double[squares.grid().terms()];
        Arrays.fill(scale, 1);
        VarianceComponents components = VarianceComponents.of(squares, draws, scale);
        Optional<VarianceComponents> corrected = Optional.empty();
        for (int factor = 0; factor < squares.grid().factors(); factor++) {
            if (isSample(grid, factor) && poolShare.isPresent()) {
                scale[1 << factor] = 1 / (1 - poolShare.getAsDouble());
                corrected = Optional.of(VarianceComponents.of(squares, draws, scale));
            }
        }
        return new Determined(components, corrected, tails(squares.grid()));
    }

    /**
     * Checks what the intervals take to be normal.
     *
     * @return one for the means by each factor's levels, in their order, and one for the residuals
     */
    public static List<TailCheck> tails(CrossedGrid values) {
        MeanSquares squares = MeanSquares.of(values);
        List<TailCheck> tails = new ArrayList<>();
        for (int factor = 0; factor < values.factors(); factor++) {
            tails.add(TailCheck.of(squares.effects(1 << factor)));
        }
        tails.add(TailCheck.of(squares.effects(values.terms() - 1)));
        return tails;
    }

    private static boolean isSample(LossGrid grid, int factor) {
        return grid.axes().get(factor).name().equals("sample");
    }

    /** Returns what the variance is of: log-loss, or loss. */
    public String quantity() {
        return logarithmic ? "log-loss" : "loss";
    }

    /** Returns the answer in one sentence. */
    public String verdict() {
        return switch (result) {
            case Undetermined(String reason) ->
                    "Where the variance comes from is undetermined: " + reason + ".";
            case Determined(var components, _, _) -> Verdict.of(this, components);
        };
    }
}
