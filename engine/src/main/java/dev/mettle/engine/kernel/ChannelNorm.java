package dev.mettle.engine.kernel;

import static dev.mettle.engine.kernel.Lanes.BLOCK;
import static dev.mettle.engine.kernel.Lanes.CHANNELS;
import static dev.mettle.engine.kernel.Lanes.SPECIES;
import static dev.mettle.engine.kernel.Lanes.SUMS;
import static dev.mettle.engine.kernel.Lanes.WIDTH;

import jdk.incubator.vector.FloatVector;

/**
 * Batch normalisation of a channel whose moments are known, and its gradients
 * (docs/math/normalisation.md).
 */
public final class ChannelNorm {
    private ChannelNorm() {}

    /** Reference form; it defines the result. Arguments as in {@link #forward}. */
    public static void forwardScalar(
            float[] in,
            int from,
            float[] out,
            int to,
            int length,
            float mean,
            float factor,
            float shift) {
        for (int i = 0; i < length; i++) {
            out[to + i] = Math.fma(in[from + i] - mean, factor, shift);
        }
    }

    /**
     * Writes (x - mean) factor + shift for {@code length} numbers.
     *
     * @param in read from {@code from} on
     * @param out written from {@code to} on
     * @param length a multiple of {@value Lanes#BLOCK}
     */
    public static void forward(
            float[] in,
            int from,
            float[] out,
            int to,
            int length,
            float mean,
            float factor,
            float shift) {
        for (int i = 0; i < length; i += WIDTH) {
            FloatVector.fromArray(SPECIES, in, from + i)
                    .sub(mean)
                    .fma(
                            FloatVector.broadcast(SPECIES, factor),
                            FloatVector.broadcast(SPECIES, shift))
                    .intoArray(out, to + i);
        }
    }

    /** Reference form; it defines the result. Arguments as in {@link #slopes}. */
    public static void slopesScalar(
            int channels,
            int positions,
            float[] in,
            int inBase,
            float[] dOut,
            int dOutBase,
            float[] means,
            int meanBase,
            float[] sums,
            int sumBase) {
        for (int m = 0; m < channels; m++) {
            for (int n = m * positions; n < (m + 1) * positions; n++) {
                for (int e = 0; e < BLOCK; e++) {
                    int sum = sumBase + m * SUMS + e % SUMS;
                    float x = in[inBase + n * BLOCK + e] - means[meanBase + m];
                    sums[sum] = Math.fma(dOut[dOutBase + n * BLOCK + e], x, sums[sum]);
                }
            }
        }
    }

    /**
     * Adds {@code Σ_n dOut[m][n] (in[m][n] - means[m])} to the partial sums of channel m, in the
     * order of {@link ChannelMoments}.
     *
     * @param channels a multiple of {@value Lanes#CHANNELS}
     * @param positions of a channel; channels follow one another
     * @param in holds the values from {@code inBase} on
     * @param dOut holds the gradient by output from {@code dOutBase} on
     * @param means holds one number for each channel from {@code meanBase} on
     * @param sums are added to, from {@code sumBase} on
     */
    public static void slopes(
            int channels,
            int positions,
            float[] in,
            int inBase,
            float[] dOut,
            int dOutBase,
            float[] means,
            int meanBase,
            float[] sums,
            int sumBase) {
        int plane = positions * BLOCK;
        for (int m = 0; m < channels; m += CHANNELS) {
            for (int lane = 0; lane < SUMS; lane += WIDTH) {
                slopesTile(
                        in,
                        inBase + m * plane + lane,
                        dOut,
                        dOutBase + m * plane + lane,
                        plane,
                        means,
                        meanBase + m,
                        sums,
                        sumBase + m * SUMS + lane);
            }
        }
    }

    private static void slopesTile(
            float[] in,
            int from,
            float[] dOut,
            int at,
            int plane,
            float[] means,
            int mean,
            float[] sums,
            int sum) {
        FloatVector m0 = FloatVector.broadcast(SPECIES, means[mean]);
        FloatVector m1 = FloatVector.broadcast(SPECIES, means[mean + 1]);
        FloatVector m2 = FloatVector.broadcast(SPECIES, means[mean + 2]);
        FloatVector m3 = FloatVector.broadcast(SPECIES, means[mean + 3]);
        FloatVector s0 = FloatVector.fromArray(SPECIES, sums, sum);
        FloatVector s1 = FloatVector.fromArray(SPECIES, sums, sum + SUMS);
        FloatVector s2 = FloatVector.fromArray(SPECIES, sums, sum + 2 * SUMS);
        FloatVector s3 = FloatVector.fromArray(SPECIES, sums, sum + 3 * SUMS);
        for (int n = 0; n < plane; n += SUMS) { // examples of both halves in turn
            int x = from + n;
            int d = at + n;
            s0 = centred(in, x, m0).fma(FloatVector.fromArray(SPECIES, dOut, d), s0);
            s1 =
                    centred(in, x + plane, m1)
                            .fma(FloatVector.fromArray(SPECIES, dOut, d + plane), s1);
            s2 =
                    centred(in, x + 2 * plane, m2)
                            .fma(FloatVector.fromArray(SPECIES, dOut, d + 2 * plane), s2);
            s3 =
                    centred(in, x + 3 * plane, m3)
                            .fma(FloatVector.fromArray(SPECIES, dOut, d + 3 * plane), s3);
        }
        s0.intoArray(sums, sum);
        s1.intoArray(sums, sum + SUMS);
        s2.intoArray(sums, sum + 2 * SUMS);
        s3.intoArray(sums, sum + 3 * SUMS);
    }

    private static FloatVector centred(float[] in, int at, FloatVector mean) {
        return FloatVector.fromArray(SPECIES, in, at).sub(mean);
    }

    /** Reference form; it defines the result. Arguments as in {@link #backward}. */
    public static void backwardScalar(
            float[] in,
            int from,
            float[] dOut,
            int at,
            float[] dIn,
            int to,
            int length,
            float[] lives,
            float mean,
            float factor,
            float slope,
            float offset) {
        for (int i = 0; i < length; i++) {
            float rest = Math.fma(in[from + i] - mean, slope, offset);
            dIn[to + i] = Math.fma(dOut[at + i], factor, rest) * lives[i % BLOCK];
        }
    }

    /**
     * Writes the gradient by input, {@code dOut factor + (in - mean) slope + offset}, for {@code
     * length} numbers; 0 for examples that don't count.
     *
     * @param in read from {@code from} on
     * @param dOut gradient by output, read from {@code at} on
     * @param dIn written from {@code to} on; may be {@code dOut} itself
     * @param length a multiple of {@value Lanes#BLOCK}
     * @param lives 1 for each example that counts, 0 for the others
     */
    public static void backward(
            float[] in,
            int from,
            float[] dOut,
            int at,
            float[] dIn,
            int to,
            int length,
            float[] lives,
            float mean,
            float factor,
            float slope,
            float offset) {
        FloatVector a = FloatVector.broadcast(SPECIES, factor);
        FloatVector b = FloatVector.broadcast(SPECIES, slope);
        FloatVector c = FloatVector.broadcast(SPECIES, offset);
        for (int i = 0; i < length; i += WIDTH) {
            FloatVector rest = FloatVector.fromArray(SPECIES, in, from + i).sub(mean).fma(b, c);
            FloatVector.fromArray(SPECIES, dOut, at + i)
                    .fma(a, rest)
                    .mul(FloatVector.fromArray(SPECIES, lives, i % BLOCK))
                    .intoArray(dIn, to + i);
        }
    }
}
