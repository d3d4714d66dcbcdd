package dev.mettle.core.statistics;

import dev.mettle.core.data.Series;

/**
 * The losses of one candidate's instances at one training-sample size.
 *
 * @param rows rows that each instance trained on, at least 1
 * @param losses of the instances, in their order; at least one, none NaN or -infinity; +infinity
 *     for a failed one
 */
public record SizedLosses(int rows, Series losses) {
    public SizedLosses {
        if (rows < 1) {
            throw new IllegalArgumentException("rows (%d) must be 1 or more.".formatted(rows));
        }
        Losses.of(losses.toArray()); // says what is wrong with them
    }

    /** Takes losses as an array. */
    public static SizedLosses of(int rows, double... losses) {
        return new SizedLosses(rows, Series.of(losses));
    }

    /** Returns the losses without their order. */
    public Losses sorted() {
        return Losses.of(losses.toArray());
    }
}
