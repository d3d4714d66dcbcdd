package dev.mettle.core.statistics;

import org.apache.commons.statistics.distribution.BetaDistribution;

/**
 * How often something happened in independent trials, with the two-sided interval of Clopper and
 * Pearson (Biometrika 26, 1934), which covers the probability behind it in at least 95 % of cases.
 *
 * @param times how often it happened, from 0 to {@code of}
 * @param of number of trials, at least 1
 */
public record Proportion(int times, int of) {
    private static final double TAIL = (1 - LossSummary.CONFIDENCE) / 2;

    public Proportion {
        if (times < 0 || of < 1 || times > of) {
            throw new IllegalArgumentException(
                    "%d of %d is no proportion of at least one trial.".formatted(times, of));
        }
    }

    /** Returns the share. */
    public double value() {
        return (double) times / of;
    }

    /** Returns the lower limit of the probability; 0 if it never happened. */
    public double low() {
        return times == 0
                ? 0
                : BetaDistribution.of(times, of - times + 1.0).inverseCumulativeProbability(TAIL);
    }

    /** Returns the upper limit of the probability; 1 if it always happened. */
    public double high() {
        return times == of
                ? 1
                : BetaDistribution.of(times + 1.0, of - times).inverseSurvivalProbability(TAIL);
    }

    /** Returns share, interval and the share's own sampling noise √(p (1 - p) / n). */
    public Estimate estimate(String name) {
        double share = value();
        return new Estimate(
                name, share, low(), high(), Math.sqrt(share * (1 - share) / of), "Clopper-Pearson");
    }
}
