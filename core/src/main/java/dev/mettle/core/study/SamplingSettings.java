package dev.mettle.core.study;

/**
 * How candidates are drawn from a space that is not taken as a whole.
 *
 * @param method makes the points
 * @param count candidates wanted in all rounds together, at least {@code rounds}
 * @param rounds in which they are drawn, at least 1: the first from the whole space, each later one
 *     around the survivors of the one before
 */
public record SamplingSettings(Method method, int count, int rounds) {
    /** Where the points of the space come from. */
    public enum Method {
        /** The sequence of Sobol', shifted by the study's seed: spread evenly. */
        SOBOL,
        /** Independent points, uniform in every dimension. */
        RANDOM
    }

    /** Most points of a round. */
    static final int MOST_POINTS = 2_000_000;

    public SamplingSettings {
        if (rounds < 1 || count < rounds) {
            throw new IllegalArgumentException(
                    "count (%d) must be rounds (%d) or more, and these 1 or more."
                            .formatted(count, rounds));
        }
    }

    /**
     * Returns how many candidates a round draws: {@code count / rounds}, rounded down, and what
     * that leaves over in the first.
     *
     * @param round from 1
     */
    public int drawn(int round) {
        int each = count / rounds;
        return round == 1 ? count - (rounds - 1) * each : each;
    }

    /**
     * Returns how many points a round draws at most until it has enough candidates: a hundred for
     * each and a thousand more, but never more than {@value #MOST_POINTS}.
     */
    public int mostPoints(int round) {
        return (int) Math.min(MOST_POINTS, 1_000 + 100L * drawn(round));
    }
}
