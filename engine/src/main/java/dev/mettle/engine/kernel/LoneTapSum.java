package dev.mettle.engine.kernel;

import static dev.mettle.engine.kernel.Lanes.BLOCK;
import static dev.mettle.engine.kernel.Lanes.POSITIONS;
import static dev.mettle.engine.kernel.Lanes.SPECIES;
import static dev.mettle.engine.kernel.Lanes.SUMS;
import static dev.mettle.engine.kernel.Lanes.WIDTH;

import jdk.incubator.vector.FloatVector;

/**
 * {@link TapSum} for a single channel, where a group of channels has no four of them, as in a
 * depthwise convolution. The definition is the same: bias, then taps in the order of the table, one
 * rounding each (fma), lane by lane.
 */
public final class LoneTapSum {
    private LoneTapSum() {}

    /** Reference form; it defines the result. Arguments as in {@link #vector}. */
    public static void scalar(
            TapTable table,
            float[] in,
            int inBase,
            float[] weights,
            int weight,
            float bias,
            float[] out,
            int outBase) {
        for (int n = 0; n < table.outPosition.length; n++) {
            int group = n / POSITIONS;
            int position = inBase + table.in(group, n % POSITIONS);
            for (int lane = 0; lane < BLOCK; lane++) {
                float sum = bias;
                for (int t = table.from[group]; t < table.to[group]; t++) {
                    float x = in[position + table.tap[2 * t] + lane];
                    sum = Math.fma(x, weights[weight + table.tap[2 * t + 1]], sum);
                }
                out[outBase + table.outPosition[n] + lane] = sum;
            }
        }
    }

    /**
     * Computes all positions of the table; they are whole blocks.
     *
     * @param in holds the input from {@code inBase} on
     * @param weights hold the channel's weights from {@code weight} on
     * @param out receives the channel from {@code outBase} on; may be part of the input's array
     *     that does not overlap
     */
    public static void vector(
            TapTable table,
            float[] in,
            int inBase,
            float[] weights,
            int weight,
            float bias,
            float[] out,
            int outBase) {
        if (WIDTH == SUMS) {
            for (int group = 0; group < table.from.length; group++) {
                four(table, group, in, inBase, weights, weight, bias, out, outBase);
            }
        } else {
            for (int pair = 0; pair < table.inPair.length; pair++) {
                for (int lane = 0; lane < BLOCK; lane += 4 * WIDTH) {
                    two(table, pair, in, inBase + lane, weights, weight, bias, out, outBase + lane);
                }
            }
        }
    }

    /** Four positions by the two vectors of a block. */
    private static void four(
            TapTable table,
            int group,
            float[] in,
            int inBase,
            float[] weights,
            int weight,
            float bias,
            float[] out,
            int outBase) {
        int[] tap = table.tap;
        int distance = table.distance;
        int in0 = inBase + table.inPair[2 * group];
        int in2 = inBase + table.inPair[2 * group + 1];
        FloatVector s0 = FloatVector.broadcast(SPECIES, bias);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        FloatVector s4 = s0;
        FloatVector s5 = s0;
        FloatVector s6 = s0;
        FloatVector s7 = s0;
        for (int t = 2 * table.from[group], end = 2 * table.to[group]; t < end; t += 2) {
            int a = in0 + tap[t];
            int b = in2 + tap[t];
            FloatVector w = FloatVector.broadcast(SPECIES, weights[weight + tap[t + 1]]);
            s0 = FloatVector.fromArray(SPECIES, in, a).fma(w, s0);
            s1 = FloatVector.fromArray(SPECIES, in, a + SUMS).fma(w, s1);
            s2 = FloatVector.fromArray(SPECIES, in, a + distance).fma(w, s2);
            s3 = FloatVector.fromArray(SPECIES, in, a + distance + SUMS).fma(w, s3);
            s4 = FloatVector.fromArray(SPECIES, in, b).fma(w, s4);
            s5 = FloatVector.fromArray(SPECIES, in, b + SUMS).fma(w, s5);
            s6 = FloatVector.fromArray(SPECIES, in, b + distance).fma(w, s6);
            s7 = FloatVector.fromArray(SPECIES, in, b + distance + SUMS).fma(w, s7);
        }
        int n = group * POSITIONS;
        int out0 = outBase + table.outPosition[n];
        int out1 = outBase + table.outPosition[n + 1];
        int out2 = outBase + table.outPosition[n + 2];
        int out3 = outBase + table.outPosition[n + 3];
        s0.intoArray(out, out0);
        s1.intoArray(out, out0 + SUMS);
        s2.intoArray(out, out1);
        s3.intoArray(out, out1 + SUMS);
        s4.intoArray(out, out2);
        s5.intoArray(out, out2 + SUMS);
        s6.intoArray(out, out3);
        s7.intoArray(out, out3 + SUMS);
    }

    /** A pair of positions by four vectors: 8 sums, for machines with 16 registers. */
    private static void two(
            TapTable table,
            int pair,
            float[] in,
            int inBase,
            float[] weights,
            int weight,
            float bias,
            float[] out,
            int outBase) {
        int[] tap = table.tap;
        int distance = table.distance;
        int in0 = inBase + table.inPair[pair];
        FloatVector s0 = FloatVector.broadcast(SPECIES, bias);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        FloatVector s4 = s0;
        FloatVector s5 = s0;
        FloatVector s6 = s0;
        FloatVector s7 = s0;
        int group = pair / 2;
        for (int t = 2 * table.from[group], end = 2 * table.to[group]; t < end; t += 2) {
            int a = in0 + tap[t];
            int b = a + distance;
            FloatVector w = FloatVector.broadcast(SPECIES, weights[weight + tap[t + 1]]);
            s0 = FloatVector.fromArray(SPECIES, in, a).fma(w, s0);
            s1 = FloatVector.fromArray(SPECIES, in, a + WIDTH).fma(w, s1);
            s2 = FloatVector.fromArray(SPECIES, in, a + 2 * WIDTH).fma(w, s2);
            s3 = FloatVector.fromArray(SPECIES, in, a + 3 * WIDTH).fma(w, s3);
            s4 = FloatVector.fromArray(SPECIES, in, b).fma(w, s4);
            s5 = FloatVector.fromArray(SPECIES, in, b + WIDTH).fma(w, s5);
            s6 = FloatVector.fromArray(SPECIES, in, b + 2 * WIDTH).fma(w, s6);
            s7 = FloatVector.fromArray(SPECIES, in, b + 3 * WIDTH).fma(w, s7);
        }
        int out0 = outBase + table.outPosition[2 * pair];
        int out1 = outBase + table.outPosition[2 * pair + 1];
        s0.intoArray(out, out0);
        s1.intoArray(out, out0 + WIDTH);
        s2.intoArray(out, out0 + 2 * WIDTH);
        s3.intoArray(out, out0 + 3 * WIDTH);
        s4.intoArray(out, out1);
        s5.intoArray(out, out1 + WIDTH);
        s6.intoArray(out, out1 + 2 * WIDTH);
        s7.intoArray(out, out1 + 3 * WIDTH);
    }
}
