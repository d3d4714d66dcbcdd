package dev.mettle.engine.kernel;

import static dev.mettle.engine.kernel.Lanes.BLOCK;
import static dev.mettle.engine.kernel.Lanes.CHANNELS;
import static dev.mettle.engine.kernel.Lanes.SPECIES;
import static dev.mettle.engine.kernel.Lanes.SUMS;
import static dev.mettle.engine.kernel.Lanes.WIDTH;

import jdk.incubator.vector.FloatVector;

/**
 * Gradient by weight of a convolution or a dense layer: {@code sums[m][t][e mod 16] += Σ_n
 * dOut[m][n] · in[position n + tap t]} (docs/math/conv2d.md).
 *
 * <p>Definition: each weight has {@value Lanes#SUMS} partial sums. Blocks of examples add in their
 * order; within a block positions in the order of {@code inPosition}, and at each position first
 * the example e, then e + 16, one rounding each (fma). {@link LaneTree} adds the partial sums in
 * the end. Partial sum j of weight (m, t) is {@code sums[sumBase + ((m / 4 * taps + t) * 4 + m % 4)
 * * 16 + j]}, the order in which weights are stored. The bias of channel m is the same sum with an
 * input of 1.
 */
public final class TapGradient {
    private TapGradient() {}

    /** Reference form; it defines the result. Arguments as in {@link #vector}. */
    public static void scalar(
            int[] tap,
            int channels,
            float[] in,
            int inBase,
            int[] inPosition,
            float[] dOut,
            int dOutBase,
            int plane,
            int[] dOutPosition,
            int from,
            int to,
            float[] sums,
            int sumBase) {
        for (int m = 0; m < channels; m++) {
            for (int t = 0; t < tap.length; t++) {
                int weight = (m / CHANNELS * tap.length + t) * CHANNELS + m % CHANNELS;
                int sum = sumBase + weight * SUMS;
                for (int n = from; n < to; n++) {
                    for (int lane = 0; lane < BLOCK; lane++) {
                        float x = in[inBase + inPosition[n] + tap[t] + lane];
                        float d = dOut[dOutBase + m * plane + dOutPosition[n] + lane];
                        sums[sum + lane % SUMS] = Math.fma(x, d, sums[sum + lane % SUMS]);
                    }
                }
            }
        }
    }

    /**
     * Adds positions {@code from} to {@code to - 1}.
     *
     * @param tap offset of each tap from a position
     * @param channels a multiple of {@value Lanes#CHANNELS}
     * @param in holds the input from {@code inBase} on
     * @param inPosition where each position starts to read
     * @param dOut holds the gradient by output from {@code dOutBase} on
     * @param plane distance of channels in {@code dOut}
     * @param dOutPosition where the gradient of each position lies
     * @param sums are added to, from {@code sumBase} on
     */
    public static void vector(
            int[] tap,
            int channels,
            float[] in,
            int inBase,
            int[] inPosition,
            float[] dOut,
            int dOutBase,
            int plane,
            int[] dOutPosition,
            int from,
            int to,
            float[] sums,
            int sumBase) {
        for (int m = 0; m < channels; m += CHANNELS) {
            int d = dOutBase + m * plane;
            int sum = sumBase + m * tap.length * SUMS;
            for (int lane = 0; lane < SUMS; lane += WIDTH) {
                taps(
                        tap,
                        in,
                        inBase + lane,
                        inPosition,
                        dOut,
                        d + lane,
                        plane,
                        dOutPosition,
                        from,
                        to,
                        sums,
                        sum + lane);
            }
        }
    }

    private static void taps(
            int[] tap,
            float[] in,
            int inBase,
            int[] inPosition,
            float[] dOut,
            int d,
            int plane,
            int[] dOutPosition,
            int from,
            int to,
            float[] sums,
            int sum) {
        int t = 0;
        if (WIDTH == SUMS) {
            int threes =
                    Math.min(
                            tap.length / 3,
                            (4 - tap.length % 4) % 4); // the rest is then a multiple of four
            for (int end = tap.length - 3 * threes; t <= end - 4; t += 4) {
                tile4(
                        inBase + tap[t],
                        inBase + tap[t + 1],
                        inBase + tap[t + 2],
                        inBase + tap[t + 3],
                        in,
                        inPosition,
                        dOut,
                        d,
                        plane,
                        dOutPosition,
                        from,
                        to,
                        sums,
                        sum + t * CHANNELS * SUMS);
            }
        }
        for (; t <= tap.length - 3; t += 3) {
            tile3(
                    inBase + tap[t],
                    inBase + tap[t + 1],
                    inBase + tap[t + 2],
                    in,
                    inPosition,
                    dOut,
                    d,
                    plane,
                    dOutPosition,
                    from,
                    to,
                    sums,
                    sum + t * CHANNELS * SUMS);
        }
        for (; t < tap.length; t++) {
            tile1(
                    inBase + tap[t],
                    in,
                    inPosition,
                    dOut,
                    d,
                    plane,
                    dOutPosition,
                    from,
                    to,
                    sums,
                    sum + t * CHANNELS * SUMS);
        }
    }

