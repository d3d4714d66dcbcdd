package dev.mettle.core.statistics;

import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/**
 * Standard deviation and cv with intervals. The losses of a candidate are positive and skew to the
 * right, and their logarithms are nearer to normal; so with s the standard deviation of the n
 * log-losses, σ has the interval s √(ν/χ²_ν), and cv = √(exp(σ²) - 1) and std = mean × cv
 * (log-normal distribution; Koopmans, Owen and Rosenblatt, Biometrika 51, 1964) map its limits. If
 * a loss is 0 or less, σ is the losses' own standard deviation and cv = σ / mean. The mean's own
 * noise is left out: its part of the variance is 2 cv², 2 % at cv 0.1.
 *
 * <p>ν = 2n / (γ + 2n/(n - 1)), with γ the excess kurtosis where it is positive (Hummel, Banga and
 * Hettmansperger, Minitab 2005): n - 1 for normal tails, fewer for heavy ones. Without it,
 * intervals of losses of which a few are twice as large hold the truth in half of all cases
 * (docs/math/intervals.md). The value is always the sample's std or cv, and the interval is widened
 * where needed to hold it: in at most 1 % of samples, also of losses far from log-normal.
 */
final class Spread {
    private static final double TAIL = (1 - LossSummary.CONFIDENCE) / 2;

    private final Losses losses;
    private final boolean logarithmic;

    /** The log-losses, or the losses. */
    private final Losses scaled;

    /** Standard deviation of the log-losses, or of the losses. */
    private final double sigma;

    /** Their excess kurtosis. */
    private final double excessKurtosis;

    /** Degrees of freedom ν of its square. */
    private final double degrees;

    private Spread(Losses losses, boolean logarithmic, Losses scaled) {
        this.losses = losses;
        this.logarithmic = logarithmic;
        this.scaled = scaled;
        this.sigma = scaled.std();
        this.excessKurtosis = excessKurtosis(scaled);
        double n = scaled.count();
        this.degrees = 2 * n / (Math.max(0, excessKurtosis) + 2 * n / (n - 1));
    }

    /** Takes losses without a failure. */
    static Spread of(Losses losses) {
        if (!(losses.min() > 0)) {
            return new Spread(losses, false, losses);
        }
        double[] logarithms = losses.toArray();
        for (int i = 0; i < logarithms.length; i++) {
            logarithms[i] = StrictMath.log(logarithms[i]);
        }
        return new Spread(losses, true, Losses.of(logarithms));
    }

    /** Takes losses without a failure, as they are, not their logarithms. */
    static Spread ofLossesThemselves(Losses losses) {
        return new Spread(losses, false, losses);
    }

    /**
     * Returns the value that cv exceeds with this probability, as far as these losses tell: the
     * one-sided upper limit of level 1 - p for a small p, the lower one for a p near 1. Needs two
     * losses and a positive mean; nothing widens it.
     */
    double cvExceededWith(double probability) {
        double quantile =
                ChiSquaredDistribution.of(degrees).inverseCumulativeProbability(probability);
        return (logarithmic ? 1 : 1 / losses.mean())
                * spread(sigma * Math.sqrt(degrees / quantile));
    }

    /** Returns the excess kurtosis G2 of the log-losses, or of the losses. */
    double excessKurtosis() {
        return excessKurtosis;
    }

    /** Checks the tails of the log-losses, or of the losses. */
    TailCheck tails() {
        return TailCheck.of(scaled.toArray());
    }

    /** Returns what the interval is made from, in words. */
    String scale() {
        return logarithmic ? "log-losses" : "losses";
    }

    Estimate std(String name) {
        return estimate(name, losses.std(), logarithmic ? losses.mean() : 1);
    }

    Estimate cv(String name) {
        double mean = losses.mean();
        if (!(mean > 0)) {
            return Estimate.unknown(name, losses.cv(), 0, "no interval: the mean is not positive");
        }
        return estimate(name, losses.cv(), logarithmic ? 1 : 1 / mean);
    }

    private Estimate estimate(String name, double value, double unit) {
        if (losses.count() == 1) {
            return Estimate.unknown(name, value, 0, "no interval from one loss");
        }
        ChiSquaredDistribution chiSquared = ChiSquaredDistribution.of(degrees);
        double low = sigma * Math.sqrt(degrees / chiSquared.inverseSurvivalProbability(TAIL));
        double high = sigma * Math.sqrt(degrees / chiSquared.inverseCumulativeProbability(TAIL));
        double standardError = unit * slope(sigma) * sigma / Math.sqrt(2 * degrees);
        return new Estimate(
                name,
                value,
                Math.min(value, unit * spread(low)),
                Math.max(value, unit * spread(high)),
                Double.isNaN(standardError)
                        ? Double.POSITIVE_INFINITY
                        : standardError, // only where exp overflows
                logarithmic
                        ? "chi-square on log-losses, adjusted for kurtosis"
                        : "chi-square on losses (some are not positive), adjusted for kurtosis");
    }

    /**
     * Returns the sample excess kurtosis G2, unbiased for a normal distribution; 0 for fewer than
     * four losses.
     */
    private static double excessKurtosis(Losses losses) {
        double n = losses.count();
        double mean = losses.mean();
        double squares = 0;
        double fourths = 0;
        for (double loss : losses.toArray()) {
            double square = (loss - mean) * (loss - mean);
            squares += square;
            fourths += square * square;
        }
        double biased = n * fourths / (squares * squares) - 3;
        double kurtosis = (n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * biased + 6);
        return n >= 4 && Double.isFinite(kurtosis) ? kurtosis : 0;
    }

    private double spread(double sigma) {
        return logarithmic ? Math.sqrt(StrictMath.expm1(sigma * sigma)) : sigma;
    }

    /** Returns the derivative of {@link #spread}. */
    private double slope(double sigma) {
        return logarithmic && sigma > 0 ? sigma * StrictMath.exp(sigma * sigma) / spread(sigma) : 1;
    }
}
