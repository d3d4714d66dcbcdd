package dev.mettle.coverage;

import dev.mettle.core.random.RandomStream;
import dev.mettle.core.statistics.TailCheck;
import dev.mettle.core.statistics.components.CrossedGrid;
import dev.mettle.core.statistics.components.Decomposition;
import dev.mettle.core.statistics.components.SurrogateDraws;
import dev.mettle.core.statistics.components.VarianceComponents;
import dev.mettle.core.statistics.components.VarianceComponents.Component;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How often the intervals of variance components and of their shares hold the truth. */
final class ComponentCoverage {
    private static final int[] LEVELS = {5, 7, 10, 16, 24};

    /** Variances of init, sample and interaction. */
    private static final double[][] TRUTHS = {{0.6, 0.3, 0.1}, {0.1, 0.6, 0.3}};

    private static final Distribution[] EFFECTS = {
        Distribution.NORMAL, Distribution.T3, Distribution.LOG_NORMAL
    };

    private ComponentCoverage() {}

    static List<String> table(Repetitions repetitions) {
        List<String> lines = new ArrayList<>();
        lines.add(
                Repetitions.head(
                        "effects on log-loss",
                        "init, sample, interaction",
                        "grid",
                        "variance of init",
                        "of sample",
                        "of interaction",
                        "share of init",
                        "of sample",
                        "of interaction",
                        "warned"));
        int number = 200;
        for (Distribution effects : EFFECTS) {
            for (double[] truth : TRUTHS) {
                for (int levels : LEVELS) {
                    double[] shares = shares(repetitions, number++, effects, truth, levels);
                    lines.add(
                            Repetitions.row(
                                    effects.label(),
                                    "%.0f, %.0f, %.0f %%"
                                            .formatted(
                                                    100 * truth[0], 100 * truth[1], 100 * truth[2]),
                                    "%dx%d".formatted(levels, levels),
                                    shares[0],
                                    shares[1],
                                    shares[2],
                                    shares[3],
                                    shares[4],
                                    shares[5],
                                    shares[6]));
                }
            }
        }
        return lines;
    }

    private static double[] shares(
            Repetitions repetitions, int number, Distribution effects, double[] truth, int levels) {
        SurrogateDraws draws = SurrogateDraws.of(levels, levels);
        return repetitions.shares(
                number,
                7,
                random -> {
                    CrossedGrid grid =
                            CrossedGrid.of(
                                    new int[] {levels, levels},
                                    grid(effects, truth, levels, random));
                    VarianceComponents found = VarianceComponents.of(grid, draws);
                    boolean[] covered = new boolean[7];
                    for (int i = 0; i < 3; i++) {
                        Component component = found.components().get(i);
                        covered[i] = component.variance().contains(truth[i]);
                        covered[3 + i] = component.share().contains(truth[i]);
                    }
                    covered[6] = Decomposition.tails(grid).stream().anyMatch(TailCheck::heavy);
                    return covered;
                });
    }

    private static double[] grid(
            Distribution effects, double[] truth, int levels, RandomStream random) {
        double[] inits = effects(effects, truth[0], levels, random);
        double[] samples = effects(effects, truth[1], levels, random);
        double[] cells = effects(effects, truth[2], levels * levels, random);
        Arrays.setAll(cells, cell -> inits[cell / levels] + samples[cell % levels] + cells[cell]);
        return cells;
    }

    private static double[] effects(
            Distribution effects, double variance, int count, RandomStream random) {
        double[] drawn = new double[count];
        double scale = Math.sqrt(variance);
        Arrays.setAll(drawn, _ -> scale * effects.standardised(random));
        return drawn;
    }
}
