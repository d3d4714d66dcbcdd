package dev.mettle.engine.kernel;

import static dev.mettle.engine.kernel.Lanes.BLOCK;
import static dev.mettle.engine.kernel.Lanes.CHANNELS;
import static dev.mettle.engine.kernel.Lanes.POSITIONS;
import static dev.mettle.engine.kernel.Lanes.SUMS;
import static dev.mettle.engine.kernel.Lanes.WIDTH;

/**
 * {@link TapSum} followed by max-pooling of each group of {@value Lanes#POSITIONS} positions, of
 * one block of examples; what is pooled never reaches memory (docs/math/maxpool.md).
 *
 * <p>Definition: sums as in {@link TapSum}; then the first position is the largest so far, and each
 * further one replaces it when it is greater ({@code >}). So the first of equal values wins, +0 and
 * -0 are equal, and a NaN stays when it is the first and is passed over when it is not. {@code arg}
 * receives the number of the winner, 0 to 3. The table holds one output position per group.
 */
public final class TapSumPool {
    private TapSumPool() {}

    /** Reference form; it defines the result. Arguments as in {@link #vector}. */
    public static void scalar(
            TapTable table,
            int channels,
            float[] in,
            int inBase,
            float[] weights,
            int firstWeight,
            float[] bias,
            int firstBias,
            float[] out,
            int outBase,
            int plane,
            float[] arg,
            int argBase,
            int argPlane) {
        int taps = table.tap.length / 2;
        for (int m = 0; m < channels; m++) {
            int weight = firstWeight + m / CHANNELS * CHANNELS * taps + m % CHANNELS;
            for (int group = 0; group < table.from.length; group++) {
                for (int lane = 0; lane < BLOCK; lane++) {
                    float largest = 0;
                    int winner = 0;
                    for (int j = 0; j < POSITIONS; j++) {
                        float sum = bias[firstBias + m];
                        for (int t = 0; t < taps; t++) {
                            float x = in[inBase + table.in(group, j) + table.tap[2 * t] + lane];
                            sum = Math.fma(x, weights[weight + table.tap[2 * t + 1]], sum);
                        }
                        if (j == 0 || sum > largest) {
                            largest = sum;
                            winner = j;
                        }
                    }
                    out[outBase + m * plane + table.outPosition[group] + lane] = largest;
                    arg[argBase + m * argPlane + group * BLOCK + lane] = winner;
                }
            }
        }
    }

    /**
     * Computes all groups of the table for all channels. Weight (m, t) is {@code
     * weights[firstWeight + (m / 4 * 4) * taps + m % 4 + weightTap[t]]}.
     *
     * @param channels a multiple of {@value Lanes#CHANNELS}
     * @param in holds the input from {@code inBase} on
     * @param weights hold the weights from {@code firstWeight} on
     * @param bias holds one number per channel from {@code firstBias} on
     * @param out receives the largest values from {@code outBase} on
     * @param plane distance of output channels
     * @param arg receives the winners from {@code argBase} on, [channel][group][{@value
     *     Lanes#BLOCK}]
     * @param argPlane distance of channels of {@code arg}
     */
    public static void vector(
            TapTable table,
            int channels,
            float[] in,
            int inBase,
            float[] weights,
            int firstWeight,
            float[] bias,
            int firstBias,
            float[] out,
            int outBase,
            int plane,
            float[] arg,
            int argBase,
            int argPlane) {
        for (int m = 0; m < channels; m += CHANNELS) {
            int weight = firstWeight + m * (table.tap.length / 2);
            int to = outBase + m * plane;
            int argTo = argBase + m * argPlane;
            if (WIDTH == SUMS) {
                for (int lane = 0; lane < BLOCK; lane += WIDTH) {
                    groups(
                            table,
                            in,
                            inBase + lane,
                            weights,
                            weight,
                            bias,
                            firstBias + m,
                            out,
                            to + lane,
                            plane,
                            arg,
                            argTo + lane,
                            argPlane);
                }
            } else {
                for (int i = 0; i < CHANNELS; i += 2) {
                    blocks(
                            table,
                            in,
                            inBase,
                            weights,
                            weight + i,
                            bias,
                            firstBias + m + i,
                            out,
                            to + i * plane,
                            plane,
                            arg,
                            argTo + i * argPlane,
                            argPlane);
                }
            }
        }
    }

    private static void groups(
            TapTable table,
            float[] in,
            int inBase,
            float[] weights,
            int weight,
            float[] bias,
            int firstBias,
            float[] out,
            int outBase,
            int plane,
            float[] arg,
            int argBase,
            int argPlane) {
        for (int group = 0; group < table.from.length; group++) {
            TapSumPoolTiles.tile4(
                    table, group, in, inBase, weights, weight, bias, firstBias, out, outBase, plane,
                    arg, argBase, argPlane);
        }
    }

    private static void blocks(
            TapTable table,
            float[] in,
            int inBase,
            float[] weights,
            int weight,
            float[] bias,
            int firstBias,
            float[] out,
            int outBase,
            int plane,
            float[] arg,
            int argBase,
            int argPlane) {
        for (int group = 0; group < table.from.length; group++) {
            int to = outBase + table.outPosition[group];
            int argTo = argBase + group * BLOCK;
            for (int position = 0; position < POSITIONS; position++) {
                int from = inBase + table.in(group, position);
                for (int lane = 0; lane < BLOCK; lane += 4 * WIDTH) {
                    TapSumPoolTiles.tile2(
                            table,
                            group,
                            position,
                            in,
                            from + lane,
                            weights,
                            weight,
                            bias,
                            firstBias,
                            out,
                            to + lane,
                            plane,
                            arg,
                            argTo + lane,
                            argPlane);
                }
            }
        }
    }
}
