package dev.mettle.core.data;

import java.util.List;

/**
 * The rows one instance trains on and the scales fitted on them. Immutable by agreement: the rows
 * are shared.
 */
public final class Sample {
    private final int[] rows;
    private final List<Scale> inputScales;
    private final List<Scale> featureScales;
    private final List<Scale> targetScales;

    /**
     * Keeps the rows given, without a copy.
     *
     * @param rows row numbers of the pool, in the order drawn, without repetition
     * @param inputScales one scale for a whole array, or one per channel (column) of a table
     * @param featureScales one per feature
     * @param targetScales one per target; {@link Scale#NONE} for the labels of a classification
     */
    public Sample(
            int[] rows,
            List<Scale> inputScales,
            List<Scale> featureScales,
            List<Scale> targetScales) {
        this.rows = rows;
        this.inputScales = List.copyOf(inputScales);
        this.featureScales = List.copyOf(featureScales);
        this.targetScales = List.copyOf(targetScales);
    }

    /** Returns the shared row numbers; not to be written. */
    public int[] rows() {
        return rows;
    }

    /** Returns one scale for all inputs, or one per column of a table. */
    public List<Scale> inputScales() {
        return inputScales;
    }

    /** Returns one scale per feature. */
    public List<Scale> featureScales() {
        return featureScales;
    }

    /** Returns one scale per target. */
    public List<Scale> targetScales() {
        return targetScales;
    }
}
