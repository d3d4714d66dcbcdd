package dev.mettle.core.statistics;

import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/**
 * Standard deviation and cv with intervals. The losses of a candidate are positive and skew to the right, and their
 * logarithms are nearer to normal; so with s the standard deviation of the n log-losses, σ has the chi-square interval
 * s √((n - 1)/χ²), and cv = √(exp(σ²) - 1) and std = mean × cv (log-normal distribution; Koopmans, Owen and Rosenblatt,
 * Biometrika 51, 1964) map its limits. The mean's own noise is left out of std: its part of the variance is 2 cv², 2 % at cv 0.1.
 * If a loss is 0 or less, σ is the losses' own standard deviation and cv = σ / mean.
 *
 * <p>The value is always the sample's std or cv, and the interval is widened where needed to hold it. Both forms rest on
 * the normal kurtosis: with heavy tails they cover too rarely (docs/math/intervals.md has figures).
 */
final class Spread {
    private static final double TAIL = (1 - LossSummary.CONFIDENCE) / 2;

    private final Losses losses;
    private final boolean logarithmic;
    /** Standard deviation of the log-losses, or of the losses. */
    private final double sigma;

    private Spread(Losses losses, boolean logarithmic, double sigma) {
        this.losses = losses;
        this.logarithmic = logarithmic;
        this.sigma = sigma;
    }

    /** Takes losses without a failure. */
    static Spread of(Losses losses) {
        if (!(losses.min() > 0)) {
            return new Spread(losses, false, losses.std());
        }
        double[] logarithms = losses.toArray();
        for (int i = 0; i < logarithms.length; i++) {
            logarithms[i] = StrictMath.log(logarithms[i]);
        }
        return new Spread(losses, true, Losses.of(logarithms).std());
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
        int n = losses.count();
        if (n == 1) {
            return Estimate.unknown(name, value, 0, "no interval from one loss");
        }
        double degrees = n - 1.0;
        ChiSquaredDistribution chiSquared = ChiSquaredDistribution.of(degrees);
        double low = sigma * Math.sqrt(degrees / chiSquared.inverseSurvivalProbability(TAIL));
        double high = sigma * Math.sqrt(degrees / chiSquared.inverseCumulativeProbability(TAIL));
        double standardError = unit * slope(sigma) * sigma / Math.sqrt(2 * degrees);
        return new Estimate(
                name,
                value,
                Math.min(value, unit * spread(low)),
                Math.max(value, unit * spread(high)),
                Double.isNaN(standardError) ? Double.POSITIVE_INFINITY : standardError, // only where exp overflows
                logarithmic ? "chi-square on log-losses" : "chi-square on losses, as some are not positive");
    }

    private double spread(double sigma) {
        return logarithmic ? Math.sqrt(StrictMath.expm1(sigma * sigma)) : sigma;
    }

    /** Returns the derivative of {@link #spread}. */
    private double slope(double sigma) {
        return logarithmic && sigma > 0 ? sigma * StrictMath.exp(sigma * sigma) / spread(sigma) : 1;
    }
}
