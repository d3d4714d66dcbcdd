package dev.mettle.coverage;

import dev.mettle.core.statistics.Criterion;
import dev.mettle.core.statistics.Estimate;
import dev.mettle.core.statistics.LossSummary;
import dev.mettle.core.statistics.Losses;
import dev.mettle.core.statistics.Robustness;

import java.util.ArrayList;
import java.util.List;

/** How often the intervals of mean, median and cv of n independent losses hold the truth. */
final class IntervalCoverage {
    private static final int[] INSTANCES = {20, 59};

    /** Losses are 1 + 0.1 x, so that they are positive and their cv is near 10 %. */
    private static final double SPREAD = 0.1;

    private IntervalCoverage() {}

    static List<String> table(Repetitions repetitions) {
        List<String> lines = new ArrayList<>();
        lines.add(
                Repetitions.head(
                        "losses",
                        "n",
                        "mean, Student t",
                        "mean, studentised bootstrap",
                        "median",
                        "cv",
                        "warned that cv's interval is too narrow"));
        int number = 100;
        for (Distribution distribution : Distribution.values()) {
            for (int n : INSTANCES) {
                double[] shares =
                        repetitions.shares(
                                number++,
                                5,
                                random -> {
                                    double[] losses = new double[n];
                                    for (int i = 0; i < n; i++) {
                                        losses[i] = loss(distribution, distribution.draw(random));
                                    }
                                    return covered(distribution, Losses.of(losses));
                                });
                lines.add(
                        Repetitions.row(
                                distribution.label(),
                                n,
                                shares[0],
                                shares[1],
                                shares[2],
                                shares[3],
                                shares[4]));
            }
        }
        return lines;
    }

    private static double loss(Distribution distribution, double x) {
        return isLogNormal(distribution) ? x : 1 + SPREAD * x;
    }

    private static boolean isLogNormal(Distribution distribution) {
        return distribution == Distribution.LOG_NORMAL
                || distribution == Distribution.WIDE_LOG_NORMAL;
    }

    private static boolean[] covered(Distribution distribution, Losses losses) {
        double mean = loss(distribution, distribution.mean());
        double std = (isLogNormal(distribution) ? 1 : SPREAD) * distribution.std();
        double median = loss(distribution, distribution.median());
        return new boolean[] {
            holds(LossSummary.estimate(losses, new Criterion.Mean()), mean),
            holds(LossSummary.of(losses, List.of()).meanByBootstrap(), mean),
            holds(LossSummary.estimate(losses, new Criterion.Median()), median),
            holds(LossSummary.estimate(losses, new Criterion.Cv()), std / mean),
            Robustness.of(losses).warning().isPresent()
        };
    }

    private static boolean holds(Estimate estimate, double truth) {
        return estimate.low() <= truth && truth <= estimate.high();
    }
}
