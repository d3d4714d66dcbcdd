package dev.mettle.core.statistics.components;

import dev.mettle.core.statistics.SignificantDigits;
import dev.mettle.core.statistics.TailCheck;

import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What stands in the way of believing a decomposition, a sentence each. */
final class Caveats {
    private static final double TAIL = (1 - VarianceComponents.CONFIDENCE) / 2;

    private final LossGrid grid;
    private final Failures failures;
    private final boolean logarithmic;
    private final int[] left;
    private final List<TailCheck> tails;
    private final List<String> list = new ArrayList<>();

    Caveats(
            LossGrid grid,
            Failures failures,
            boolean logarithmic,
            int[] left,
            List<TailCheck> tails) {
        this.grid = grid;
        this.failures = failures;
        this.logarithmic = logarithmic;
        this.left = left;
        this.tails = tails;
    }

    List<String> list() {
        addFailures();
        addTails();
        addFewLevels();
        if (!logarithmic) {
            list.add(
                    "A loss is 0 or less, so these are components of the losses themselves, not of"
                            + " their logarithms: losses are further from normal, and the intervals"
                            + " less sure.");
        }
        return list;
    }

    private void addFailures() {
        if (failures.count() == 0) {
            return;
        }
        List<String> parts = new ArrayList<>();
        for (int factor = 0; factor < left.length; factor++) {
            if (failures.removed(factor) > 0) {
                parts.add(
                        "%d of %d %ss"
                                .formatted(
                                        failures.removed(factor),
                                        grid.levels()[factor],
                                        grid.axes().get(factor).name()));
            }
        }
        list.add(
                "%d of %d trainings failed. The components are those of the %s grid without %s in which trainings failed: they say nothing about failures, and could be different with them."
                        .formatted(
                                failures.count(),
                                failures.cells(),
                                LossGrid.size(left),
                                String.join(" and ", parts)));
    }

    private void addTails() {
        List<String> heavy = new ArrayList<>();
        for (int i = 0; i < tails.size(); i++) {
            if (tails.get(i).heavy()) {
                String what =
                        i < left.length ? "means by " + grid.axes().get(i).name() : "residuals";
                heavy.add(
                        String.format(
                                Locale.ROOT,
                                "the %s (excess kurtosis %.1f)",
                                what,
                                tails.get(i).excessKurtosis()));
            }
        }
        if (!heavy.isEmpty()) {
            list.add(
                    "The tails of "
                            + String.join(" and of ", heavy)
                            + " are heavier than normal, so the intervals are too narrow. How much"
                            + " is not known; with all tails as heavy as those of Student's t with"
                            + " 3 degrees of freedom, 95 % intervals of shares held the truth in"
                            + " 86 % of simulated 5x5 grids and in 69 % of 24x24 grids.");
        }
    }

    private void addFewLevels() {
        for (int factor = 0; factor < left.length; factor++) {
            if (left[factor] < Decomposition.FEW_LEVELS) {
                ChiSquaredDistribution distribution = ChiSquaredDistribution.of(left[factor] - 1);
                double degrees = left[factor] - 1;
                list.add(
                        "Only %d levels of %s: a variance from so few is known from %s to %s times its estimate. Use %d or more."
                                .formatted(
                                        left[factor],
                                        grid.axes().get(factor).name(),
                                        SignificantDigits.of(
                                                degrees
                                                        / distribution.inverseSurvivalProbability(
                                                                TAIL),
                                                2),
                                        SignificantDigits.of(
                                                degrees
                                                        / distribution.inverseCumulativeProbability(
                                                                TAIL),
                                                2),
                                        Decomposition.FEW_LEVELS));
            }
        }
    }
}
