package dev.mettle.engine.kernel;

import static dev.mettle.engine.kernel.Lanes.BLOCK;
import static dev.mettle.engine.kernel.Lanes.CHANNELS;
import static dev.mettle.engine.kernel.Lanes.SPECIES;
import static dev.mettle.engine.kernel.Lanes.SUMS;
import static dev.mettle.engine.kernel.Lanes.WIDTH;

import jdk.incubator.vector.FloatVector;

/**
 * Gradient by weight of a convolution or a narrow dense layer: {@code sums[m][t][e mod 16] += Σ_n
 * dOut[m][n] · in[position n + tap t]} (docs/math/conv2d.md).
 *
 * <p>Taps come in runs, the rows of a kernel: within one, taps are {@value Lanes#BLOCK} floats
 * apart. So are the channels of a group of four in {@code dOut}. Addresses that differ by constants
 * share a register and a bounds check, and that is what this loop is short of.
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
            int[] run,
            int length,
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
        int taps = run.length * length;
        for (int m = 0; m < channels; m++) {
            int channel = dOutBase + m / CHANNELS * plane + m % CHANNELS * BLOCK;
            for (int t = 0; t < taps; t++) {
                int tap = inBase + run[t / length] + t % length * BLOCK;
                int sum = sumBase + ((m / CHANNELS * taps + t) * CHANNELS + m % CHANNELS) * SUMS;
                for (int n = from; n < to; n++) {
                    for (int lane = 0; lane < BLOCK; lane++) {
                        float x = in[tap + inPosition[n] + lane];
                        float d = dOut[channel + dOutPosition[n] + lane];
                        sums[sum + lane % SUMS] = Math.fma(x, d, sums[sum + lane % SUMS]);
                    }
                }
            }
        }
    }

    /**
     * Adds positions {@code from} to {@code to - 1}.
     *
     * @param run offset of each run's first tap from a position
     * @param length taps of a run
     * @param channels a multiple of {@value Lanes#CHANNELS}
     * @param in holds the input from {@code inBase} on
     * @param inPosition where each position starts to read
     * @param dOut holds the gradient by output from {@code dOutBase} on
     * @param plane distance of groups of four channels in {@code dOut}
     * @param dOutPosition where the gradient of each position lies
     * @param sums are added to, from {@code sumBase} on
     */
    public static void vector(
            int[] run,
            int length,
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
        int sum = sumBase;
        for (int m = 0; m < channels; m += CHANNELS) {
            int d = dOutBase + m / CHANNELS * plane;
            for (int first : run) {
                for (int lane = 0; lane < SUMS; lane += WIDTH) {
                    taps(
                            length,
                            in,
                            inBase + first + lane,
                            inPosition,
                            dOut,
                            d + lane,
                            dOutPosition,
                            from,
                            to,
                            sums,
                            sum + lane);
                }
                sum += length * CHANNELS * SUMS;
            }
        }
    }

    private static void taps(
            int length,
            float[] in,
            int tap,
            int[] inPosition,
            float[] dOut,
            int d,
            int[] dOutPosition,
            int from,
            int to,
            float[] sums,
            int sum) {
        int t = 0;
        while (t < length) {
            int x = tap + t * BLOCK;
            int s = sum + t * CHANNELS * SUMS;
            int left = length - t;
            if (WIDTH == SUMS && left >= 4 && left != 5) {
                tile4(in, x, inPosition, dOut, d, dOutPosition, from, to, sums, s);
                t += 4;
            } else if (left >= 3) {
                tile3(in, x, inPosition, dOut, d, dOutPosition, from, to, sums, s);
                t += 3;
            } else if (left == 2) {
                tile2(in, x, inPosition, dOut, d, dOutPosition, from, to, sums, s);
                t += 2;
            } else {
                tile1(in, x, inPosition, dOut, d, dOutPosition, from, to, sums, s);
                t++;
            }
        }
    }

    /** Four channels by four taps: 16 sums, for machines with 32 registers. */
    private static void tile4(
            float[] in,
            int tap,
            int[] inPosition,
            float[] dOut,
            int d,
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
            int a = tap + inPosition[n];
            int p = d + dOutPosition[n];
            FloatVector x0 = FloatVector.fromArray(SPECIES, in, a);
            FloatVector x1 = FloatVector.fromArray(SPECIES, in, a + BLOCK);
            FloatVector x2 = FloatVector.fromArray(SPECIES, in, a + 2 * BLOCK);
            FloatVector x3 = FloatVector.fromArray(SPECIES, in, a + 3 * BLOCK);
            FloatVector g = FloatVector.fromArray(SPECIES, dOut, p);
            s00 = x0.fma(g, s00);
            s01 = x1.fma(g, s01);
            s02 = x2.fma(g, s02);
            s03 = x3.fma(g, s03);
            g = FloatVector.fromArray(SPECIES, dOut, p + BLOCK);
            s10 = x0.fma(g, s10);
            s11 = x1.fma(g, s11);
            s12 = x2.fma(g, s12);
            s13 = x3.fma(g, s13);
            g = FloatVector.fromArray(SPECIES, dOut, p + 2 * BLOCK);
            s20 = x0.fma(g, s20);
            s21 = x1.fma(g, s21);
            s22 = x2.fma(g, s22);
            s23 = x3.fma(g, s23);
            g = FloatVector.fromArray(SPECIES, dOut, p + 3 * BLOCK);
            s30 = x0.fma(g, s30);
            s31 = x1.fma(g, s31);
            s32 = x2.fma(g, s32);
            s33 = x3.fma(g, s33);
            x0 = FloatVector.fromArray(SPECIES, in, a + SUMS);
            x1 = FloatVector.fromArray(SPECIES, in, a + BLOCK + SUMS);
            x2 = FloatVector.fromArray(SPECIES, in, a + 2 * BLOCK + SUMS);
            x3 = FloatVector.fromArray(SPECIES, in, a + 3 * BLOCK + SUMS);
            g = FloatVector.fromArray(SPECIES, dOut, p + SUMS);
            s00 = x0.fma(g, s00);
            s01 = x1.fma(g, s01);
            s02 = x2.fma(g, s02);
            s03 = x3.fma(g, s03);
            g = FloatVector.fromArray(SPECIES, dOut, p + BLOCK + SUMS);
            s10 = x0.fma(g, s10);
            s11 = x1.fma(g, s11);
            s12 = x2.fma(g, s12);
            s13 = x3.fma(g, s13);
            g = FloatVector.fromArray(SPECIES, dOut, p + 2 * BLOCK + SUMS);
            s20 = x0.fma(g, s20);
            s21 = x1.fma(g, s21);
            s22 = x2.fma(g, s22);
            s23 = x3.fma(g, s23);
            g = FloatVector.fromArray(SPECIES, dOut, p + 3 * BLOCK + SUMS);
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
            float[] in,
            int tap,
            int[] inPosition,
            float[] dOut,
            int d,
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
            int a = tap + inPosition[n];
            int p = d + dOutPosition[n];
            FloatVector x0 = FloatVector.fromArray(SPECIES, in, a);
            FloatVector x1 = FloatVector.fromArray(SPECIES, in, a + BLOCK);
            FloatVector x2 = FloatVector.fromArray(SPECIES, in, a + 2 * BLOCK);
            FloatVector g = FloatVector.fromArray(SPECIES, dOut, p);
            s00 = x0.fma(g, s00);
            s01 = x1.fma(g, s01);
            s02 = x2.fma(g, s02);
            g = FloatVector.fromArray(SPECIES, dOut, p + BLOCK);
            s10 = x0.fma(g, s10);
            s11 = x1.fma(g, s11);
            s12 = x2.fma(g, s12);
            g = FloatVector.fromArray(SPECIES, dOut, p + 2 * BLOCK);
            s20 = x0.fma(g, s20);
            s21 = x1.fma(g, s21);
            s22 = x2.fma(g, s22);
            g = FloatVector.fromArray(SPECIES, dOut, p + 3 * BLOCK);
            s30 = x0.fma(g, s30);
            s31 = x1.fma(g, s31);
            s32 = x2.fma(g, s32);
            x0 = FloatVector.fromArray(SPECIES, in, a + SUMS);
            x1 = FloatVector.fromArray(SPECIES, in, a + BLOCK + SUMS);
            x2 = FloatVector.fromArray(SPECIES, in, a + 2 * BLOCK + SUMS);
            g = FloatVector.fromArray(SPECIES, dOut, p + SUMS);
            s00 = x0.fma(g, s00);
            s01 = x1.fma(g, s01);
            s02 = x2.fma(g, s02);
            g = FloatVector.fromArray(SPECIES, dOut, p + BLOCK + SUMS);
            s10 = x0.fma(g, s10);
            s11 = x1.fma(g, s11);
            s12 = x2.fma(g, s12);
            g = FloatVector.fromArray(SPECIES, dOut, p + 2 * BLOCK + SUMS);
            s20 = x0.fma(g, s20);
            s21 = x1.fma(g, s21);
            s22 = x2.fma(g, s22);
            g = FloatVector.fromArray(SPECIES, dOut, p + 3 * BLOCK + SUMS);
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

    /** Four channels by two taps: 8 sums. */
    private static void tile2(
            float[] in,
            int tap,
            int[] inPosition,
            float[] dOut,
            int d,
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
        for (int n = from; n < to; n++) {
            int a = tap + inPosition[n];
            int p = d + dOutPosition[n];
            FloatVector x0 = FloatVector.fromArray(SPECIES, in, a);
            FloatVector x1 = FloatVector.fromArray(SPECIES, in, a + BLOCK);
            FloatVector g = FloatVector.fromArray(SPECIES, dOut, p);
            s00 = x0.fma(g, s00);
            s01 = x1.fma(g, s01);
            g = FloatVector.fromArray(SPECIES, dOut, p + BLOCK);
            s10 = x0.fma(g, s10);
            s11 = x1.fma(g, s11);
            g = FloatVector.fromArray(SPECIES, dOut, p + 2 * BLOCK);
            s20 = x0.fma(g, s20);
            s21 = x1.fma(g, s21);
            g = FloatVector.fromArray(SPECIES, dOut, p + 3 * BLOCK);
            s30 = x0.fma(g, s30);
            s31 = x1.fma(g, s31);
            x0 = FloatVector.fromArray(SPECIES, in, a + SUMS);
            x1 = FloatVector.fromArray(SPECIES, in, a + BLOCK + SUMS);
            g = FloatVector.fromArray(SPECIES, dOut, p + SUMS);
            s00 = x0.fma(g, s00);
            s01 = x1.fma(g, s01);
            g = FloatVector.fromArray(SPECIES, dOut, p + BLOCK + SUMS);
            s10 = x0.fma(g, s10);
            s11 = x1.fma(g, s11);
            g = FloatVector.fromArray(SPECIES, dOut, p + 2 * BLOCK + SUMS);
            s20 = x0.fma(g, s20);
            s21 = x1.fma(g, s21);
            g = FloatVector.fromArray(SPECIES, dOut, p + 3 * BLOCK + SUMS);
            s30 = x0.fma(g, s30);
            s31 = x1.fma(g, s31);
        }
        s00.intoArray(sums, sum);
        s10.intoArray(sums, sum + SUMS);
        s20.intoArray(sums, sum + 2 * SUMS);
        s30.intoArray(sums, sum + 3 * SUMS);
        s01.intoArray(sums, sum + 4 * SUMS);
        s11.intoArray(sums, sum + 5 * SUMS);
        s21.intoArray(sums, sum + 6 * SUMS);
        s31.intoArray(sums, sum + 7 * SUMS);
    }

    /** Four channels by one tap. */
    private static void tile1(
            float[] in,
            int tap,
            int[] inPosition,
            float[] dOut,
            int d,
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
            int a = tap + inPosition[n];
            int p = d + dOutPosition[n];
            FloatVector x0 = FloatVector.fromArray(SPECIES, in, a);
            FloatVector g = FloatVector.fromArray(SPECIES, dOut, p);
            s00 = x0.fma(g, s00);
            g = FloatVector.fromArray(SPECIES, dOut, p + BLOCK);
            s10 = x0.fma(g, s10);
            g = FloatVector.fromArray(SPECIES, dOut, p + 2 * BLOCK);
            s20 = x0.fma(g, s20);
            g = FloatVector.fromArray(SPECIES, dOut, p + 3 * BLOCK);
            s30 = x0.fma(g, s30);
            x0 = FloatVector.fromArray(SPECIES, in, a + SUMS);
            g = FloatVector.fromArray(SPECIES, dOut, p + SUMS);
            s00 = x0.fma(g, s00);
            g = FloatVector.fromArray(SPECIES, dOut, p + BLOCK + SUMS);
            s10 = x0.fma(g, s10);
            g = FloatVector.fromArray(SPECIES, dOut, p + 2 * BLOCK + SUMS);
            s20 = x0.fma(g, s20);
            g = FloatVector.fromArray(SPECIES, dOut, p + 3 * BLOCK + SUMS);
            s30 = x0.fma(g, s30);
        }
        s00.intoArray(sums, sum);
        s10.intoArray(sums, sum + SUMS);
        s20.intoArray(sums, sum + 2 * SUMS);
        s30.intoArray(sums, sum + 3 * SUMS);
    }
}
