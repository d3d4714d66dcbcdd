package dev.mettle.core.statistics;

import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * Distribution-free one-sided tolerance bound (Wilks, Annals of Mathematical Statistics 12, 1941):
 * the r-th largest of n independent losses lies at or above the coverage-quantile of their
 * distribution with probability
 *
 * <pre>P(B ≤ n - r),  B ~ Binomial(n, coverage),  B = number of losses below the quantile</pre>
 *
 * or more (exactly that for a continuous distribution). At least the share {@code coverage} of all
 * future losses is then at or below the bound. Nothing is assumed about the distribution; failed
 * instances are losses of +infinity. The rank depends on n, coverage and confidence alone and is
 * fixed before any loss is seen (docs/math/certificate.md).
 *
 * <p>Coverage and confidence are decimals of a study file, which binary numbers only approximate: 1
 * - 0.9² reaches 0.19 by definition but not in doubles. A confidence missed by no more than such
 * rounding counts as reached.
 */
public final class ToleranceBound {
    /** Allowance for the rounding of a tail probability, relative to it. */
    private static final double RELATIVE_ROUNDING = 1e-12;

    /** Allowance for the rounding of 1 - confidence. */
    private static final double ABSOLUTE_ROUNDING = 0x1p-52;

    private ToleranceBound() {}

    /**
     * Returns the smallest n whose largest loss is a bound: 1 - coverage^n ≥ confidence.
     *
     * @param coverage in (0, 1)
     * @param confidence in (0, 1)
     * @return at least 1; {@link Integer#MAX_VALUE} when more are needed than that
     */
    public static int instancesNeeded(double coverage, double confidence) {
        requireShares(coverage, confidence);
        double estimate = StrictMath.log1p(-confidence) / StrictMath.log(coverage);
        if (estimate >= Integer.MAX_VALUE - 1.0) {
            return Integer.MAX_VALUE;
        }
        int n =
                Math.max(
                        1, (int) estimate - 1); // the quotient is exact to far less than 1 instance
        while (!allowed(StrictMath.pow(coverage, n), confidence)) {
            n++;
        }
        return n;
    }

    /**
     * Returns the greatest r such that the r-th largest of n losses is a bound with this
     * confidence; 0 when not even the largest is.
     *
     * @param n number of losses, at least 0
     * @param coverage in (0, 1)
     * @param confidence in (0, 1)
     */
    public static int rank(int n, double coverage, double confidence) {
        requireShares(coverage, confidence);
        int rank = 0;
        while (rank < n && allowed(probabilityMissed(n, rank + 1, coverage), confidence)) {
            rank++;
        }
        return rank;
    }

    /**
     * Returns the confidence that the r-th largest of n losses reaches; for r = 1 this is 1 -
     * coverage^n.
     *
     * @param rank r, from 1 to n
     */
    public static double confidenceReached(int n, int rank, double coverage) {
        requireRank(rank, n);
        requireShares(coverage, 0.5);
        return BinomialDistribution.of(n, coverage).cumulativeProbability(n - rank);
    }

    /**
     * Returns the bound: the r-th largest loss; +infinity when r or more instances failed.
     *
     * @param rank r, from 1 to the number of losses
     */
    public static double bound(Losses losses, int rank) {
        requireRank(rank, losses.count());
        return losses.ordered(losses.count() - rank + 1);
    }

    /** Returns the probability that the r-th largest of n losses lies below the quantile. */
    private static double probabilityMissed(int n, int rank, double coverage) {
        return BinomialDistribution.of(n, coverage).survivalProbability(n - rank);
    }

    private static boolean allowed(double probabilityMissed, double confidence) {
        return probabilityMissed <= (1 - confidence) * (1 + RELATIVE_ROUNDING) + ABSOLUTE_ROUNDING;
    }

    private static void requireRank(int rank, int n) {
        if (rank < 1 || rank > n) {
            throw new IllegalArgumentException(
                    "rank (%d) must be from 1 to %d.".formatted(rank, n));
        }
    }

    private static void requireShares(double coverage, double confidence) {
        if (!(coverage > 0 && coverage < 1 && confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException(
                    "coverage (%s) and confidence (%s) must be inside (0, 1)."
                            .formatted(coverage, confidence));
        }
    }
}
