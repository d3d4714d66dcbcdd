package dev.mettle.engine.kernel;

import static dev.mettle.engine.kernel.Lanes.BLOCK;
import static dev.mettle.engine.kernel.Lanes.CHANNELS;
import static dev.mettle.engine.kernel.Lanes.SPECIES;
import static dev.mettle.engine.kernel.Lanes.SUMS;
import static dev.mettle.engine.kernel.Lanes.WIDTH;

import jdk.incubator.vector.FloatVector;

/**
 * Gradient by bias: {@code sums[m][e mod 16] += Σ_n dOut[m][n]}, in the order that {@link
 * TapGradient} defines. Partial sum j of channel m is {@code sums[sumBase + m * 16 + j]}.
 */
public final class BiasGradient {
    private BiasGradient() {}

    /** Reference form; it defines the result. Arguments as in {@link #vector}. */
    public static void scalar(
            int channels,
            float[] dOut,
            int dOutBase,
            int plane,
            int[] position,
            int from,
            int to,
            float[] sums,
            int sumBase) {
        for (int m = 0; m < channels; m++) {
            for (int n = from; n < to; n++) {
                for (int lane = 0; lane < BLOCK; lane++) {
                    sums[sumBase + m * SUMS + lane % SUMS] +=
                            dOut[dOutBase + m * plane + position[n] + lane];
                }
            }
        }
    }

    /**
     * Adds positions {@code from} to {@code to - 1}.
     *
     * @param channels a multiple of {@value Lanes#CHANNELS}
     * @param dOut holds the gradient by output from {@code dOutBase} on
     * @param plane distance of channels
     * @param position where the gradient of each position lies
     * @param sums are added to, from {@code sumBase} on
     */
    public static void vector(
            int channels,
            float[] dOut,
            int dOutBase,
            int plane,
            int[] position,
            int from,
            int to,
            float[] sums,
            int sumBase) {
        for (int m = 0; m < channels; m += CHANNELS) {
            for (int lane = 0; lane < SUMS; lane += WIDTH) {
                tile(
                        dOut,
                        dOutBase + m * plane + lane,
                        plane,
                        position,
                        from,
                        to,
                        sums,
                        sumBase + m * SUMS + lane);
            }
        }
    }

    private static void tile(
            float[] dOut,
            int dOutBase,
            int plane,
            int[] position,
            int from,
            int to,
            float[] sums,
            int sum) {
        FloatVector s0 = FloatVector.fromArray(SPECIES, sums, sum);
        FloatVector s1 = FloatVector.fromArray(SPECIES, sums, sum + SUMS);
        FloatVector s2 = FloatVector.fromArray(SPECIES, sums, sum + 2 * SUMS);
        FloatVector s3 = FloatVector.fromArray(SPECIES, sums, sum + 3 * SUMS);
        for (int n = from; n < to; n++) {
            int p = dOutBase + position[n];
            s0 = s0.add(FloatVector.fromArray(SPECIES, dOut, p));
            s1 = s1.add(FloatVector.fromArray(SPECIES, dOut, p + plane));
            s2 = s2.add(FloatVector.fromArray(SPECIES, dOut, p + 2 * plane));
            s3 = s3.add(FloatVector.fromArray(SPECIES, dOut, p + 3 * plane));
            s0 = s0.add(FloatVector.fromArray(SPECIES, dOut, p + SUMS));
            s1 = s1.add(FloatVector.fromArray(SPECIES, dOut, p + plane + SUMS));
            s2 = s2.add(FloatVector.fromArray(SPECIES, dOut, p + 2 * plane + SUMS));
            s3 = s3.add(FloatVector.fromArray(SPECIES, dOut, p + 3 * plane + SUMS));
        }
        s0.intoArray(sums, sum);
        s1.intoArray(sums, sum + SUMS);
        s2.intoArray(sums, sum + 2 * SUMS);
        s3.intoArray(sums, sum + 3 * SUMS);
    }
}
