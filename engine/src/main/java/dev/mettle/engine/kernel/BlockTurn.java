package dev.mettle.engine.kernel;

import static dev.mettle.engine.kernel.Lanes.BLOCK;

/**
 * Turns a block of values, [value][{@value Lanes#BLOCK} examples], into rows, [example][value]: the
 * opposite of {@link BlockGather}. Plain code is the fast form: with shuffles, vectors are boxed
 * (docs/decisions/0004-engine-kernels.md).
 */
public final class BlockTurn {
    /** Values read at once; the number of values is rounded up to it. */
    private static final int VALUES = 4;

    private BlockTurn() {}

    /**
     * Writes {@code out[outBase + e * pitch + v] = block[base + v * 32 + e]} for all examples. What
     * lies behind the last value is read and written up to a multiple of {@value #VALUES}, at most
     * {@code pitch} values in all.
     *
     * @param values number of values
     * @param pitch distance of rows, a multiple of {@value #VALUES}
     */
    public static void rows(
            float[] block, int base, int values, float[] out, int outBase, int pitch) {
        for (int v = 0; v < values; v += VALUES) {
            four(block, base + v * BLOCK, out, outBase + v, pitch);
        }
    }

    private static void four(float[] block, int base, float[] out, int outBase, int pitch) {
        for (int e = 0; e < BLOCK; e++) {
            int from = base + e;
            int to = outBase + e * pitch;
            out[to] = block[from];
            out[to + 1] = block[from + BLOCK];
            out[to + 2] = block[from + 2 * BLOCK];
            out[to + 3] = block[from + 3 * BLOCK];
        }
    }
}
