package dev.mettle.engine.kernel;

import static dev.mettle.engine.kernel.Lanes.SPECIES;
import static dev.mettle.engine.kernel.Lanes.SUMS;
import static dev.mettle.engine.kernel.Lanes.WIDTH;

import jdk.incubator.vector.FloatVector;

/**
 * Adds the {@value Lanes#SUMS} partial sums of a gradient by a fixed tree: first (i, i + 8), then
 * (i, i + 4), (i, i + 2), (i, i + 1). The order is part of every result's definition.
 */
public final class LaneTree {
    private LaneTree() {}

    /** Reference form; it defines the result. Arguments as in {@link #vector}. */
    public static void scalar(float[] sums, int sumBase, int count, float[] out, int outBase) {
        for (int i = 0; i < count; i++) {
            out[outBase + i] = total(sums, sumBase + i * SUMS);
        }
    }

    /** Writes the totals of {@code count} gradients into {@code out} from {@code outBase} on. */
    public static void vector(float[] sums, int sumBase, int count, float[] out, int outBase) {
        int i = 0;
        if (WIDTH == SUMS) {
            for (; i <= count - SUMS; i += SUMS) {
                sixteen(sums, sumBase + i * SUMS, out, outBase + i);
            }
        }
        scalar(sums, sumBase + i * SUMS, count - i, out, outBase + i);
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

    /**
     * Sixteen gradients: in each round two vectors give their lower and their upper halves to one
     * ({@link Exchange}), which then holds the sums of both.
     */
    private static void sixteen(float[] sums, int p, float[] out, int to) {
        FloatVector a0 = FloatVector.fromArray(SPECIES, sums, p);
        FloatVector a1 = FloatVector.fromArray(SPECIES, sums, p + SUMS);
        FloatVector a2 = FloatVector.fromArray(SPECIES, sums, p + 2 * SUMS);
        FloatVector a3 = FloatVector.fromArray(SPECIES, sums, p + 3 * SUMS);
        FloatVector a4 = FloatVector.fromArray(SPECIES, sums, p + 4 * SUMS);
        FloatVector a5 = FloatVector.fromArray(SPECIES, sums, p + 5 * SUMS);
        FloatVector a6 = FloatVector.fromArray(SPECIES, sums, p + 6 * SUMS);
        FloatVector a7 = FloatVector.fromArray(SPECIES, sums, p + 7 * SUMS);
        FloatVector a8 = FloatVector.fromArray(SPECIES, sums, p + 8 * SUMS);
        FloatVector a9 = FloatVector.fromArray(SPECIES, sums, p + 9 * SUMS);
        FloatVector a10 = FloatVector.fromArray(SPECIES, sums, p + 10 * SUMS);
        FloatVector a11 = FloatVector.fromArray(SPECIES, sums, p + 11 * SUMS);
        FloatVector a12 = FloatVector.fromArray(SPECIES, sums, p + 12 * SUMS);
        FloatVector a13 = FloatVector.fromArray(SPECIES, sums, p + 13 * SUMS);
        FloatVector a14 = FloatVector.fromArray(SPECIES, sums, p + 14 * SUMS);
        FloatVector a15 = FloatVector.fromArray(SPECIES, sums, p + 15 * SUMS);
        FloatVector low8 = Exchange.low(8);
        FloatVector high8 = Exchange.high(8);
        FloatVector b0 = low8.selectFrom(a0, a8).add(high8.selectFrom(a0, a8));
        FloatVector b1 = low8.selectFrom(a1, a9).add(high8.selectFrom(a1, a9));
        FloatVector b2 = low8.selectFrom(a2, a10).add(high8.selectFrom(a2, a10));
        FloatVector b3 = low8.selectFrom(a3, a11).add(high8.selectFrom(a3, a11));
        FloatVector b4 = low8.selectFrom(a4, a12).add(high8.selectFrom(a4, a12));
        FloatVector b5 = low8.selectFrom(a5, a13).add(high8.selectFrom(a5, a13));
        FloatVector b6 = low8.selectFrom(a6, a14).add(high8.selectFrom(a6, a14));
        FloatVector b7 = low8.selectFrom(a7, a15).add(high8.selectFrom(a7, a15));
        FloatVector low4 = Exchange.low(4);
        FloatVector high4 = Exchange.high(4);
        FloatVector c0 = low4.selectFrom(b0, b4).add(high4.selectFrom(b0, b4));
        FloatVector c1 = low4.selectFrom(b1, b5).add(high4.selectFrom(b1, b5));
        FloatVector c2 = low4.selectFrom(b2, b6).add(high4.selectFrom(b2, b6));
        FloatVector c3 = low4.selectFrom(b3, b7).add(high4.selectFrom(b3, b7));
        FloatVector low2 = Exchange.low(2);
        FloatVector high2 = Exchange.high(2);
        FloatVector d0 = low2.selectFrom(c0, c2).add(high2.selectFrom(c0, c2));
        FloatVector d1 = low2.selectFrom(c1, c3).add(high2.selectFrom(c1, c3));
        FloatVector low1 = Exchange.low(1);
        FloatVector high1 = Exchange.high(1);
        FloatVector e0 = low1.selectFrom(d0, d1).add(high1.selectFrom(d0, d1));
        e0.intoArray(out, to);
    }
}
