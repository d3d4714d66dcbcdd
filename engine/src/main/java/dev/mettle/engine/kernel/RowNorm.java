package dev.mettle.engine.kernel;

import static dev.mettle.engine.kernel.Lanes.BLOCK;
import static dev.mettle.engine.kernel.Lanes.SPECIES;
import static dev.mettle.engine.kernel.Lanes.SUMS;
import static dev.mettle.engine.kernel.Lanes.WIDTH;

import jdk.incubator.vector.FloatVector;

/**
 * Layer normalisation of a block of examples, each by the mean and variance of its own values, and
 * its gradients (docs/math/normalisation.md).
 *
 * <p>Definition: sums over values run in two, over the even and over the odd ones, which are added
 * in the end; one rounding each (fma). No sum runs over lanes, but those of the gradients by scale
 * and shift: partial sum j of value n takes example j, then j + 16.
 */
public final class RowNorm {
    private RowNorm() {}

    /** Reference form; it defines the result. Arguments as in {@link #moments}. */
    public static void momentsScalar(
            float[] in, int inBase, int count, float epsilon, float[] out, int outBase) {
        for (int e = 0; e < BLOCK; e++) {
            float[] sums = new float[2];
            for (int n = 0; n < count; n++) {
                sums[n % 2] += in[inBase + n * BLOCK + e];
            }
            float mean = (sums[0] + sums[1]) / count;
            float[] squares = new float[2];
            for (int n = 0; n < count; n++) {
                float d = in[inBase + n * BLOCK + e] - mean;
                squares[n % 2] = Math.fma(d, d, squares[n % 2]);
            }
            out[outBase + e] = mean;
            float variance = (squares[0] + squares[1]) / count;
            out[outBase + BLOCK + e] = 1 / (float) Math.sqrt(variance + epsilon);
        }
    }

    /**
     * Writes each example's mean, and behind those of the block one over its standard deviation.
     *
     * @param in holds {@code count} values of each example from {@code inBase} on
     * @param epsilon added to the variance
     * @param out written from {@code outBase} on
     */
    public static void moments(
            float[] in, int inBase, int count, float epsilon, float[] out, int outBase) {
        for (int lane = 0; lane < BLOCK; lane += WIDTH) {
            means(in, inBase + lane, count, out, outBase + lane);
            reciprocals(in, inBase + lane, count, epsilon, out, outBase + lane);
        }
    }

    private static void means(float[] in, int from, int count, float[] out, int to) {
        FloatVector even = FloatVector.zero(SPECIES);
        FloatVector odd = even;
        int n = 0;
        for (; n + 1 < count; n += 2) {
            even = even.add(FloatVector.fromArray(SPECIES, in, from + n * BLOCK));
            odd = odd.add(FloatVector.fromArray(SPECIES, in, from + n * BLOCK + BLOCK));
        }
        if (n < count) {
            even = even.add(FloatVector.fromArray(SPECIES, in, from + n * BLOCK));
        }
        even.add(odd).div(count).intoArray(out, to);
    }

    /** Reads the means at {@code to} and writes one block behind them. */
    private static void reciprocals(
            float[] in, int from, int count, float epsilon, float[] out, int to) {
        FloatVector mean = FloatVector.fromArray(SPECIES, out, to);
        FloatVector even = FloatVector.zero(SPECIES);
        FloatVector odd = even;
        int n = 0;
        for (; n + 1 < count; n += 2) {
            FloatVector d = FloatVector.fromArray(SPECIES, in, from + n * BLOCK).sub(mean);
            even = d.fma(d, even);
            d = FloatVector.fromArray(SPECIES, in, from + n * BLOCK + BLOCK).sub(mean);
            odd = d.fma(d, odd);
        }
        if (n < count) {
            FloatVector d = FloatVector.fromArray(SPECIES, in, from + n * BLOCK).sub(mean);
            even = d.fma(d, even);
        }
        FloatVector deviation = even.add(odd).div(count).add(epsilon).sqrt();
        FloatVector.broadcast(SPECIES, 1f).div(deviation).intoArray(out, to + BLOCK);
    }

