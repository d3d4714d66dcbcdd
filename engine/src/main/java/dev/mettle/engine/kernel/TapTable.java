package dev.mettle.engine.kernel;

import java.util.Arrays;

/**
 * Which elements a layer multiplies: a convolution, its gradient by input and a dense layer differ
 * only in this table. Positions come in pairs, the second one reading {@code distance} floats
 * behind the first, and two pairs are a group. Position j of group g is {@code Σ_t weight[weight
 * offset t] · in[inPair[2 g + j / 2] + j % 2 · distance + tap t]} for t from {@code from[g]} to
 * {@code to[g] - 1}. All entries are offsets in floats. Immutable by agreement: the arrays are kept
 * and shared.
 *
 * <p>Where positions are half blocks, a pair is a block: its halves lie one behind the other in
 * input and output.
 */
public final class TapTable {
    final int[] inPair;
    final int distance;
    final int[] outPosition;
    final int[] from;
    final int[] to;
    final int[] tap;
    final int lanes;

    /**
     * Keeps the arrays given.
     *
     * @param inPair where each pair of positions starts to read, two pairs for each group
     * @param distance of a pair's positions
     * @param outPosition where each position is written, or each group when it is pooled
     * @param from first tap of each group of positions
     * @param to behind the last tap of each group
     * @param tap two entries for each tap: its offset from a position, and the offset of its weight
     *     from the first weight of the channel
     * @param lanes examples of a position: {@value Lanes#BLOCK}, or {@value Lanes#SUMS} when
     *     positions are half blocks
     * @throws IllegalArgumentException if half blocks don't make blocks
     */
    public TapTable(
            int[] inPair,
            int distance,
            int[] outPosition,
            int[] from,
            int[] to,
            int[] tap,
            int lanes) {
        if (lanes == Lanes.SUMS && distance != Lanes.SUMS) {
            throw new IllegalArgumentException(
                    "half blocks lie %d floats apart".formatted(distance));
        }
        this.inPair = inPair;
        this.distance = distance;
        this.outPosition = outPosition;
        this.from = from;
        this.to = to;
        this.tap = tap;
        this.lanes = lanes;
    }

    /** Returns the number of groups of positions. */
    public int groups() {
        return from.length;
    }

    /** Returns the number of taps of all groups together. */
    public int work() {
        int sum = 0;
        for (int group = 0; group < from.length; group++) {
            sum += to[group] - from[group];
        }
        return sum;
    }

    /**
     * Returns tables of {@code size} groups each, the last one perhaps of fewer, that share their
     * taps: one after another they are this table.
     */
    public TapTable[] bands(int size) {
        TapTable[] bands = new TapTable[(groups() + size - 1) / size];
        int results = outPosition.length / groups();
        for (int i = 0; i < bands.length; i++) {
            int first = i * size;
            int last = Math.min(first + size, groups());
            bands[i] =
                    new TapTable(
                            Arrays.copyOfRange(inPair, 2 * first, 2 * last),
                            distance,
                            Arrays.copyOfRange(outPosition, first * results, last * results),
                            Arrays.copyOfRange(from, first, last),
                            Arrays.copyOfRange(to, first, last),
                            tap,
                            lanes);
        }
        return bands;
    }

    /** Returns where a position starts to read. */
    int in(int group, int position) {
        return inPair[2 * group + position / 2] + position % 2 * distance;
    }
}
