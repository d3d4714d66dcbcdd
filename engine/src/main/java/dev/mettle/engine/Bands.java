package dev.mettle.engine;

import static dev.mettle.engine.kernel.Lanes.BLOCK;
import static dev.mettle.engine.kernel.Lanes.CHANNELS;
import static dev.mettle.engine.kernel.Lanes.POSITIONS;

import dev.mettle.core.network.Window;
import dev.mettle.engine.kernel.TapTable;

/**
 * How many positions of a convolution are computed for all channels before the next ones begin, so
 * that what they read stays in the cache (docs/decisions/0004-engine-kernels.md). The budgets are
 * constants, not the machine's caches: the same path everywhere. Results don't depend on it.
 */
final class Bands {
    /** Bytes of input that a band reads: together with weights and output, a second-level cache. */
    private static final int INPUT_BYTES = 256 << 10;

    /** Bytes of four channels' gradient by output: half a first-level cache. */
    private static final int GRADIENT_BYTES = 16 << 10;

    private Bands() {}

    /** Returns the groups of positions of a band of sums. */
    static int groups(int channels, Window kernel, TapTable table) {
        // four positions of a band bring four new pixels, and as many rows as the kernel has
        long each =
                (long) channels
                        * POSITIONS
                        * kernel.stride().width()
                        * kernel.size().height()
                        * BLOCK
                        * Float.BYTES;
        return (int) Math.max(1, Math.min(table.groups(), INPUT_BYTES / each));
    }

    /** Returns the positions of a band of gradients by weight. */
    static int positions() {
        return GRADIENT_BYTES / (CHANNELS * BLOCK * Float.BYTES);
    }
}
