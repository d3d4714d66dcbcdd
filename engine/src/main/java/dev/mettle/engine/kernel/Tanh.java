package dev.mettle.engine.kernel;

import static dev.mettle.engine.kernel.Lanes.SPECIES;
import static dev.mettle.engine.kernel.Lanes.WIDTH;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Hyperbolic tangent (docs/math/activations.md): e / (e + 2) with e = exp(2|x|) - 1, 2|x| limited
 * to 20, and the sign of x. Error at most 2.42 ulp, over all floats. The gradient is 1 - y².
 */
public final class Tanh {
    /** From here on the float nearest to tanh is 1. */
    private static final float LIMIT = 20;

    private Tanh() {}

    /** Reference form; it defines the result. Arguments as in {@link #forward}. */
    public static void forwardScalar(float[] in, int from, float[] out, int to, int length) {
        for (int i = 0; i < length; i++) {
            float x = in[from + i];
            out[to + i] = tanh(x);
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
            tanh(x).intoArray(out, to + i);
        }
    }

    /** Reference form; it defines the result. Arguments as in {@link #backward}. */
    public static void backwardScalar(
            float[] outputs, int from, float[] gradient, int at, int length) {
        for (int i = 0; i < length; i++) {
            float y = outputs[from + i];
            float d = gradient[at + i];
            gradient[at + i] = d * Math.fma(-y, y, 1f);
        }
    }

    /**
     * Turns the gradient by output into the gradient by input, in place.
     *
     * @param outputs the outputs, read from {@code from} on
     * @param gradient changed from {@code at} on
     * @param length a multiple of {@value Lanes#BLOCK}
     */
    public static void backward(float[] outputs, int from, float[] gradient, int at, int length) {
        for (int i = 0; i < length; i += WIDTH) {
            FloatVector y = FloatVector.fromArray(SPECIES, outputs, from + i);
            FloatVector d = FloatVector.fromArray(SPECIES, gradient, at + i);
            d.mul(y.neg().fma(y, FloatVector.broadcast(SPECIES, 1f))).intoArray(gradient, at + i);
        }
    }

    /** Returns tanh x. */
    static float tanh(float x) {
        float twice = Math.abs(x) * 2;
        float e = Exponential.expm1(twice > LIMIT ? LIMIT : twice);
        float y = e / (e + 2);
        return x < 0 ? -y : y;
    }

    /** {@link #tanh(float)} of every lane. */
    static FloatVector tanh(FloatVector x) {
        FloatVector twice = x.abs().mul(2f);
        FloatVector e =
                Exponential.expm1(twice.blend(LIMIT, twice.compare(VectorOperators.GT, LIMIT)));
        FloatVector y = e.div(e.add(2f));
        return y.blend(y.neg(), x.compare(VectorOperators.LT, 0f));
    }
}
