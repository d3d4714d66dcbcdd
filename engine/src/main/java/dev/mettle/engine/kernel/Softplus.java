package dev.mettle.engine.kernel;

import static dev.mettle.engine.kernel.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * ln(1 + eˣ) from additions, multiplications and fma alone, so that the bits are the same
 * everywhere (docs/math/elementary-functions.md).
 *
 * <p>Definition: max(x, 0) + ln(1 + u) with u = e^(-|x|), which never overflows; ln(1 + u) = u + u²
 * (-½ + u P(u)), P the polynomial of degree 9 of least relative error (reference/engine/
 * elementary_functions.py). Small results are right down to the denormals. Error at most 1.79 ulp,
 * over all floats. Of -∞ it is 0, of ∞ it is ∞, of NaN it is NaN.
 */
final class Softplus {
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