    /** Four channels by four taps: 16 sums, for machines with 32 registers. */
    private static void tile4(
            int in0,
            int in1,
            int in2,
            int in3,
            float[] in,
            int[] inPosition,
            float[] dOut,
            int d,
            int plane,
            int[] dOutPosition,
            int from,
            int to,
            float[] sums,
            int sum) {
        FloatVector s00 = FloatVector.fromArray(SPECIES, sums, sum);
        FloatVector s10 = FloatVector.fromArray(SPECIES, sums, sum + SUMS);
        FloatVector s20 = FloatVector.fromArray(SPECIES, sums, sum + 2 * SUMS);
        FloatVector s30 = FloatVector.fromArray(SPECIES, sums, sum + 3 * SUMS);
        FloatVector s01 = FloatVector.fromArray(SPECIES, sums, sum + 4 * SUMS);
        FloatVector s11 = FloatVector.fromArray(SPECIES, sums, sum + 5 * SUMS);
        FloatVector s21 = FloatVector.fromArray(SPECIES, sums, sum + 6 * SUMS);
        FloatVector s31 = FloatVector.fromArray(SPECIES, sums, sum + 7 * SUMS);
        FloatVector s02 = FloatVector.fromArray(SPECIES, sums, sum + 8 * SUMS);
        FloatVector s12 = FloatVector.fromArray(SPECIES, sums, sum + 9 * SUMS);
        FloatVector s22 = FloatVector.fromArray(SPECIES, sums, sum + 10 * SUMS);
        FloatVector s32 = FloatVector.fromArray(SPECIES, sums, sum + 11 * SUMS);
        FloatVector s03 = FloatVector.fromArray(SPECIES, sums, sum + 12 * SUMS);
        FloatVector s13 = FloatVector.fromArray(SPECIES, sums, sum + 13 * SUMS);
        FloatVector s23 = FloatVector.fromArray(SPECIES, sums, sum + 14 * SUMS);
        FloatVector s33 = FloatVector.fromArray(SPECIES, sums, sum + 15 * SUMS);
        for (int n = from; n < to; n++) {
            int x = inPosition[n];
            int p = d + dOutPosition[n];
            FloatVector x0 = FloatVector.fromArray(SPECIES, in, in0 + x);
            FloatVector x1 = FloatVector.fromArray(SPECIES, in, in1 + x);
            FloatVector x2 = FloatVector.fromArray(SPECIES, in, in2 + x);
            FloatVector x3 = FloatVector.fromArray(SPECIES, in, in3 + x);
            FloatVector g = FloatVector.fromArray(SPECIES, dOut, p);
            s00 = x0.fma(g, s00);
            s01 = x1.fma(g, s01);
            s02 = x2.fma(g, s02);
            s03 = x3.fma(g, s03);
            g = FloatVector.fromArray(SPECIES, dOut, p + plane);
            s10 = x0.fma(g, s10);
            s11 = x1.fma(g, s11);
            s12 = x2.fma(g, s12);
            s13 = x3.fma(g, s13);
            g = FloatVector.fromArray(SPECIES, dOut, p + 2 * plane);
            s20 = x0.fma(g, s20);
            s21 = x1.fma(g, s21);
            s22 = x2.fma(g, s22);
            s23 = x3.fma(g, s23);
            g = FloatVector.fromArray(SPECIES, dOut, p + 3 * plane);
            s30 = x0.fma(g, s30);
            s31 = x1.fma(g, s31);
            s32 = x2.fma(g, s32);
            s33 = x3.fma(g, s33);
            x0 = FloatVector.fromArray(SPECIES, in, in0 + x + SUMS);
            x1 = FloatVector.fromArray(SPECIES, in, in1 + x + SUMS);
            x2 = FloatVector.fromArray(SPECIES, in, in2 + x + SUMS);
            x3 = FloatVector.fromArray(SPECIES, in, in3 + x + SUMS);
            g = FloatVector.fromArray(SPECIES, dOut, p + SUMS);
            s00 = x0.fma(g, s00);
            s01 = x1.fma(g, s01);
            s02 = x2.fma(g, s02);
            s03 = x3.fma(g, s03);
            g = FloatVector.fromArray(SPECIES, dOut, p + plane + SUMS);
            s10 = x0.fma(g, s10);
            s11 = x1.fma(g, s11);
            s12 = x2.fma(g, s12);
            s13 = x3.fma(g, s13);
            g = FloatVector.fromArray(SPECIES, dOut, p + 2 * plane + SUMS);
            s20 = x0.fma(g, s20);
            s21 = x1.fma(g, s21);
            s22 = x2.fma(g, s22);
            s23 = x3.fma(g, s23);
            g = FloatVector.fromArray(SPECIES, dOut, p + 3 * plane + SUMS);
            s30 = x0.fma(g, s30);
            s31 = x1.fma(g, s31);
            s32 = x2.fma(g, s32);
            s33 = x3.fma(g, s33);
        }
        s00.intoArray(sums, sum);
        s10.intoArray(sums, sum + SUMS);
        s20.intoArray(sums, sum + 2 * SUMS);
        s30.intoArray(sums, sum + 3 * SUMS);
        s01.intoArray(sums, sum + 4 * SUMS);
        s11.intoArray(sums, sum + 5 * SUMS);
        s21.intoArray(sums, sum + 6 * SUMS);
        s31.intoArray(sums, sum + 7 * SUMS);
        s02.intoArray(sums, sum + 8 * SUMS);
        s12.intoArray(sums, sum + 9 * SUMS);
        s22.intoArray(sums, sum + 10 * SUMS);
        s32.intoArray(sums, sum + 11 * SUMS);
        s03.intoArray(sums, sum + 12 * SUMS);
        s13.intoArray(sums, sum + 13 * SUMS);
        s23.intoArray(sums, sum + 14 * SUMS);
        s33.intoArray(sums, sum + 15 * SUMS);
    }

