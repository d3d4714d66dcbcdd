package dev.mettle.engine.kernel;

import static dev.mettle.engine.kernel.Lanes.BLOCK;
import static dev.mettle.engine.kernel.Lanes.SPECIES;
import static dev.mettle.engine.kernel.Lanes.SUMS;
import static dev.mettle.engine.kernel.Lanes.WIDTH;

import jdk.incubator.vector.FloatVector;

/**
 * {@link TapGradient} for a single channel, where a group of channels has no four of them: {@code
 * sums[t][e mod 16] += Σ_n dOut[n] · in[position n + tap t]}, in the order that {@link TapGradient}
 * defines. Taps may lie anywhere. Partial sum j of tap t is {@code sums[sumBase + t * 16 + j]}.
 */
public final class LoneTapGradient {
    /**
     * Taps at once. Of a kernel of 3 x 3 one in ten is computed in vain, of 5 x 5 none; their sums
     * hide the time that an addition takes.
     */
    private static final int TAPS = 5;

    private LoneTapGradient() {}

    /** Reference form; it defines the result. Arguments as in {@link #vector}. */
    public static void scalar(
            int[] tap,
            float[] in,
            int inBase,
            int[] inPosition,
            float[] dOut,
            int dOutBase,
            int[] dOutPosition,
            int from,
            int to,
            float[] sums,
            int sumBase) {
        for (int t = 0; t < tap.length; t++) {
            int sum = sumBase + t * SUMS;
            for (int n = from; n < to; n++) {
                for (int lane = 0; lane < BLOCK; lane++) {
                    float x = in[inBase + tap[t] + inPosition[n] + lane];
                    float d = dOut[dOutBase + dOutPosition[n] + lane];
                    sums[sum + lane % SUMS] = Math.fma(x, d, sums[sum + lane % SUMS]);
                }
            }
        }
    }

    /**
     * Adds positions {@code from} to {@code to - 1}.
     *
     * @param tap offset of each tap from a position
     * @param in holds the input from {@code inBase} on
     * @param inPosition where each position starts to read
     * @param dOut holds the gradient by output from {@code dOutBase} on
     * @param dOutPosition where the gradient of each position lies
     * @param sums are added to, from {@code sumBase} on
     */
    public static void vector(
            int[] tap,
            float[] in,
            int inBase,
            int[] inPosition,
            float[] dOut,
            int dOutBase,
            int[] dOutPosition,
            int from,
            int to,
            float[] sums,
            int sumBase) {
        int last = tap.length - 1;
        for (int t = 0; t <= last; t += TAPS) {
            for (int lane = 0; lane < SUMS; lane += WIDTH) {
                five(
                        Math.min(TAPS, last - t + 1),
                        in,
                        inBase + lane + tap[t],
                        inBase + lane + tap[Math.min(t + 1, last)],
                        inBase + lane + tap[Math.min(t + 2, last)],
                        inBase + lane + tap[Math.min(t + 3, last)],
                        inBase + lane + tap[Math.min(t + 4, last)],
                        inPosition,
                        dOut,
                        dOutBase + lane,
                        dOutPosition,
                        from,
                        to,
                        sums,
                        sumBase + t * SUMS + lane);
            }
        }
    }

    /** Five taps, of which the first {@code count} are kept. */
    private static void five(
            int count,
            float[] in,
            int tap0,
            int tap1,
            int tap2,
            int tap3,
            int tap4,
            int[] inPosition,
            float[] dOut,
            int d,
            int[] dOutPosition,
            int from,
            int to,
            float[] sums,
            int sum) {
        int last = count - 1;
        FloatVector s0 = FloatVector.fromArray(SPECIES, sums, sum);
        FloatVector s1 = FloatVector.fromArray(SPECIES, sums, sum + Math.min(1, last) * SUMS);
        FloatVector s2 = FloatVector.fromArray(SPECIES, sums, sum + Math.min(2, last) * SUMS);
        FloatVector s3 = FloatVector.fromArray(SPECIES, sums, sum + Math.min(3, last) * SUMS);
        FloatVector s4 = FloatVector.fromArray(SPECIES, sums, sum + Math.min(4, last) * SUMS);
        for (int n = from; n < to; n++) {
            int a = inPosition[n];
            int p = d + dOutPosition[n];
            FloatVector g = FloatVector.fromArray(SPECIES, dOut, p);
            s0 = FloatVector.fromArray(SPECIES, in, tap0 + a).fma(g, s0);
            s1 = FloatVector.fromArray(SPECIES, in, tap1 + a).fma(g, s1);
            s2 = FloatVector.fromArray(SPECIES, in, tap2 + a).fma(g, s2);
            s3 = FloatVector.fromArray(SPECIES, in, tap3 + a).fma(g, s3);
            s4 = FloatVector.fromArray(SPECIES, in, tap4 + a).fma(g, s4);
            g = FloatVector.fromArray(SPECIES, dOut, p + SUMS);
            s0 = FloatVector.fromArray(SPECIES, in, tap0 + a + SUMS).fma(g, s0);
            s1 = FloatVector.fromArray(SPECIES, in, tap1 + a + SUMS).fma(g, s1);
            s2 = FloatVector.fromArray(SPECIES, in, tap2 + a + SUMS).fma(g, s2);
            s3 = FloatVector.fromArray(SPECIES, in, tap3 + a + SUMS).fma(g, s3);
            s4 = FloatVector.fromArray(SPECIES, in, tap4 + a + SUMS).fma(g, s4);
        }
        s0.intoArray(sums, sum);
        if (count > 1) {
            s1.intoArray(sums, sum + SUMS);
        }
        if (count > 2) {
            s2.intoArray(sums, sum + 2 * SUMS);
        }
        if (count > 3) {
            s3.intoArray(sums, sum + 3 * SUMS);
        }
        if (count > 4) {
            s4.intoArray(sums, sum + 4 * SUMS);
        }
    }
}
