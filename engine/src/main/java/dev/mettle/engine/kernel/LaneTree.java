package dev.mettle.engine.kernel;

import static dev.mettle.engine.kernel.Lanes.SUMS;

/**
 * Adds the {@value Lanes#SUMS} partial sums of a gradient by a fixed tree: first (i, i + 8), then
 * (i, i + 4), (i, i + 2), (i, i + 1). The order is part of every result's definition. Plain code is
 * the fast form: with shuffles, vectors are boxed (docs/decisions/0004-engine-kernels.md).
 */
public final class LaneTree {
    private LaneTree() {}

    /** Writes the totals of {@code count} gradients into {@code out} from {@code outBase} on. */
    public static void add(float[] sums, int sumBase, int count, float[] out, int outBase) {
        for (int i = 0; i < count; i++) {
            out[outBase + i] = total(sums, sumBase + i * SUMS);
        }
    }

    private static float total(float[] s, int p) {
        float even =
                (s[p] + s[p + 8] + (s[p + 4] + s[p + 12]))
                        + (s[p + 2] + s[p + 10] + (s[p + 6] + s[p + 14]));
        float odd =
                (s[p + 1] + s[p + 9] + (s[p + 5] + s[p + 13]))
                        + (s[p + 3] + s[p + 11] + (s[p + 7] + s[p + 15]));
        return even + odd;
    }
}
