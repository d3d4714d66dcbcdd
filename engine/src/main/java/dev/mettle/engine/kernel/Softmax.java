package dev.mettle.engine.kernel;

import static dev.mettle.engine.kernel.Lanes.SPECIES;
import static dev.mettle.engine.kernel.Lanes.WIDTH;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Softmax over the channels of each pixel (docs/math/activations.md): with m the largest of them,
 * {@code y_k = e^(x_k - m) / Σ_j e^(x_j - m)}, sums in the order of the channels. The gradient by
 * x_k is {@code y_k (d_k - Σ_j d_j y_j)}. Both are 0 where they are tiny ({@link Tiny}). A NaN or ∞
 * among the channels makes all of them NaN.
 */
public final class Softmax {
    private Softmax() {}

    /** Reference form; it defines the result. Arguments as in {@link #forward}. */
    public static void forwardScalar(
            int channels,
            float[] in,
            int from,
            int inPlane,
            float[] out,
            int to,
            int outPlane,
            int length) {
        for (int i = 0; i < length; i++) {
            float largest = in[from + i];
            for (int k = 1; k < channels; k++) {
                float x = in[from + k * inPlane + i];
                largest = x > largest ? x : largest;
            }
            float sum = 0;
            for (int k = 0; k < channels; k++) {
                float power = Exponential.exp(in[from + k * inPlane + i] - largest);
                out[to + k * outPlane + i] = power;
                sum += power;
            }
            for (int k = 0; k < channels; k++) {
                int at = to + k * outPlane + i;
                out[at] = Tiny.flush(out[at] / sum);
            }
        }
    }

    /**
     * Applies the function to {@code length} numbers of each channel.
     *
     * @param in holds the first channel from {@code from} on
     * @param inPlane distance of its channels
     * @param out receives the first channel from {@code to} on; may be the input itself
     * @param outPlane distance of its channels
     * @param length a multiple of {@value Lanes#BLOCK}
     */
    public static void forward(
            int channels,
            float[] in,
            int from,
            int inPlane,
            float[] out,
            int to,
            int outPlane,
            int length) {
        for (int i = 0; i < length; i += WIDTH) {
            FloatVector largest = FloatVector.fromArray(SPECIES, in, from + i);
            for (int k = 1; k < channels; k++) {
                FloatVector x = FloatVector.fromArray(SPECIES, in, from + k * inPlane + i);
                largest = largest.blend(x, x.compare(VectorOperators.GT, largest));
            }
            FloatVector sum = FloatVector.zero(SPECIES);
            for (int k = 0; k < channels; k++) {
                FloatVector x = FloatVector.fromArray(SPECIES, in, from + k * inPlane + i);
                FloatVector power = Exponential.exp(x.sub(largest));
                power.intoArray(out, to + k * outPlane + i);
                sum = sum.add(power);
            }
            for (int k = 0; k < channels; k++) {
                int at = to + k * outPlane + i;
                FloatVector share = FloatVector.fromArray(SPECIES, out, at).div(sum);
                share.blend(0f, share.compare(VectorOperators.LT, Tiny.LIMIT)).intoArray(out, at);
            }
        }
    }

    /** Reference form; it defines the result. Arguments as in {@link #backward}. */
    public static void backwardScalar(
            int channels,
            float[] outputs,
            int from,
            int plane,
            float[] gradient,
            int at,
            int gradientPlane,
            int length) {
        for (int i = 0; i < length; i++) {
            float sum = 0;
            for (int k = 0; k < channels; k++) {
                float y = outputs[from + k * plane + i];
                sum = Math.fma(gradient[at + k * gradientPlane + i], y, sum);
            }
            for (int k = 0; k < channels; k++) {
                float y = outputs[from + k * plane + i];
                int p = at + k * gradientPlane + i;
                gradient[p] = Tiny.flush((gradient[p] - sum) * y);
            }
        }
    }

    /**
     * Turns the gradient by output into the gradient by input, in place.
     *
     * @param outputs the outputs, the first channel from {@code from} on
     * @param plane distance of their channels
     * @param gradient changed, the first channel from {@code at} on
     * @param gradientPlane distance of its channels
     * @param length a multiple of {@value Lanes#BLOCK}
     */
    public static void backward(
            int channels,
            float[] outputs,
            int from,
            int plane,
            float[] gradient,
            int at,
            int gradientPlane,
            int length) {
        for (int i = 0; i < length; i += WIDTH) {
            FloatVector sum = FloatVector.zero(SPECIES);
            for (int k = 0; k < channels; k++) {
                FloatVector y = FloatVector.fromArray(SPECIES, outputs, from + k * plane + i);
                sum =
                        FloatVector.fromArray(SPECIES, gradient, at + k * gradientPlane + i)
                                .fma(y, sum);
            }
            for (int k = 0; k < channels; k++) {
                FloatVector y = FloatVector.fromArray(SPECIES, outputs, from + k * plane + i);
                int p = at + k * gradientPlane + i;
                FloatVector change = FloatVector.fromArray(SPECIES, gradient, p).sub(sum).mul(y);
                change.blend(0f, change.abs().compare(VectorOperators.LT, Tiny.LIMIT))
                        .intoArray(gradient, p);
            }
        }
    }
}
