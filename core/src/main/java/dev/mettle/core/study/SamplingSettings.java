package dev.mettle.core.study;

/**
 * How candidates are drawn from a space that is not taken as a whole.
 *
 * @param method makes the points
 * @param count candidates wanted, at least 1
 */
public record SamplingSettings(Method method, int count) {
    /** Where the points of the space come from. */
    public enum Method {
        /** The sequence of Sobol', shifted by the study's seed: spread evenly. */
        SOBOL,
        /** Independent points, uniform in every dimension. */
        RANDOM
    }

    public SamplingSettings {
        if (count < 1) {
            throw new IllegalArgumentException("count (%d) must be 1 or more.".formatted(count));
        }
    }

    /**
     * Returns how many points are drawn at most until there are enough candidates: a hundred for
     * each and a thousand more, but never more than two million.
     */
    public int mostPoints() {
        return (int) Math.min(2_000_000, 1_000 + 100L * count);
    }
}