    /** Four channels by three taps: 12 sums. */
    private static void tile3(
            int in0,
            int in1,
            int in2,
            float[] in,
            int[] inPosition,
            float[] dOut,
            int d,
            int plane,
            int[] dOutPosition,
            int from,
            int to,
            float[] sums,
            int sum) {
        FloatVector s00 = FloatVector.fromArray(SPECIES, sums, sum);
        FloatVector s10 = FloatVector.fromArray(SPECIES, sums, sum + SUMS);
        FloatVector s20 = FloatVector.fromArray(SPECIES, sums, sum + 2 * SUMS);
        FloatVector s30 = FloatVector.fromArray(SPECIES, sums, sum + 3 * SUMS);
        FloatVector s01 = FloatVector.fromArray(SPECIES, sums, sum + 4 * SUMS);
        FloatVector s11 = FloatVector.fromArray(SPECIES, sums, sum + 5 * SUMS);
        FloatVector s21 = FloatVector.fromArray(SPECIES, sums, sum + 6 * SUMS);
        FloatVector s31 = FloatVector.fromArray(SPECIES, sums, sum + 7 * SUMS);
        FloatVector s02 = FloatVector.fromArray(SPECIES, sums, sum + 8 * SUMS);
        FloatVector s12 = FloatVector.fromArray(SPECIES, sums, sum + 9 * SUMS);
        FloatVector s22 = FloatVector.fromArray(SPECIES, sums, sum + 10 * SUMS);
        FloatVector s32 = FloatVector.fromArray(SPECIES, sums, sum + 11 * SUMS);
        for (int n = from; n < to; n++) {
            int x = inPosition[n];
            int p = d + dOutPosition[n];
            FloatVector x0 = FloatVector.fromArray(SPECIES, in, in0 + x);
            FloatVector x1 = FloatVector.fromArray(SPECIES, in, in1 + x);
            FloatVector x2 = FloatVector.fromArray(SPECIES, in, in2 + x);
            FloatVector g = FloatVector.fromArray(SPECIES, dOut, p);
            s00 = x0.fma(g, s00);
            s01 = x1.fma(g, s01);
            s02 = x2.fma(g, s02);
            g = FloatVector.fromArray(SPECIES, dOut, p + plane);
            s10 = x0.fma(g, s10);
            s11 = x1.fma(g, s11);
            s12 = x2.fma(g, s12);
            g = FloatVector.fromArray(SPECIES, dOut, p + 2 * plane);
            s20 = x0.fma(g, s20);
            s21 = x1.fma(g, s21);
            s22 = x2.fma(g, s22);
            g = FloatVector.fromArray(SPECIES, dOut, p + 3 * plane);
            s30 = x0.fma(g, s30);
            s31 = x1.fma(g, s31);
            s32 = x2.fma(g, s32);
            x0 = FloatVector.fromArray(SPECIES, in, in0 + x + SUMS);
            x1 = FloatVector.fromArray(SPECIES, in, in1 + x + SUMS);
            x2 = FloatVector.fromArray(SPECIES, in, in2 + x + SUMS);
            g = FloatVector.fromArray(SPECIES, dOut, p + SUMS);
            s00 = x0.fma(g, s00);
            s01 = x1.fma(g, s01);
            s02 = x2.fma(g, s02);
            g = FloatVector.fromArray(SPECIES, dOut, p + plane + SUMS);
            s10 = x0.fma(g, s10);
            s11 = x1.fma(g, s11);
            s12 = x2.fma(g, s12);
            g = FloatVector.fromArray(SPECIES, dOut, p + 2 * plane + SUMS);
            s20 = x0.fma(g, s20);
            s21 = x1.fma(g, s21);
            s22 = x2.fma(g, s22);
            g = FloatVector.fromArray(SPECIES, dOut, p + 3 * plane + SUMS);
            s30 = x0.fma(g, s30);
            s31 = x1.fma(g, s31);
            s32 = x2.fma(g, s32);
        }
        s00.intoArray(sums, sum);
        s10.intoArray(sums, sum + SUMS);
        s20.intoArray(sums, sum + 2 * SUMS);
        s30.intoArray(sums, sum + 3 * SUMS);
        s01.intoArray(sums, sum + 4 * SUMS);
        s11.intoArray(sums, sum + 5 * SUMS);
        s21.intoArray(sums, sum + 6 * SUMS);
        s31.intoArray(sums, sum + 7 * SUMS);
        s02.intoArray(sums, sum + 8 * SUMS);
        s12.intoArray(sums, sum + 9 * SUMS);
        s22.intoArray(sums, sum + 10 * SUMS);
        s32.intoArray(sums, sum + 11 * SUMS);
    }

