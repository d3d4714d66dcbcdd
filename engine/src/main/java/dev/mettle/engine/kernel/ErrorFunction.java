package dev.mettle.engine.kernel;

import static dev.mettle.engine.kernel.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * erf x = 2/√π ∫₀ˣ e^(-t²) dt from additions, multiplications and fma alone, so that the bits are
 * the same everywhere (docs/math/elementary-functions.md).
 *
 * <p>Definition: x + x P(x²) where |x| &lt; {@value #SMALL}, else the sign of x times 1 - e^(-t - t
 * Q(t)) with t = min(|x|, {@value #LARGEST}), where the result is 1. P (degree 6) and Q (degree 7)
 * have the least relative error of erf (reference/engine/elementary_functions.py). Error at most
 * 0.92 ulp, over all floats. erf(±0) = ±0, erf(±∞) = ±1, of NaN it is NaN.
 */
final class ErrorFunction {
    private static final float SMALL = 0.875f;

    /** From 3.92 on the float nearest to erf is 1. */
    private static final float LARGEST = 4;

    private static final float P0 = 0x1.06eba8p-3f;
    private static final float P1 = -0x1.81274p-2f;
    private static final float P2 = 0x1.ce2d5cp-4f;
    private static final float P3 = -0x1.b7ff9p-6f;
    private static final float P4 = 0x1.54318ap-8f;
    private static final float P5 = -0x1.a4d08ap-11f;
    private static final float P6 = 0x1.49fc98p-14f;

    private static final float Q0 = 0x1.073a4p-3f;
    private static final float Q1 = 0x1.457e98p-1f;
    private static final float Q2 = 0x1.ae4d76p-4f;
    private static final float Q3 = -0x1.6fdb72p-6f;
    private static final float Q4 = 0x1.6de95ep-9f;
    private static final float Q5 = 0x1.0fe6bap-20f;
    private static final float Q6 = -0x1.d26f78p-15f;
    private static final float Q7 = 0x1.8317a6p-18f;

    private ErrorFunction() {}

    /** Returns erf x. */
    static float scalar(float x) {
        float t = Math.abs(x);
        if (t < SMALL) {
            return Math.fma(x, p(x * x), x);
        }
        t = t > LARGEST ? LARGEST : t;
        float complement = Exponential.expm1(-Math.fma(t, q(t), t));
        return x < 0 ? complement : -complement;
    }

    private static float p(float s) {
        float p = Math.fma(s, P6, P5);
        p = Math.fma(s, p, P4);
        p = Math.fma(s, p, P3);
        p = Math.fma(s, p, P2);
        p = Math.fma(s, p, P1);
        return Math.fma(s, p, P0);
    }

    private static float q(float t) {
        float q = Math.fma(t, Q7, Q6);
        q = Math.fma(t, q, Q5);
        q = Math.fma(t, q, Q4);
        q = Math.fma(t, q, Q3);
        q = Math.fma(t, q, Q2);
        q = Math.fma(t, q, Q1);
        return Math.fma(t, q, Q0);
    }

    /** {@link #scalar} of every lane. */
    static FloatVector vector(FloatVector x) {
        FloatVector t = x.abs();
        FloatVector small = x.fma(p(x.mul(x)), x);
        FloatVector limited = t.blend(LARGEST, t.compare(VectorOperators.GT, LARGEST));
        FloatVector complement = Exponential.expm1(limited.fma(q(limited), limited).neg());
        return complement
                .neg()
                .blend(complement, x.compare(VectorOperators.LT, 0f))
                .blend(small, t.compare(VectorOperators.LT, SMALL));
    }

    private static FloatVector p(FloatVector s) {
        FloatVector p = s.fma(P6, P5);
        p = s.fma(p, FloatVector.broadcast(SPECIES, P4));
        p = s.fma(p, FloatVector.broadcast(SPECIES, P3));
        p = s.fma(p, FloatVector.broadcast(SPECIES, P2));
        p = s.fma(p, FloatVector.broadcast(SPECIES, P1));
        return s.fma(p, FloatVector.broadcast(SPECIES, P0));
    }

    private static FloatVector q(FloatVector t) {
        FloatVector q = t.fma(Q7, Q6);
        q = t.fma(q, FloatVector.broadcast(SPECIES, Q5));
        q = t.fma(q, FloatVector.broadcast(SPECIES, Q4));
        q = t.fma(q, FloatVector.broadcast(SPECIES, Q3));
        q = t.fma(q, FloatVector.broadcast(SPECIES, Q2));
        q = t.fma(q, FloatVector.broadcast(SPECIES, Q1));
        return t.fma(q, FloatVector.broadcast(SPECIES, Q0));
    }
}
