package dev.mettle.engine.kernel;

import static dev.mettle.engine.kernel.Lanes.BLOCK;
import static dev.mettle.engine.kernel.Lanes.CHANNELS;
import static dev.mettle.engine.kernel.Lanes.POSITIONS;
import static dev.mettle.engine.kernel.Lanes.SPECIES;
import static dev.mettle.engine.kernel.Lanes.SUMS;
import static dev.mettle.engine.kernel.Lanes.WIDTH;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

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
            for (int lane = 0; lane < BLOCK; lane += WIDTH) {
                if (WIDTH == SUMS) {
                    groups4(
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
                } else {
                    groups2(
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
                    groups2(
                            table,
                            in,
                            inBase + lane,
                            weights,
                            weight + 2,
                            bias,
                            firstBias + m + 2,
                            out,
                            to + 2 * plane + lane,
                            plane,
                            arg,
                            argTo + 2 * argPlane + lane,
                            argPlane);
                }
            }
        }
    }

    private static void groups4(
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
            tile4(
                    table, group, in, inBase, weights, weight, bias, firstBias, out, outBase, plane,
                    arg, argBase, argPlane);
        }
    }

    private static void groups2(
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
            tile2(
                    table, group, in, inBase, weights, weight, bias, firstBias, out, outBase, plane,
                    arg, argBase, argPlane);
        }
    }

    private static void tile4(
            TapTable table,
            int group,
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
            w = FloatVector.broadcast(SPECIES, weights[q + 1]);
            s10 = x0.fma(w, s10);
            s11 = x1.fma(w, s11);
            s12 = x2.fma(w, s12);
            s13 = x3.fma(w, s13);
            w = FloatVector.broadcast(SPECIES, weights[q + 2]);
            s20 = x0.fma(w, s20);
            s21 = x1.fma(w, s21);
            s22 = x2.fma(w, s22);
            s23 = x3.fma(w, s23);
            w = FloatVector.broadcast(SPECIES, weights[q + 3]);
            s30 = x0.fma(w, s30);
            s31 = x1.fma(w, s31);
            s32 = x2.fma(w, s32);
            s33 = x3.fma(w, s33);
        }
        int to = outBase + table.outPosition[group];
        int argTo = argBase + group * BLOCK;
        FloatVector zero = FloatVector.zero(SPECIES);
        VectorMask<Float> greater = s01.compare(VectorOperators.GT, s00);
        FloatVector largest = s00.blend(s01, greater);
        FloatVector winner = zero.blend(1f, greater);
        greater = s02.compare(VectorOperators.GT, largest);
        largest = largest.blend(s02, greater);
        winner = winner.blend(2f, greater);
        greater = s03.compare(VectorOperators.GT, largest);
        largest = largest.blend(s03, greater);
        winner = winner.blend(3f, greater);
        largest.intoArray(out, to);
        winner.intoArray(arg, argTo);
        greater = s11.compare(VectorOperators.GT, s10);
        largest = s10.blend(s11, greater);
        winner = zero.blend(1f, greater);
        greater = s12.compare(VectorOperators.GT, largest);
        largest = largest.blend(s12, greater);
        winner = winner.blend(2f, greater);
        greater = s13.compare(VectorOperators.GT, largest);
        largest = largest.blend(s13, greater);
        winner = winner.blend(3f, greater);
        largest.intoArray(out, to + plane);
        winner.intoArray(arg, argTo + argPlane);
        greater = s21.compare(VectorOperators.GT, s20);
        largest = s20.blend(s21, greater);
        winner = zero.blend(1f, greater);
        greater = s22.compare(VectorOperators.GT, largest);
        largest = largest.blend(s22, greater);
        winner = winner.blend(2f, greater);
        greater = s23.compare(VectorOperators.GT, largest);
        largest = largest.blend(s23, greater);
        winner = winner.blend(3f, greater);
        largest.intoArray(out, to + 2 * plane);
        winner.intoArray(arg, argTo + 2 * argPlane);
        greater = s31.compare(VectorOperators.GT, s30);
        largest = s30.blend(s31, greater);
        winner = zero.blend(1f, greater);
        greater = s32.compare(VectorOperators.GT, largest);
        largest = largest.blend(s32, greater);
        winner = winner.blend(2f, greater);
        greater = s33.compare(VectorOperators.GT, largest);
        largest = largest.blend(s33, greater);
        winner = winner.blend(3f, greater);
        largest.intoArray(out, to + 3 * plane);
        winner.intoArray(arg, argTo + 3 * argPlane);
    }

    private static void tile2(
            TapTable table,
            int group,
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
            w = FloatVector.broadcast(SPECIES, weights[q + 1]);
            s10 = x0.fma(w, s10);
            s11 = x1.fma(w, s11);
            s12 = x2.fma(w, s12);
            s13 = x3.fma(w, s13);
        }
        int to = outBase + table.outPosition[group];
        int argTo = argBase + group * BLOCK;
        FloatVector zero = FloatVector.zero(SPECIES);
        VectorMask<Float> greater = s01.compare(VectorOperators.GT, s00);
        FloatVector largest = s00.blend(s01, greater);
        FloatVector winner = zero.blend(1f, greater);
        greater = s02.compare(VectorOperators.GT, largest);
        largest = largest.blend(s02, greater);
        winner = winner.blend(2f, greater);
        greater = s03.compare(VectorOperators.GT, largest);
        largest = largest.blend(s03, greater);
        winner = winner.blend(3f, greater);
        largest.intoArray(out, to);
        winner.intoArray(arg, argTo);
        greater = s11.compare(VectorOperators.GT, s10);
        largest = s10.blend(s11, greater);
        winner = zero.blend(1f, greater);
        greater = s12.compare(VectorOperators.GT, largest);
        largest = largest.blend(s12, greater);
        winner = winner.blend(2f, greater);
        greater = s13.compare(VectorOperators.GT, largest);
        largest = largest.blend(s13, greater);
        winner = winner.blend(3f, greater);
        largest.intoArray(out, to + plane);
        winner.intoArray(arg, argTo + argPlane);
    }
}
