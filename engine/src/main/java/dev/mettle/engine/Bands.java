package dev.mettle.engine;

import static dev.mettle.engine.kernel.Lanes.BLOCK;

import dev.mettle.core.network.Window;
import dev.mettle.engine.kernel.Lanes;
import dev.mettle.engine.kernel.TapTable;

/**
 * How many positions of a convolution are computed for all channels before the next ones begin, so
 * that what they read stays in the cache (docs/decisions/0004-engine-kernels.md). The budgets are
 * constants, not the machine's caches: the same path everywhere. Results don't depend on it.
 */
final class Bands {
    /**
     * Positions of a band of gradients by weight: four channels' gradient by output fills a
     * first-level cache.
     */
    static final int POSITIONS = 64;

    /** Bytes of input that a band of sums reads; beside it lie weights and output. */
    private static final int SUM_BYTES = 128 << 10;

    /** Bytes of input that a band of gradients by weight reads; beside it lie the gradients. */
    private static final int GRADIENT_BYTES = 256 << 10;

    private Bands() {}

    /** Returns the groups of positions of a band of sums. */
    static int groups(int channels, Window kernel, TapTable table) {
        // four positions bring as many new pixels, times the stride, in each row of the kernel
        long each =
                (long) channels
                        * Lanes.POSITIONS
                        * kernel.stride().width()
                        * kernel.size().height()
                        * BLOCK
                        * Float.BYTES;
        return (int) Math.max(1, Math.min(table.groups(), SUM_BYTES / each));
    }

    /** Returns the input channels that gradients by weight are computed for at once. */
    static int channels(Tensor in, Window kernel) {
        int rows = POSITIONS / in.pitch() + 1 + kernel.reach().height();
        long bytes = (long) Math.min(rows * in.pitch() * BLOCK, in.plane()) * Float.BYTES;
        return (int) Math.max(1, GRADIENT_BYTES / bytes);
    }
}
