package dev.mettle.engine.kernel;

import static dev.mettle.engine.kernel.Lanes.SPECIES;
import static dev.mettle.engine.kernel.Lanes.WIDTH;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * ln(1 + eˣ) from additions, multiplications and fma alone, so that the bits are the same
 * everywhere (docs/math/elementary-functions.md).
 *
 * <p>Definition: max(x, 0) + ln(1 + u) with u = e^(-|x|), which never overflows; ln(1 + u) = u + u²
 * (-½ + u P(u)), P the polynomial of degree 9 of least relative error (reference/engine/
 * elementary_functions.py). Small results are right down to the denormals. Error at most 1.79 ulp,
 * over all floats. Of -∞ it is 0, of ∞ it is ∞, of NaN it is NaN. The gradient is that of the
 * sigmoid, from the output y: 1 - e⁻ʸ.
 */
public final class Softplus {
    private static final float C0 = 0x1.555532p-2f;
    private static final float C1 = -0x1.fff6ep-3f;
    private static final float C2 = 0x1.9921aep-3f;
    private static final float C3 = -0x1.51fd4p-3f;
    private static final float C4 = 0x1.15c558p-3f;
    private static final float C5 = -0x1.a881bp-4f;
    private static final float C6 = 0x1.11569ap-4f;
    private static final float C7 = -0x1.070e28p-5f;
    private static final float C8 = 0x1.434102p-7f;
    private static final float C9 = -0x1.73c2b2p-10f;

    private Softplus() {}

    /** Reference form; it defines the result. Arguments as in {@link #forward}. */
    public static void forwardScalar(float[] in, int from, float[] out, int to, int length) {
        for (int i = 0; i < length; i++) {
            out[to + i] = scalar(in[from + i]);
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
            vector(FloatVector.fromArray(SPECIES, in, from + i)).intoArray(out, to + i);
        }
    }

    /** Reference form; it defines the result. Arguments as in {@link #backward}. */
    public static void backwardScalar(
            float[] outputs, int from, float[] gradient, int at, int length) {
        for (int i = 0; i < length; i++) {
            gradient[at + i] *= -Exponential.expm1(-outputs[from + i]);
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
            FloatVector slope = Exponential.expm1(y.neg()).neg();
            FloatVector.fromArray(SPECIES, gradient, at + i).mul(slope).intoArray(gradient, at + i);
        }
    }

    /** Returns ln(1 + eˣ). */
    static float scalar(float x) {
        float u = Exponential.decay(-Math.abs(x));
        float logarithm = Math.fma(u * u, polynomial(u), u);
        return x > 0 ? x + logarithm : logarithm;
    }

    private static float polynomial(float u) {
        float p = Math.fma(u, C9, C8);
        p = Math.fma(u, p, C7);
        p = Math.fma(u, p, C6);
        p = Math.fma(u, p, C5);
        p = Math.fma(u, p, C4);
        p = Math.fma(u, p, C3);
        p = Math.fma(u, p, C2);
        p = Math.fma(u, p, C1);
        p = Math.fma(u, p, C0);
        return Math.fma(u, p, -0.5f);
    }

    /** {@link #scalar} of every lane. */
    static FloatVector vector(FloatVector x) {
        FloatVector u = Exponential.decay(x.abs().neg());
        FloatVector logarithm = u.mul(u).fma(polynomial(u), u);
        return logarithm.blend(x.add(logarithm), x.compare(VectorOperators.GT, 0f));
    }

    private static FloatVector polynomial(FloatVector u) {
        FloatVector p = u.fma(C9, C8);
        p = u.fma(p, FloatVector.broadcast(SPECIES, C7));
        p = u.fma(p, FloatVector.broadcast(SPECIES, C6));
        p = u.fma(p, FloatVector.broadcast(SPECIES, C5));
        p = u.fma(p, FloatVector.broadcast(SPECIES, C4));
        p = u.fma(p, FloatVector.broadcast(SPECIES, C3));
        p = u.fma(p, FloatVector.broadcast(SPECIES, C2));
        p = u.fma(p, FloatVector.broadcast(SPECIES, C1));
        p = u.fma(p, FloatVector.broadcast(SPECIES, C0));
        return u.fma(p, FloatVector.broadcast(SPECIES, -0.5f));
    }
}
