package dev.mettle.coverage;

import dev.mettle.core.random.RandomStream;
import dev.mettle.core.statistics.Losses;
import dev.mettle.core.statistics.ToleranceBound;
import dev.mettle.core.study.CertificateSettings;

import java.util.ArrayList;
import java.util.List;

/**
 * How often a certificate is right: at least 95 % of all trainings of the certified candidate have
 * a loss at or below the bound, or nothing is certified.
 */
final class CertificateCoverage {
    private static final double COVERAGE = 0.95;
    private static final double CONFIDENCE = 0.95;
    private static final int[] INSTANCES = {59, 72, 80, 93, 124};

    private static final List<String> RANKS = List.of("largest", "2nd largest", "3rd largest");

    /** A little more than the 5 % that a certificate allows: certifying it is always wrong. */
    private static final double FAILURES = 0.0501;

    private CertificateCoverage() {}

    static List<String> table(Repetitions repetitions) {
        List<String> lines = new ArrayList<>();
        lines.add(
                Repetitions.head(
                        "attempts",
                        "n",
                        "bound",
                        "right, losses without failures",
                        "right, 5.01 % of trainings fail"));
        int number = 400;
        for (int attempts = 1; attempts <= 3; attempts++) {
            for (int n : INSTANCES) {
                CertificateSettings settings =
                        new CertificateSettings(n, COVERAGE, CONFIDENCE, attempts);
                int rank = ToleranceBound.rank(n, COVERAGE, settings.confidencePerAttempt());
                if (rank > 0) {
                    double[] shares =
                            repetitions.shares(number, 2, random -> right(random, settings, rank));
                    lines.add(
                            Repetitions.row(
                                    attempts, n, RANKS.get(rank - 1), shares[0], shares[1]));
                }
                number++;
            }
        }
        return lines;
    }

    private static boolean[] right(RandomStream random, CertificateSettings settings, int rank) {
        return new boolean[] {
            isRight(random, settings, rank, 0), isRight(random, settings, rank, FAILURES)
        };
    }

    /** Tries candidates until one is certified; losses that are finite are uniform in (0, 1). */
    private static boolean isRight(
            RandomStream random, CertificateSettings settings, int rank, double failures) {
        for (int attempt = 0; attempt < settings.attempts(); attempt++) {
            double[] losses = new double[settings.instances()];
            for (int i = 0; i < losses.length; i++) {
                double loss = random.nextDouble();
                losses[i] = random.nextDouble() < failures ? Double.POSITIVE_INFINITY : loss;
            }
            double bound = ToleranceBound.bound(Losses.of(losses), rank);
            if (bound < Double.POSITIVE_INFINITY) {
                return (1 - failures) * bound >= COVERAGE;
            }
        }
        return true;
    }
}
