package dev.mettle.engine.kernel;

import static dev.mettle.engine.kernel.Lanes.BLOCK;
import static dev.mettle.engine.kernel.Lanes.SPECIES;
import static dev.mettle.engine.kernel.Lanes.WIDTH;

import jdk.incubator.vector.FloatVector;

/**
 * Sum over the pixels of one channel, an example a lane: {@code out[e] = Σ_n in[n][e]}, from 0 on
 * in the order of the pixels, one rounding for each. Allocates nothing.
 */
public final class PixelSum {
    private PixelSum() {}

    /** Reference form; it defines the result. Arguments as in {@link #vector}. */
    public static void scalar(float[] in, int base, int pixels, float[] out, int outBase) {
        for (int e = 0; e < BLOCK; e++) {
            float sum = 0;
            for (int n = 0; n < pixels; n++) {
                sum += in[base + n * BLOCK + e];
            }
            out[outBase + e] = sum;
        }
    }

    /**
     * Writes the {@value Lanes#BLOCK} sums.
     *
     * @param in holds the channel from {@code base} on, pixel after pixel
     * @param pixels at least 1
     * @param out may be {@code in}
     */
    public static void vector(float[] in, int base, int pixels, float[] out, int outBase) {
        for (int e = 0; e < BLOCK; e += WIDTH) {
            FloatVector sum = FloatVector.zero(SPECIES);
            int end = base + pixels * BLOCK;
            for (int at = base; at < end; at += BLOCK) {
                sum = sum.add(FloatVector.fromArray(SPECIES, in, at + e));
            }
            sum.intoArray(out, outBase + e);
        }
    }
}
