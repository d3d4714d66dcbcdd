package dev.mettle.engine.kernel;

import static dev.mettle.engine.kernel.Lanes.SPECIES;
import static dev.mettle.engine.kernel.Lanes.WIDTH;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Sigmoid linear unit (docs/math/activations.md): x s with s = 1 / (1 + e⁻ˣ) and x limited to -88
 * from below. Error at most 2.87 ulp from -87 on. The gradient is s (1 + x (1 - s)), which of +∞ is
 * NaN, as in PyTorch.
 */
public final class Silu {
    /** From here down s no longer falls; the result stays at -5 · 10⁻³⁷, also for -∞. */
    private static final float LOWEST = -Exponential.HIGHEST;

    private Silu() {}

    /** Reference form; it defines the result. Arguments as in {@link #forward}. */
    public static void forwardScalar(float[] in, int from, float[] out, int to, int length) {
        for (int i = 0; i < length; i++) {
            float x = limit(in[from + i]);
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
            FloatVector x = limit(FloatVector.fromArray(SPECIES, in, from + i));
            FloatVector one = FloatVector.broadcast(SPECIES, 1f);
            x.mul(one.div(Exponential.exp(x.neg()).add(one))).intoArray(out, to + i);
        }
    }

    /** Reference form; it defines the result. Arguments as in {@link #backward}. */
    public static void backwardScalar(
            float[] inputs, int from, float[] gradient, int at, int length) {
        for (int i = 0; i < length; i++) {
            float x = limit(inputs[from + i]);
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
            FloatVector x = limit(FloatVector.fromArray(SPECIES, inputs, from + i));
            FloatVector d = FloatVector.fromArray(SPECIES, gradient, at + i);
            d.mul(derivative(x)).intoArray(gradient, at + i);
        }
    }

    private static float limit(float x) {
        return x < LOWEST ? LOWEST : x;
    }

    private static FloatVector limit(FloatVector x) {
        return x.blend(LOWEST, x.compare(VectorOperators.LT, LOWEST));
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