    /** Reference form; it defines the result. Arguments as in {@link #forward}. */
    public static void forwardScalar(
            float[] in,
            int from,
            float[] moments,
            int momentBase,
            float[] weights,
            int scale,
            int shift,
            float[] out,
            int to,
            int count) {
        for (int n = 0; n < count; n++) {
            for (int e = 0; e < BLOCK; e++) {
                float x = in[from + n * BLOCK + e] - moments[momentBase + e];
                out[to + n * BLOCK + e] =
                        Math.fma(
                                x * moments[momentBase + BLOCK + e],
                                weights[scale + n],
                                weights[shift + n]);
            }
        }
    }

    /**
     * Normalises {@code count} values of each example.
     *
     * @param in read from {@code from} on
     * @param moments from {@code momentBase} on, as {@link #moments} writes them
     * @param weights hold the scales from {@code scale} and the shifts from {@code shift} on
     * @param out written from {@code to} on
     */
    public static void forward(
            float[] in,
            int from,
            float[] moments,
            int momentBase,
            float[] weights,
            int scale,
            int shift,
            float[] out,
            int to,
            int count) {
        for (int lane = 0; lane < BLOCK; lane += WIDTH) {
            FloatVector mean = FloatVector.fromArray(SPECIES, moments, momentBase + lane);
            FloatVector reciprocal =
                    FloatVector.fromArray(SPECIES, moments, momentBase + BLOCK + lane);
            for (int n = 0; n < count; n++) {
                int at = n * BLOCK + lane;
                FloatVector.fromArray(SPECIES, in, from + at)
                        .sub(mean)
                        .mul(reciprocal)
                        .fma(
                                FloatVector.broadcast(SPECIES, weights[scale + n]),
                                FloatVector.broadcast(SPECIES, weights[shift + n]))
                        .intoArray(out, to + at);
            }
        }
    }

    /** Reference form; it defines the result. Arguments as in {@link #backward}. */
    public static void backwardScalar(
            float[] in,
            int inBase,
            float[] moments,
            int momentBase,
            float[] weights,
            int scale,
            float[] dOut,
            int dOutBase,
            float[] dIn,
            int dInBase,
            int count,
            float[] sums,
            int scaleSums,
            int shiftSums) {
        for (int e = 0; e < BLOCK; e++) {
            float mean = moments[momentBase + e];
            float reciprocal = moments[momentBase + BLOCK + e];
            float[] first = new float[2];
            float[] second = new float[2];
            for (int n = 0; n < count; n++) {
                float x = (in[inBase + n * BLOCK + e] - mean) * reciprocal;
                float d = dOut[dOutBase + n * BLOCK + e];
                int sum = n * SUMS + e % SUMS;
                sums[scaleSums + sum] = Math.fma(d, x, sums[scaleSums + sum]);
                sums[shiftSums + sum] += d;
                float g = d * weights[scale + n];
                first[n % 2] += g;
                second[n % 2] = Math.fma(g, x, second[n % 2]);
            }
            float one = (first[0] + first[1]) / count;
            float two = (second[0] + second[1]) / count;
            for (int n = 0; n < count; n++) {
                float x = (in[inBase + n * BLOCK + e] - mean) * reciprocal;
                float g = dOut[dOutBase + n * BLOCK + e] * weights[scale + n];
                dIn[dInBase + n * BLOCK + e] = (g - one - x * two) * reciprocal;
            }
        }
    }

