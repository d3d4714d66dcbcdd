package dev.mettle.engine.kernel;

/**
 * Which elements a layer multiplies: a convolution, its gradient by input and a dense layer differ
 * only in this table. Output position n is {@code Σ_t weight[weightTap[t]] · in[inPosition[n] +
 * tap[t]]} for t from {@code from[g]} to {@code to[g] - 1}, where g = n / {@value Lanes#POSITIONS}
 * is the position's group. All entries are offsets in floats. Immutable by agreement: the arrays
 * are kept and shared.
 */
public final class TapTable {
    final int[] inPosition;
    final int[] outPosition;
    final int[] from;
    final int[] to;
    final int[] tap;
    final int[] weightTap;
    final int lanes;

    /**
     * Keeps the arrays given.
     *
     * @param inPosition where position n starts to read; as many as a multiple of {@value
     *     Lanes#POSITIONS}, the last one repeated as often as needed
     * @param outPosition where position n is written
     * @param from first tap of each group of positions
     * @param to behind the last tap of each group
     * @param tap offset of each tap from the position
     * @param weightTap offset of each tap's weight from the first weight of the channel
     * @param lanes examples of a position: {@value Lanes#BLOCK}, or {@value Lanes#SUMS} when
     *     positions are half blocks
     */
    public TapTable(
            int[] inPosition,
            int[] outPosition,
            int[] from,
            int[] to,
            int[] tap,
            int[] weightTap,
            int lanes) {
        this.inPosition = inPosition;
        this.outPosition = outPosition;
        this.from = from;
        this.to = to;
        this.tap = tap;
        this.weightTap = weightTap;
        this.lanes = lanes;
    }

    /** Returns the number of groups of positions. */
    public int groups() {
        return from.length;
    }

    /** Returns the shared offsets at which positions are read; not to be written. */
    public int[] inPositions() {
        return inPosition;
    }

    /** Returns the shared offsets at which positions are written; not to be written. */
    public int[] outPositions() {
        return outPosition;
    }

    /** Returns the shared offsets of the taps; not to be written. */
    public int[] taps() {
        return tap;
    }
}
