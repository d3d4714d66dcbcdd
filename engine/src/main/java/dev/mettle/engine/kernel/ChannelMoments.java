package dev.mettle.engine.kernel;

import static dev.mettle.engine.kernel.Lanes.BLOCK;
import static dev.mettle.engine.kernel.Lanes.CHANNELS;
import static dev.mettle.engine.kernel.Lanes.SPECIES;
import static dev.mettle.engine.kernel.Lanes.SUMS;
import static dev.mettle.engine.kernel.Lanes.WIDTH;

import jdk.incubator.vector.FloatVector;

import java.util.Arrays;

/**
 * Sums of each channel of a block, and of squares about a number of its own
 * (docs/math/normalisation.md). Partial sum j of channel m is {@code sums[sumBase + m * 16 + j]}:
 * from 0 on, positions are added in their order, at each first the example j, then j + 16, one
 * rounding each. Examples count as often as {@code lives} says, 0 or 1. {@link LaneTree} adds the
 * partial sums.
 */
public final class ChannelMoments {
    private ChannelMoments() {}

    /** Reference form; it defines the result. Arguments as in {@link #sums}. */
    public static void sumsScalar(
            int channels,
            int positions,
            float[] in,
            int inBase,
            float[] lives,
            float[] sums,
            int sumBase) {
        for (int m = 0; m < channels; m++) {
            int sum = sumBase + m * SUMS;
            Arrays.fill(sums, sum, sum + SUMS, 0f);
            for (int n = m * positions; n < (m + 1) * positions; n++) {
                for (int e = 0; e < BLOCK; e++) {
                    float x = in[inBase + n * BLOCK + e];
                    sums[sum + e % SUMS] = Math.fma(x, lives[e], sums[sum + e % SUMS]);
                }
            }
        }
    }

    /**
     * Sums the values of each channel.
     *
     * @param channels a multiple of {@value Lanes#CHANNELS}
     * @param positions of a channel; channels follow one another
     * @param in holds the values from {@code inBase} on
     * @param lives 1 for each example that counts, 0 for the others
     * @param sums set from {@code sumBase} on
     */
    public static void sums(
            int channels,
            int positions,
            float[] in,
            int inBase,
            float[] lives,
            float[] sums,
            int sumBase) {
        for (int m = 0; m < channels; m += CHANNELS) {
            for (int lane = 0; lane < SUMS; lane += WIDTH) {
                sumsTile(
                        in,
                        inBase + m * positions * BLOCK + lane,
                        positions * BLOCK,
                        lives,
                        lane,
                        sums,
                        sumBase + m * SUMS + lane);
            }
        }
    }

    private static void sumsTile(
            float[] in, int at, int plane, float[] lives, int lane, float[] sums, int sum) {
        FloatVector low = FloatVector.fromArray(SPECIES, lives, lane);
        FloatVector high = FloatVector.fromArray(SPECIES, lives, lane + SUMS);
        FloatVector s0 = FloatVector.zero(SPECIES);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        for (int n = at; n < at + plane; n += BLOCK) {
            s0 = FloatVector.fromArray(SPECIES, in, n).fma(low, s0);
            s1 = FloatVector.fromArray(SPECIES, in, n + plane).fma(low, s1);
            s2 = FloatVector.fromArray(SPECIES, in, n + 2 * plane).fma(low, s2);
            s3 = FloatVector.fromArray(SPECIES, in, n + 3 * plane).fma(low, s3);
            s0 = FloatVector.fromArray(SPECIES, in, n + SUMS).fma(high, s0);
            s1 = FloatVector.fromArray(SPECIES, in, n + plane + SUMS).fma(high, s1);
            s2 = FloatVector.fromArray(SPECIES, in, n + 2 * plane + SUMS).fma(high, s2);
            s3 = FloatVector.fromArray(SPECIES, in, n + 3 * plane + SUMS).fma(high, s3);
        }
        s0.intoArray(sums, sum);
        s1.intoArray(sums, sum + SUMS);
        s2.intoArray(sums, sum + 2 * SUMS);
        s3.intoArray(sums, sum + 3 * SUMS);
    }

