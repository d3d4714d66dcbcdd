package dev.mettle.engine.kernel;

import static dev.mettle.engine.kernel.Lanes.BLOCK;
import static dev.mettle.engine.kernel.Lanes.CHANNELS;
import static dev.mettle.engine.kernel.Lanes.POSITIONS;
import static dev.mettle.engine.kernel.Lanes.SPECIES;
import static dev.mettle.engine.kernel.Lanes.SUMS;
import static dev.mettle.engine.kernel.Lanes.WIDTH;

import jdk.incubator.vector.FloatVector;

/**
 * Convolution, its gradient by input, and dense layer, of one block of examples
 * (docs/math/conv2d.md): {@code out[m][n] = bias[m] + Σ_t weight[m][t] · in[position n + tap t]},
 * lane by lane.
 *
 * <p>Definition: starting from the bias, taps are added in the order of the table with one rounding
 * each (fma); no sum runs over lanes. A tap that lies in the padding is multiplied like any other,
 * so an infinite weight makes a NaN there. Weight (m, t) is {@code weights[firstWeight + (m / 4 *
 * 4) * perChannel + m % 4 * stride + weight offset t]}. {@code channels} is a multiple of {@value
 * Lanes#CHANNELS}. Input and output may be parts of one array that don't overlap.
 */
public final class TapSum {
    private TapSum() {}

    /** Reference form; it defines the result. Arguments as in {@link #vector}. */
    public static void scalar(
            TapTable table,
            int channels,
            float[] in,
            int inBase,
            float[] weights,
            int firstWeight,
            int perChannel,
            int stride,
            float[] bias,
            int firstBias,
            float[] out,
            int outBase,
            int plane) {
        for (int m = 0; m < channels; m++) {
            int weight = firstWeight + m / CHANNELS * CHANNELS * perChannel + m % CHANNELS * stride;
            for (int n = 0; n < table.outPosition.length; n++) {
                int group = n / POSITIONS;
                int position = inBase + table.in(group, n % POSITIONS);
                for (int lane = 0; lane < table.lanes; lane++) {
                    float sum = bias[firstBias + m];
                    for (int t = table.from[group]; t < table.to[group]; t++) {
                        float x = in[position + table.tap[2 * t] + lane];
                        sum = Math.fma(x, weights[weight + table.tap[2 * t + 1]], sum);
                    }
                    out[outBase + m * plane + table.outPosition[n] + lane] = sum;
                }
            }
        }
    }

