package dev.mettle.core.statistics;

/**
 * A statistic of losses with its interval and its own sampling noise. Never NaN: a limit that the
 * losses cannot give is -infinity (0 for a spread) or +infinity, and so is a standard error that
 * they cannot give (+infinity). All four numbers of a statistic that a failed instance makes
 * infinite for certain are +infinity.
 *
 * @param name label of the criterion, as in study files
 * @param value the statistic of these losses
 * @param low lower limit of the two-sided interval of level {@link LossSummary#CONFIDENCE}
 * @param high its upper limit
 * @param standardError standard deviation of the statistic between repetitions of all its
 *     instances, estimated
 * @param method how the interval was made, for the user
 */
public record Estimate(
        String name, double value, double low, double high, double standardError, String method) {
    public Estimate {
        if (Double.isNaN(value)
                || Double.isNaN(low)
                || Double.isNaN(high)
                || Double.isNaN(standardError)) {
            throw new IllegalArgumentException(
                    "%s: %s [%s, %s] ± %s must not hold NaN."
                            .formatted(name, value, low, high, standardError));
        }
    }

    /** Returns the estimate of a statistic about which the losses say nothing beyond its value. */
    static Estimate unknown(String name, double value, double floor, String why) {
        return new Estimate(
                name, value, floor, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, why);
    }

    /**
     * Returns the estimate of a statistic that is +infinity for the whole distribution, since
     * failures have been seen.
     */
    static Estimate infinite(String name) {
        double infinity = Double.POSITIVE_INFINITY;
        return new Estimate(
                name,
                infinity,
                infinity,
                infinity,
                infinity,
                "certain, because an instance failed");
    }
}
