package dev.mettle.engine.kernel;

import static dev.mettle.engine.kernel.Lanes.BLOCK;
import static dev.mettle.engine.kernel.Lanes.CHANNELS;
import static dev.mettle.engine.kernel.Lanes.SUMS;
import static dev.mettle.engine.kernel.Lanes.WIDTH;

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
        for (int m = 0; m < channels; m += CHANNELS) {
            int d = dOutBase + m / CHANNELS * plane;
            int sum = sumBase + m * run.length * length * SUMS;
            if (WIDTH == SUMS && length > 1) {
                runs(
                        run,
                        length,
                        in,
                        inBase,
                        inPosition,
                        dOut,
                        d,
                        dOutPosition,
                        from,
                        to,
                        sums,
                        sum);
            } else {
                pairs(
                        run,
                        length,
                        in,
                        inBase,
                        inPosition,
                        dOut,
                        d,
                        dOutPosition,
                        from,
                        to,
                        sums,
                        sum);
            }
        }
    }

    /** With 32 registers: two to four taps of a run at once, never one. */
    private static void runs(
            int[] run,
            int length,
            float[] in,
            int inBase,
            int[] inPosition,
            float[] dOut,
            int d,
            int[] dOutPosition,
            int from,
            int to,
            float[] sums,
            int sumBase) {
        int sum = sumBase;
        for (int first : run) {
            int tap = inBase + first;
            int t = 0;
            while (t < length) {
                int x = tap + t * BLOCK;
                int left = length - t;
                int taken;
                if (left >= 4 && left != 5) {
                    taken = 4;
                    TapGradientTiles.tile4(
                            in, x, inPosition, dOut, d, dOutPosition, from, to, sums, sum);
                } else if (left >= 3) {
                    taken = 3;
                    TapGradientTiles.tile3(
                            in, x, inPosition, dOut, d, dOutPosition, from, to, sums, sum);
                } else {
                    taken = 2;
                    TapGradientTiles.tile2(
                            in, x, inPosition, dOut, d, dOutPosition, from, to, sums, sum);
                }
                t += taken;
                sum += taken * CHANNELS * SUMS;
            }
        }
    }

    /** With 16 registers, and for runs of one tap: two taps at once, of one run or of two. */
    private static void pairs(
            int[] run,
            int length,
            float[] in,
            int inBase,
            int[] inPosition,
            float[] dOut,
            int d,
            int[] dOutPosition,
            int from,
            int to,
            float[] sums,
            int sumBase) {
        int taps = run.length * length;
        for (int t = 0; t < taps; t += 2) {
            int first = inBase + run[t / length] + t % length * BLOCK;
            int sum = sumBase + t * CHANNELS * SUMS;
            for (int lane = 0; lane < SUMS; lane += WIDTH) {
                if (t + 1 < taps) {
                    int second = inBase + run[(t + 1) / length] + (t + 1) % length * BLOCK;
                    TapGradientTiles.pair(
                            in,
                            first + lane,
                            second + lane,
                            inPosition,
                            dOut,
                            d + lane,
                            dOutPosition,
                            from,
                            to,
                            sums,
                            sum + lane);
                } else {
                    TapGradientTiles.tile1(
                            in,
                            first + lane,
                            inPosition,
                            dOut,
                            d + lane,
                            dOutPosition,
                            from,
                            to,
                            sums,
                            sum + lane);
                }
            }
        }
    }
}