    /**
     * Writes the gradient by input and adds to those by scale and shift.
     *
     * @param dOut gradient by output, from {@code dOutBase} on
     * @param dIn written from {@code dInBase} on; may be {@code dOut} itself
     * @param sums are added to: of the scales from {@code scaleSums}, of the shifts from {@code
     *     shiftSums} on
     */
    public static void backward(
            float[] in,
            int inBase,
            float[] moments,
            int momentBase,
            float[] weights,
            int scale,
            float[] dOut,
            int dOutBase,
            float[] dIn,
            int dInBase,
            int count,
            float[] sums,
            int scaleSums,
            int shiftSums) {
        for (int lane = 0; lane < BLOCK; lane += WIDTH) {
            int sum = lane % SUMS;
            add(
                    in,
                    inBase + lane,
                    moments,
                    momentBase + lane,
                    dOut,
                    dOutBase + lane,
                    count,
                    sums,
                    scaleSums + sum,
                    shiftSums + sum);
            byInput(
                    in,
                    inBase + lane,
                    moments,
                    momentBase + lane,
                    weights,
                    scale,
                    dOut,
                    dOutBase + lane,
                    dIn,
                    dInBase + lane,
                    count);
        }
    }

    private static void add(
            float[] in,
            int from,
            float[] moments,
            int moment,
            float[] dOut,
            int at,
            int count,
            float[] sums,
            int scaleSum,
            int shiftSum) {
        FloatVector mean = FloatVector.fromArray(SPECIES, moments, moment);
        FloatVector reciprocal = FloatVector.fromArray(SPECIES, moments, moment + BLOCK);
        for (int n = 0; n < count; n++) {
            FloatVector x =
                    FloatVector.fromArray(SPECIES, in, from + n * BLOCK).sub(mean).mul(reciprocal);
            FloatVector d = FloatVector.fromArray(SPECIES, dOut, at + n * BLOCK);
            int sum = n * SUMS;
            d.fma(x, FloatVector.fromArray(SPECIES, sums, scaleSum + sum))
                    .intoArray(sums, scaleSum + sum);
            FloatVector.fromArray(SPECIES, sums, shiftSum + sum)
                    .add(d)
                    .intoArray(sums, shiftSum + sum);
        }
    }

    private static void byInput(
            float[] in,
            int from,
            float[] moments,
            int moment,
            float[] weights,
            int scale,
            float[] dOut,
            int at,
            float[] dIn,
            int to,
            int count) {
        FloatVector mean = FloatVector.fromArray(SPECIES, moments, moment);
        FloatVector reciprocal = FloatVector.fromArray(SPECIES, moments, moment + BLOCK);
        FloatVector first0 = FloatVector.zero(SPECIES);
        FloatVector first1 = first0;
        FloatVector second0 = first0;
        FloatVector second1 = first0;
        int n = 0;
        for (; n + 1 < count; n += 2) {
            FloatVector x = normal(in, from + n * BLOCK, mean, reciprocal);
            FloatVector g = slope(dOut, at + n * BLOCK, weights, scale + n);
            first0 = first0.add(g);
            second0 = g.fma(x, second0);
            x = normal(in, from + n * BLOCK + BLOCK, mean, reciprocal);
            g = slope(dOut, at + n * BLOCK + BLOCK, weights, scale + n + 1);
            first1 = first1.add(g);
            second1 = g.fma(x, second1);
        }
        if (n < count) {
            FloatVector g = slope(dOut, at + n * BLOCK, weights, scale + n);
            first0 = first0.add(g);
            second0 = g.fma(normal(in, from + n * BLOCK, mean, reciprocal), second0);
        }
        FloatVector one = first0.add(first1).div(count);
        FloatVector two = second0.add(second1).div(count);
        for (n = 0; n < count; n++) {
            FloatVector x = normal(in, from + n * BLOCK, mean, reciprocal);
            slope(dOut, at + n * BLOCK, weights, scale + n)
                    .sub(one)
                    .sub(x.mul(two))
                    .mul(reciprocal)
                    .intoArray(dIn, to + n * BLOCK);
        }
    }

    private static FloatVector normal(
            float[] in, int at, FloatVector mean, FloatVector reciprocal) {
        return FloatVector.fromArray(SPECIES, in, at).sub(mean).mul(reciprocal);
    }

    private static FloatVector slope(float[] dOut, int at, float[] weights, int weight) {
        return FloatVector.fromArray(SPECIES, dOut, at).mul(weights[weight]);
    }
}