    /** Four channels by one tap, for what is left. */
    private static void tile1(
            int in0,
            float[] in,
            int[] inPosition,
            float[] dOut,
            int d,
            int plane,
            int[] dOutPosition,
            int from,
            int to,
            float[] sums,
            int sum) {
        FloatVector s00 = FloatVector.fromArray(SPECIES, sums, sum);
        FloatVector s10 = FloatVector.fromArray(SPECIES, sums, sum + SUMS);
        FloatVector s20 = FloatVector.fromArray(SPECIES, sums, sum + 2 * SUMS);
        FloatVector s30 = FloatVector.fromArray(SPECIES, sums, sum + 3 * SUMS);
        for (int n = from; n < to; n++) {
            int x = inPosition[n];
            int p = d + dOutPosition[n];
            FloatVector x0 = FloatVector.fromArray(SPECIES, in, in0 + x);
            FloatVector g = FloatVector.fromArray(SPECIES, dOut, p);
            s00 = x0.fma(g, s00);
            g = FloatVector.fromArray(SPECIES, dOut, p + plane);
            s10 = x0.fma(g, s10);
            g = FloatVector.fromArray(SPECIES, dOut, p + 2 * plane);
            s20 = x0.fma(g, s20);
            g = FloatVector.fromArray(SPECIES, dOut, p + 3 * plane);
            s30 = x0.fma(g, s30);
            x0 = FloatVector.fromArray(SPECIES, in, in0 + x + SUMS);
            g = FloatVector.fromArray(SPECIES, dOut, p + SUMS);
            s00 = x0.fma(g, s00);
            g = FloatVector.fromArray(SPECIES, dOut, p + plane + SUMS);
            s10 = x0.fma(g, s10);
            g = FloatVector.fromArray(SPECIES, dOut, p + 2 * plane + SUMS);
            s20 = x0.fma(g, s20);
            g = FloatVector.fromArray(SPECIES, dOut, p + 3 * plane + SUMS);
            s30 = x0.fma(g, s30);
        }
        s00.intoArray(sums, sum);
        s10.intoArray(sums, sum + SUMS);
        s20.intoArray(sums, sum + 2 * SUMS);
        s30.intoArray(sums, sum + 3 * SUMS);
    }
}
