package dev.mettle.core.run;

import dev.mettle.core.data.Series;
import dev.mettle.core.instance.InstanceKey;
import dev.mettle.core.random.Purpose;
import dev.mettle.core.random.Seed;
import dev.mettle.core.statistics.Losses;
import dev.mettle.core.statistics.components.Arms;
import dev.mettle.core.statistics.components.Decomposition;
import dev.mettle.core.statistics.components.LossGrid;
import dev.mettle.core.statistics.components.SpreadComparison;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedSet;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which instances decompose the randomness of a candidate: every init with every sample, and with
 * every order of mini-batches where that is a source of its own; and perhaps two arms, of one
 * sample with fresh inits and of one init with fresh samples. Indices count from 0, and the arms
 * fix level 0 of the grid, so a larger design holds a smaller one and little is trained twice.
 *
 * @param levels of init and sample, or of init, sample and order; {@link
 *     Decomposition#LEAST_LEVELS} or more of each
 * @param arms instances of each arm; empty without arms
 */
public record GridDesign(List<Integer> levels, OptionalInt arms) {
    /**
     * What the losses of a design are.
     *
     * @param grid the crossed grid
     * @param arms the arms, if there are any
     */
    public record Found(LossGrid grid, Optional<Arms> arms) {}

    public GridDesign {
        levels = List.copyOf(levels);
        if (levels.size() < 2
                || levels.size() > 3
                || levels.stream().anyMatch(count -> count < Decomposition.LEAST_LEVELS)
                || arms.orElse(1) < 1) {
            throw new IllegalArgumentException(
                    "levels %s, arms %s are no design.".formatted(levels, arms));
        }
    }

    /** Tells whether the order of mini-batches is a source of its own. */
    public boolean withOrder() {
        return levels.size() == 3;
    }

    private InstanceKey key(String candidate, int init, int sample, int order) {
        InstanceKey key = InstanceKey.crossed(candidate, init, sample);
        return withOrder() ? key.withOrder(order) : key;
    }

    private List<InstanceKey> gridKeys(String candidate) {
        List<InstanceKey> keys = new ArrayList<>();
        int orders = withOrder() ? levels.get(2) : 1;
        for (int init = 0; init < levels.get(0); init++) {
            for (int sample = 0; sample < levels.get(1); sample++) {
                for (int order = 0; order < orders; order++) {
                    keys.add(key(candidate, init, sample, order));
                }
            }
        }
        return keys;
    }

    private List<InstanceKey> armOfInits(String candidate) {
        return IntStream.range(0, arms.orElse(0))
                .mapToObj(init -> key(candidate, init, 0, 0))
                .toList();
    }

    private List<InstanceKey> armOfSamples(String candidate) {
        return IntStream.range(0, arms.orElse(0))
                .mapToObj(sample -> key(candidate, 0, sample, 0))
                .toList();
    }

    /** Returns the instances of grid and arms, each once, those of the grid first. */
    public SequencedSet<InstanceKey> keys(String candidate) {
        SequencedSet<InstanceKey> keys = new LinkedHashSet<>(gridKeys(candidate));
        keys.addAll(armOfInits(candidate));
        keys.addAll(armOfSamples(candidate));
        return keys;
    }

    /**
     * Returns grid and arms.
     *
     * @param losses of all instances of the design, and perhaps others
     */
    public Found read(String candidate, Map<InstanceKey, Double> losses) {
        List<LossGrid.Axis> axes = new ArrayList<>();
        for (int factor = 0; factor < levels.size(); factor++) {
            axes.add(
                    new LossGrid.Axis(
                            Seed.Source.values()[factor],
                            IntStream.range(0, levels.get(factor))
                                    .mapToObj(Integer::toString)
                                    .toList()));
        }
        LossGrid grid = new LossGrid(axes, Series.of(losses(gridKeys(candidate), losses)));
        return new Found(
                grid,
                arms.isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                                Arms.of(
                                        Losses.of(losses(armOfInits(candidate), losses)),
                                        Losses.of(losses(armOfSamples(candidate), losses)))));
    }

    private static double[] losses(List<InstanceKey> keys, Map<InstanceKey, Double> losses) {
        return keys.stream()
                .mapToDouble(key ->
                        Objects.requireNonNull(losses.get(key), () -> "no loss of instance " + key))
                .toArray();
    }

    /**
     * Returns the designs whose instances are all among these: at most one with the order of
     * mini-batches tied to the init, then at most one with orders of their own. Of several grids
     * that fit it is the one with the most cells. Arms are instances that reach beyond the grid.
     *
     * @param keys instances of one candidate; those of other purposes or numbers of rows do not
     *     count
     */
    public static List<GridDesign> in(Collection<InstanceKey> keys) {
        List<GridDesign> designs = new ArrayList<>();
        for (boolean withOrder : new boolean[] {false, true}) {
            Set<List<Integer>> cells =
                    keys.stream()
                            .filter(key ->
                                    key.purpose() == Purpose.DECOMPOSE
                                            && key.rows().isEmpty()
                                            && key.order().isPresent() == withOrder)
                            .map(key -> List.of(key.init(), key.sample(), key.order().orElse(0)))
                            .collect(Collectors.toSet());
            largest(cells, withOrder).ifPresent(designs::add);
        }
        return designs;
    }

    private static Optional<GridDesign> largest(Set<List<Integer>> cells, boolean withOrder) {
        int inits = run(index -> cells.contains(List.of(index, 0, 0)));
        int samples = run(index -> cells.contains(List.of(0, index, 0)));
        int[] orders = new int[samples]; // of all inits up to i and samples up to j
        Arrays.fill(orders, Integer.MAX_VALUE);
        int least = Decomposition.LEAST_LEVELS;
        int[] best = new int[3];
        for (int i = 0; i < inits; i++) {
            int before = Integer.MAX_VALUE;
            for (int j = 0; j < samples; j++) {
                int init = i;
                int sample = j;
                int here = run(index -> cells.contains(List.of(init, sample, index)));
                before = Math.min(before, here);
                orders[j] = Math.min(orders[j], before);
                boolean fits =
                        i + 1 >= least && j + 1 >= least && orders[j] >= (withOrder ? least : 1);
                if (fits && (i + 1L) * (j + 1) * orders[j] > (long) best[0] * best[1] * best[2]) {
                    best = new int[] {i + 1, j + 1, orders[j]};
                }
            }
        }
        if (best[0] == 0) {
            return Optional.empty();
        }
        int arms = Math.min(inits, samples);
        // A grid in the making may have begun its next row; that is no arm.
        boolean beyond = inits > best[0] + 1 || samples > best[1];
        return Optional.of(
                new GridDesign(
                        withOrder ? List.of(best[0], best[1], best[2]) : List.of(best[0], best[1]),
                        beyond && arms >= SpreadComparison.LEAST
                                ? OptionalInt.of(arms)
                                : OptionalInt.empty()));
    }

    /** Returns how many indices from 0 on are there without a gap. */
    private static int run(IntPredicate there) {
        int count = 0;
        while (there.test(count)) {
            count++;
        }
        return count;
    }
}
