package dev.mettle.engine.kernel;

import static dev.mettle.engine.kernel.Lanes.SPECIES;
import static dev.mettle.engine.kernel.Lanes.WIDTH;

import jdk.incubator.vector.FloatVector;

/**
 * Sigmoid linear unit (docs/math/activations.md): x s with s = 1 / (1 + e⁻ˣ). The gradient is s (1
 * + x (1 - s)).
 */
public final class Silu {
    private Silu() {}

    /** Reference form; it defines the result. Arguments as in {@link #forward}. */
    public static void forwardScalar(float[] in, int from, float[] out, int to, int length) {
        for (int i = 0; i < length; i++) {
            float x = in[from + i];
            out[to + i] = x * (1 / (1 + Exponential.exp(-x)));
        }
    }

    /**
     * Applies the function to {@code length} numbers.
     *
     * @param in read from {@code from} on
     * @param out written from {@code to} on; may be the input itself
     * @param length a multiple of {@value Lanes#BLOCK}
     */
    public static void forward(float[] in, int from, float[] out, int to, int length) {
        for (int i = 0; i < length; i += WIDTH) {
            FloatVector x = FloatVector.fromArray(SPECIES, in, from + i);
            FloatVector one = FloatVector.broadcast(SPECIES, 1f);
            x.mul(one.div(Exponential.exp(x.neg()).add(one))).intoArray(out, to + i);
        }
    }

    /** Reference form; it defines the result. Arguments as in {@link #backward}. */
    public static void backwardScalar(
            float[] inputs, int from, float[] gradient, int at, int length) {
        for (int i = 0; i < length; i++) {
            float x = inputs[from + i];
            float d = gradient[at + i];
            gradient[at + i] = d * derivative(x);
        }
    }

    /**
     * Turns the gradient by output into the gradient by input, in place.
     *
     * @param inputs the inputs, read from {@code from} on
     * @param gradient changed from {@code at} on
     * @param length a multiple of {@value Lanes#BLOCK}
     */
    public static void backward(float[] inputs, int from, float[] gradient, int at, int length) {
        for (int i = 0; i < length; i += WIDTH) {
            FloatVector x = FloatVector.fromArray(SPECIES, inputs, from + i);
            FloatVector d = FloatVector.fromArray(SPECIES, gradient, at + i);
            d.mul(derivative(x)).intoArray(gradient, at + i);
        }
    }

    private static float derivative(float x) {
        float s = 1 / (1 + Exponential.exp(-x));
        return s * Math.fma(x, 1 - s, 1f);
    }

    private static FloatVector derivative(FloatVector x) {
        FloatVector one = FloatVector.broadcast(SPECIES, 1f);
        FloatVector s = one.div(Exponential.exp(x.neg()).add(one));
        return s.mul(x.fma(one.sub(s), one));
    }
}