    /**
     * Computes all positions of the table for all channels.
     *
     * @param in holds the input from {@code inBase} on
     * @param weights hold the weights from {@code firstWeight} on
     * @param perChannel distance of the weights of channels 4 i and 4 i + 4, divided by 4
     * @param stride distance of the weights of neighbouring channels among four
     * @param bias holds one number per channel from {@code firstBias} on
     * @param out receives the result from {@code outBase} on
     * @param plane distance of output channels
     */
    public static void vector(
            TapTable table,
            int channels,
            float[] in,
            int inBase,
            float[] weights,
            int firstWeight,
            int perChannel,
            int stride,
            float[] bias,
            int firstBias,
            float[] out,
            int outBase,
            int plane) {
        for (int m = 0; m < channels; m += CHANNELS) {
            int weight = firstWeight + m * perChannel;
            int to = outBase + m * plane;
            if (WIDTH == SUMS) {
                for (int lane = 0; lane < table.lanes; lane += WIDTH) {
                    groups(
                            table,
                            in,
                            inBase + lane,
                            weights,
                            weight,
                            stride,
                            bias,
                            firstBias + m,
                            out,
                            to + lane,
                            plane);
                }
            } else {
                for (int i = 0; i < CHANNELS; i += 2) {
                    blocks(
                            table,
                            in,
                            inBase,
                            weights,
                            weight + i * stride,
                            stride,
                            bias,
                            firstBias + m + i,
                            out,
                            to + i * plane,
                            plane);
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
            int stride,
            float[] bias,
            int firstBias,
            float[] out,
            int outBase,
            int plane) {
        for (int group = 0; group < table.from.length; group++) {
            tile4(
                    table, group, in, inBase, weights, weight, stride, bias, firstBias, out,
                    outBase, plane);
        }
    }

    private static void blocks(
            TapTable table,
            float[] in,
            int inBase,
            float[] weights,
            int weight,
            int stride,
            float[] bias,
            int firstBias,
            float[] out,
            int outBase,
            int plane) {
        int positions = BLOCK / table.lanes;
        for (int n = 0; n < table.outPosition.length; n += positions) {
            int from = inBase + table.in(n / POSITIONS, n % POSITIONS);
            int to = outBase + table.outPosition[n];
            for (int lane = 0; lane < BLOCK; lane += 4 * WIDTH) {
                tile2(
                        table,
                        n / POSITIONS,
                        in,
                        from + lane,
                        weights,
                        weight,
                        stride,
                        bias,
                        firstBias,
                        out,
                        to + lane,
                        plane);
            }
        }
    }

    /**
     * Four channels by four positions: 16 sums, which is what 32 registers hold without spilling.
     */
    private static void tile4(
            TapTable table,
            int group,
            float[] in,
            int inBase,
            float[] weights,
            int weight,
            int stride,
            float[] bias,
            int firstBias,
            float[] out,
            int outBase,
            int plane) {
        int[] tap = table.tap;
        int distance = table.distance;
        int in0 = inBase + table.inPair[2 * group];
        int in2 = inBase + table.inPair[2 * group + 1];
        FloatVector s00 = FloatVector.broadcast(SPECIES, bias[firstBias]);
        FloatVector s01 = s00;
        FloatVector s02 = s00;
        FloatVector s03 = s00;
        FloatVector s10 = FloatVector.broadcast(SPECIES, bias[firstBias + 1]);
        FloatVector s11 = s10;
        FloatVector s12 = s10;
        FloatVector s13 = s10;
        FloatVector s20 = FloatVector.broadcast(SPECIES, bias[firstBias + 2]);
        FloatVector s21 = s20;
        FloatVector s22 = s20;
        FloatVector s23 = s20;
        FloatVector s30 = FloatVector.broadcast(SPECIES, bias[firstBias + 3]);
        FloatVector s31 = s30;
        FloatVector s32 = s30;
        FloatVector s33 = s30;
        for (int t = 2 * table.from[group], end = 2 * table.to[group]; t < end; t += 2) {
            int a = in0 + tap[t];
            int b = in2 + tap[t];
            int q = weight + tap[t + 1];
            FloatVector x0 = FloatVector.fromArray(SPECIES, in, a);
            FloatVector x1 = FloatVector.fromArray(SPECIES, in, a + distance);
            FloatVector x2 = FloatVector.fromArray(SPECIES, in, b);
            FloatVector x3 = FloatVector.fromArray(SPECIES, in, b + distance);
            FloatVector w = FloatVector.broadcast(SPECIES, weights[q]);
            s00 = x0.fma(w, s00);
            s01 = x1.fma(w, s01);
            s02 = x2.fma(w, s02);
            s03 = x3.fma(w, s03);
            w = FloatVector.broadcast(SPECIES, weights[q + stride]);
            s10 = x0.fma(w, s10);
            s11 = x1.fma(w, s11);
            s12 = x2.fma(w, s12);
            s13 = x3.fma(w, s13);
            w = FloatVector.broadcast(SPECIES, weights[q + 2 * stride]);
            s20 = x0.fma(w, s20);
            s21 = x1.fma(w, s21);
            s22 = x2.fma(w, s22);
            s23 = x3.fma(w, s23);
            w = FloatVector.broadcast(SPECIES, weights[q + 3 * stride]);
            s30 = x0.fma(w, s30);
            s31 = x1.fma(w, s31);
            s32 = x2.fma(w, s32);
            s33 = x3.fma(w, s33);
        }
        int n = group * POSITIONS;
        int out0 = outBase + table.outPosition[n];
        int out1 = outBase + table.outPosition[n + 1];
        int out2 = outBase + table.outPosition[n + 2];
        int out3 = outBase + table.outPosition[n + 3];
        s00.intoArray(out, out0);
        s01.intoArray(out, out1);
        s02.intoArray(out, out2);
        s03.intoArray(out, out3);
        s10.intoArray(out, out0 + plane);
        s11.intoArray(out, out1 + plane);
        s12.intoArray(out, out2 + plane);
        s13.intoArray(out, out3 + plane);
        s20.intoArray(out, out0 + 2 * plane);
        s21.intoArray(out, out1 + 2 * plane);
        s22.intoArray(out, out2 + 2 * plane);
        s23.intoArray(out, out3 + 2 * plane);
        s30.intoArray(out, out0 + 3 * plane);
        s31.intoArray(out, out1 + 3 * plane);
        s32.intoArray(out, out2 + 3 * plane);
        s33.intoArray(out, out3 + 3 * plane);
    }

    /**
     * Two channels by four vectors of a block: 8 sums, for machines with 16 registers. The vectors
     * are neighbours, so one address serves all.
     */
    private static void tile2(
            TapTable table,
            int group,
            float[] in,
            int from,
            float[] weights,
            int weight,
            int stride,
            float[] bias,
            int firstBias,
            float[] out,
            int to,
            int plane) {
        int[] tap = table.tap;
        FloatVector s00 = FloatVector.broadcast(SPECIES, bias[firstBias]);
        FloatVector s01 = s00;
        FloatVector s02 = s00;
        FloatVector s03 = s00;
        FloatVector s10 = FloatVector.broadcast(SPECIES, bias[firstBias + 1]);
        FloatVector s11 = s10;
        FloatVector s12 = s10;
        FloatVector s13 = s10;
        for (int t = 2 * table.from[group], end = 2 * table.to[group]; t < end; t += 2) {
            int a = from + tap[t];
            int q = weight + tap[t + 1];
            FloatVector w0 = FloatVector.broadcast(SPECIES, weights[q]);
            FloatVector w1 = FloatVector.broadcast(SPECIES, weights[q + stride]);
            FloatVector x = FloatVector.fromArray(SPECIES, in, a);
            s00 = x.fma(w0, s00);
            s10 = x.fma(w1, s10);
            x = FloatVector.fromArray(SPECIES, in, a + WIDTH);
            s01 = x.fma(w0, s01);
            s11 = x.fma(w1, s11);
            x = FloatVector.fromArray(SPECIES, in, a + 2 * WIDTH);
            s02 = x.fma(w0, s02);
            s12 = x.fma(w1, s12);
            x = FloatVector.fromArray(SPECIES, in, a + 3 * WIDTH);
            s03 = x.fma(w0, s03);
            s13 = x.fma(w1, s13);
        }
        s00.intoArray(out, to);
        s01.intoArray(out, to + WIDTH);
        s02.intoArray(out, to + 2 * WIDTH);
        s03.intoArray(out, to + 3 * WIDTH);
        s10.intoArray(out, to + plane);
        s11.intoArray(out, to + plane + WIDTH);
        s12.intoArray(out, to + plane + 2 * WIDTH);
        s13.intoArray(out, to + plane + 3 * WIDTH);
    }
}