    /** Reference form; it defines the result. Arguments as in {@link #squares}. */
    public static void squaresScalar(
            int channels,
            int positions,
            float[] in,
            int inBase,
            float[] lives,
            float[] means,
            int meanBase,
            float[] sums,
            int sumBase) {
        for (int m = 0; m < channels; m++) {
            int sum = sumBase + m * SUMS;
            Arrays.fill(sums, sum, sum + SUMS, 0f);
            for (int n = m * positions; n < (m + 1) * positions; n++) {
                for (int e = 0; e < BLOCK; e++) {
                    float d = (in[inBase + n * BLOCK + e] - means[meanBase + m]) * lives[e];
                    sums[sum + e % SUMS] = Math.fma(d, d, sums[sum + e % SUMS]);
                }
            }
        }
    }

    /**
     * Sums squares of differences from one number for each channel, {@code means[meanBase + m]};
     * other arguments as in {@link #sums}.
     */
    public static void squares(
            int channels,
            int positions,
            float[] in,
            int inBase,
            float[] lives,
            float[] means,
            int meanBase,
            float[] sums,
            int sumBase) {
        for (int m = 0; m < channels; m += CHANNELS) {
            for (int lane = 0; lane < SUMS; lane += WIDTH) {
                squaresTile(
                        in,
                        inBase + m * positions * BLOCK + lane,
                        positions * BLOCK,
                        lives,
                        lane,
                        means,
                        meanBase + m,
                        sums,
                        sumBase + m * SUMS + lane);
            }
        }
    }

    private static void squaresTile(
            float[] in,
            int at,
            int plane,
            float[] lives,
            int lane,
            float[] means,
            int mean,
            float[] sums,
            int sum) {
        FloatVector low = FloatVector.fromArray(SPECIES, lives, lane);
        FloatVector high = FloatVector.fromArray(SPECIES, lives, lane + SUMS);
        FloatVector m0 = FloatVector.broadcast(SPECIES, means[mean]);
        FloatVector m1 = FloatVector.broadcast(SPECIES, means[mean + 1]);
        FloatVector m2 = FloatVector.broadcast(SPECIES, means[mean + 2]);
        FloatVector m3 = FloatVector.broadcast(SPECIES, means[mean + 3]);
        FloatVector s0 = FloatVector.zero(SPECIES);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        for (int n = at; n < at + plane; n += BLOCK) {
            FloatVector d = FloatVector.fromArray(SPECIES, in, n).sub(m0).mul(low);
            s0 = d.fma(d, s0);
            d = FloatVector.fromArray(SPECIES, in, n + plane).sub(m1).mul(low);
            s1 = d.fma(d, s1);
            d = FloatVector.fromArray(SPECIES, in, n + 2 * plane).sub(m2).mul(low);
            s2 = d.fma(d, s2);
            d = FloatVector.fromArray(SPECIES, in, n + 3 * plane).sub(m3).mul(low);
            s3 = d.fma(d, s3);
            d = FloatVector.fromArray(SPECIES, in, n + SUMS).sub(m0).mul(high);
            s0 = d.fma(d, s0);
            d = FloatVector.fromArray(SPECIES, in, n + plane + SUMS).sub(m1).mul(high);
            s1 = d.fma(d, s1);
            d = FloatVector.fromArray(SPECIES, in, n + 2 * plane + SUMS).sub(m2).mul(high);
            s2 = d.fma(d, s2);
            d = FloatVector.fromArray(SPECIES, in, n + 3 * plane + SUMS).sub(m3).mul(high);
            s3 = d.fma(d, s3);
        }
        s0.intoArray(sums, sum);
        s1.intoArray(sums, sum + SUMS);
        s2.intoArray(sums, sum + 2 * SUMS);
        s3.intoArray(sums, sum + 3 * SUMS);
    }
}
