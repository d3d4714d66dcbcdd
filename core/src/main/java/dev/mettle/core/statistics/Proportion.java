package dev.mettle.core.statistics;

import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.distribution.HypergeometricDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * How many of some independent cases have a property.
 *
 * @param successes cases that have it
 * @param count cases, 1 or more
 */
public record Proportion(int successes, int count) {
    private static final double TAIL = (1 - LossSummary.CONFIDENCE) / 2;

    /** Tables whose probability is equal but for rounding are as unlikely. */
    private static final double ROUNDING = 1 + 1e-7;

    public Proportion {
        if (count < 1 || successes < 0 || successes > count) {
            throw new IllegalArgumentException("%d of %d.".formatted(successes, count));
        }
    }

    /** Returns the share. */
    public double value() {
        return (double) successes / count;
    }

    /**
     * Returns the lower limit of the two-sided 95 % interval of Clopper and Pearson (Biometrika 26,
     * 1934), which covers in at least 95 % of cases; 0 for none.
     */
    public double low() {
        return low(successes, count);
    }

    /** As {@link #low()}, of numbers that need not be whole. */
    static double low(double successes, double count) {
        return successes <= 0
                ? 0
                : BetaDistribution.of(successes, count - successes + 1)
                        .inverseCumulativeProbability(TAIL);
    }

    /** Returns the upper limit of that interval; 1 for all. */
    public double high() {
        return high(successes, count);
    }

    /** As {@link #high()}, of numbers that need not be whole. */
    static double high(double successes, double count) {
        return successes >= count
                ? 1
                : BetaDistribution.of(successes + 1, count - successes)
                        .inverseSurvivalProbability(TAIL);
    }

    /** Returns share, interval and the share's own sampling noise √(p (1 - p) / n). */
    public Estimate estimate(String name) {
        double share = value();
        return new Estimate(
                name,
                share,
                low(),
                high(),
                Math.sqrt(share * (1 - share) / count),
                "Clopper-Pearson");
    }

    /**
     * A difference of two shares.
     *
     * @param value first less second
     * @param low lower limit of its 95 % interval
     * @param high upper limit
     * @param pValue of Fisher's exact test, two-sided, of equal shares
     */
    public record Difference(double value, double low, double high, double pValue) {}

    /**
     * Returns how much larger this share is than another of other cases. The interval is Newcombe's
     * hybrid of two score intervals (Statistics in Medicine 17, 1998, method 10), which holds its
     * level also for a handful of cases; the p-value adds up the tables that are no more likely
     * than the one seen (Fisher 1935).
     */
    public Difference minus(Proportion other) {
        double difference = value() - other.value();
        double down = Math.hypot(value() - wilson(-1), other.wilson(1) - other.value());
        double up = Math.hypot(wilson(1) - value(), other.value() - other.wilson(-1));
        return new Difference(difference, difference - down, difference + up, fisher(other));
    }

    /** Returns a limit of Wilson's score interval (JASA 22, 1927). */
    private double wilson(int side) {
        double z = NormalDistribution.of(0, 1).inverseSurvivalProbability(TAIL);
        double middle = value() + z * z / (2 * count);
        double half =
                z * Math.sqrt(value() * (1 - value()) / count + z * z / (4.0 * count * count));
        return Math.clamp((middle + side * half) / (1 + z * z / count), 0.0, 1.0);
    }

    private double fisher(Proportion other) {
        HypergeometricDistribution tables =
                HypergeometricDistribution.of(
                        count + other.count, successes + other.successes, count);
        double seen = tables.probability(successes) * ROUNDING;
        double sum = 0;
        for (int k = tables.getSupportLowerBound(); k <= tables.getSupportUpperBound(); k++) {
            double probability = tables.probability(k);
            sum += probability <= seen ? probability : 0;
        }
        return Math.min(1, sum);
    }
}
