package dev.mettle.core.statistics;

import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.distribution.BinomialDistribution;

import java.util.Locale;

/**
 * Intervals of quantiles from order statistics (Thompson, Annals of Mathematical Statistics 7,
 * 1936) and the sampling noise of a sample quantile (Maritz and Jarrett, JASA 73, 1978).
 *
 * <p>With B ~ Binomial(n, q), the r-th smallest loss exceeds the q-quantile with probability P(B ≤
 * r - 1), and the s-th smallest is below it with probability P(B ≥ s). The ranks are the tightest
 * for which each is at most 2.5 %.
 */
final class OrderStatistics {
    private static final double TAIL = (1 - LossSummary.CONFIDENCE) / 2;

    /**
     * A failure whose weight is below this is left out, so that it doesn't make the noise of a
     * median infinite.
     */
    private static final double NEGLIGIBLE_WEIGHT = 1e-6;

    private OrderStatistics() {}

    static Estimate quantile(String name, Losses losses, double q) {
        int n = losses.count();
        int low = lowRank(n, q);
        int high = highRank(n, q);
        return new Estimate(
                name,
                losses.quantile(q),
                low == 0 ? Double.NEGATIVE_INFINITY : losses.ordered(low),
                high > n ? Double.POSITIVE_INFINITY : losses.ordered(high),
                standardError(losses, q),
                method(low, high, n));
    }

    /** The largest loss: a lower limit of the greatest possible loss, which has no upper limit. */
    static Estimate max(String name, Losses losses) {
        double covered = StrictMath.pow(1 - LossSummary.CONFIDENCE, 1.0 / losses.count());
        String method =
                String.format(
                        Locale.ROOT,
                        "no upper limit; with %.0f %% confidence at least %.1f %% of all losses are"
                                + " at or below it",
                        100 * LossSummary.CONFIDENCE,
                        Math.floor(1000 * covered) / 10);
        return new Estimate(
                name,
                losses.max(),
                losses.max(),
                Double.POSITIVE_INFINITY,
                standardError(losses, 1),
                method);
    }

    /** Returns the greatest rank whose loss is a lower limit; 0 if there is none. */
    static int lowRank(int n, double q) {
        BinomialDistribution below = BinomialDistribution.of(n, q);
        int rank = 0;
        while (rank < n && below.cumulativeProbability(rank) <= TAIL) {
            rank++;
        }
        return rank;
    }

    /** Returns the smallest rank whose loss is an upper limit; n + 1 if there is none. */
    static int highRank(int n, double q) {
        BinomialDistribution below = BinomialDistribution.of(n, q);
        int rank = n + 1;
        while (rank > 1 && below.survivalProbability(rank - 2) <= TAIL) { // P(B ≥ rank - 1)
            rank--;
        }
        return rank;
    }

    /**
     * Returns the standard deviation of the q-quantile of a resample, without resampling: the h-th
     * smallest of n draws is the i-th smallest loss with probability F(i/n) - F((i-1)/n), F the
     * distribution function of Beta(h, n + 1 - h), and h = q(n - 1) + 1. Exact for whole h. For the
     * largest of n it is too small, and a rough guide only.
     *
     * @return +infinity for one loss, or when a failed instance may be that quantile
     */
    static double standardError(Losses losses, double q) {
        int n = losses.count();
        if (n == 1) {
            return Double.POSITIVE_INFINITY;
        }
        double[] weights = weights(losses, q);
        double mean = 0;
        for (int i = 1; i <= n; i++) {
            mean += weights[i - 1] == 0 ? 0 : weights[i - 1] * losses.ordered(i);
        }
        if (!Double.isFinite(mean)) {
            return Double.POSITIVE_INFINITY;
        }
        double variance = 0;
        for (int i = 1; i <= n; i++) {
            double deviation = weights[i - 1] == 0 ? 0 : losses.ordered(i) - mean;
            variance += weights[i - 1] * deviation * deviation;
        }
        return Math.sqrt(variance);
    }

    private static double[] weights(Losses losses, double q) {
        int n = losses.count();
        BetaDistribution position = BetaDistribution.of(q * (n - 1) + 1, (1 - q) * (n - 1) + 1);
        double[] weights = new double[n];
        for (int i = 0; i < n; i++) {
            double weight = position.probability((double) i / n, (i + 1.0) / n);
            boolean failed = losses.ordered(i + 1) == Double.POSITIVE_INFINITY;
            weights[i] = failed && weight < NEGLIGIBLE_WEIGHT ? 0 : weight;
        }
        return weights;
    }

    private static String method(int low, int high, int n) {
        if (low == 0 && high > n) {
            return "order statistics (%d are too few for a limit)".formatted(n);
        }
        if (low == 0) {
            return "order statistics (%d are too few for a lower limit)".formatted(n);
        }
        if (high > n) {
            return "order statistics (%d are too few for an upper limit)".formatted(n);
        }
        return "order statistics (ranks %d and %d of %d)".formatted(low, high, n);
    }
}
