package dev.mettle.engine.kernel;

import static dev.mettle.engine.kernel.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Natural logarithm from additions, multiplications and fma alone, so that the bits are the same
 * everywhere (docs/math/elementary-functions.md).
 *
 * <p>Definition: x = 2ⁿ (1 + f) with 1 + f from √½ to √2, both exact; ln(1 + f) = f + f² (-½ + f
 * P(f)), P the polynomial of degree 8 of least relative error (reference/engine/
 * elementary_functions.py); then n ln 2 is added in two parts. A denormal x is multiplied by 2²³
 * first. Error at most 0.9 ulp, over all floats. ln 0 = -∞ for both zeros, ln ∞ = ∞, of a negative
 * number or NaN it is NaN.
 */
final class Logarithm {
    /** √½ rounded down; exponents are counted from here. */
    private static final int SQRT_HALF_BITS = 0x3F3504F3;

    private static final int MANTISSA = 0x7FFFFF;
    private static final float DENORMAL_FACTOR = 0x1p23f;
    private static final float DENORMAL_EXPONENT = -23;
    private static final float C0 = 0x1.555548p-2f;
    private static final float C1 = -0x1.00007p-2f;
    private static final float C2 = 0x1.99a542p-3f;
    private static final float C3 = -0x1.552f12p-3f;
    private static final float C4 = 0x1.230314p-3f;
    private static final float C5 = -0x1.010492p-3f;
    private static final float C6 = 0x1.effa5p-4f;
    private static final float C7 = -0x1.bf20a6p-4f;
    private static final float C8 = 0x1.b55362p-5f;

    private Logarithm() {}

    /** Returns ln x. */
    static float scalar(float x) {
        if (!(x > 0)) {
            return x == 0 ? Float.NEGATIVE_INFINITY : Float.NaN;
        }
        if (x == Float.POSITIVE_INFINITY) {
            return x;
        }
        boolean denormal = x < Float.MIN_NORMAL;
        int bits = Float.floatToRawIntBits(denormal ? x * DENORMAL_FACTOR : x) - SQRT_HALF_BITS;
        int exponent = bits >> Exponential.EXPONENT_SHIFT;
        float n = exponent + (denormal ? DENORMAL_EXPONENT : 0);
        float f = Float.intBitsToFloat((bits & MANTISSA) + SQRT_HALF_BITS) - 1;
        float rest = Math.fma(n, Exponential.LN2_LOW, f * f * polynomial(f));
        return Math.fma(n, Exponential.LN2_HIGH, rest + f);
    }

    private static float polynomial(float f) {
        float p = Math.fma(f, C8, C7);
        p = Math.fma(f, p, C6);
        p = Math.fma(f, p, C5);
        p = Math.fma(f, p, C4);
        p = Math.fma(f, p, C3);
        p = Math.fma(f, p, C2);
        p = Math.fma(f, p, C1);
        p = Math.fma(f, p, C0);
        return Math.fma(f, p, -0.5f);
    }

    /** {@link #scalar} of every lane. */
    static FloatVector vector(FloatVector x) {
        return FloatVector.broadcast(SPECIES, Float.NaN)
                .blend(ofPositive(x), x.compare(VectorOperators.GT, 0f))
                .blend(Float.NEGATIVE_INFINITY, x.compare(VectorOperators.EQ, 0f))
                .blend(
                        Float.POSITIVE_INFINITY,
                        x.compare(VectorOperators.EQ, Float.POSITIVE_INFINITY));
    }

    private static FloatVector ofPositive(FloatVector x) {
        VectorMask<Float> denormal = x.compare(VectorOperators.LT, Float.MIN_NORMAL);
        IntVector bits =
                x.blend(x.mul(DENORMAL_FACTOR), denormal).reinterpretAsInts().sub(SQRT_HALF_BITS);
        FloatVector n = exponent(bits);
        n = n.blend(n.add(DENORMAL_EXPONENT), denormal);
        FloatVector f = bits.and(MANTISSA).add(SQRT_HALF_BITS).reinterpretAsFloats().sub(1f);
        FloatVector low = FloatVector.broadcast(SPECIES, Exponential.LN2_LOW);
        FloatVector high = FloatVector.broadcast(SPECIES, Exponential.LN2_HIGH);
        FloatVector rest = n.fma(low, f.mul(f).mul(polynomial(f)));
        return n.fma(high, rest.add(f));
    }

    /** The exponent as a float: its bits are added to those of 1.5 × 2²³, which is exact. */
    private static FloatVector exponent(IntVector bits) {
        return bits.lanewise(VectorOperators.ASHR, Exponential.EXPONENT_SHIFT)
                .add(Exponential.ROUNDING_BITS)
                .reinterpretAsFloats()
                .sub(Exponential.ROUNDING);
    }

    private static FloatVector polynomial(FloatVector f) {
        FloatVector p = f.fma(C8, C7);
        p = f.fma(p, FloatVector.broadcast(SPECIES, C6));
        p = f.fma(p, FloatVector.broadcast(SPECIES, C5));
        p = f.fma(p, FloatVector.broadcast(SPECIES, C4));
        p = f.fma(p, FloatVector.broadcast(SPECIES, C3));
        p = f.fma(p, FloatVector.broadcast(SPECIES, C2));
        p = f.fma(p, FloatVector.broadcast(SPECIES, C1));
        p = f.fma(p, FloatVector.broadcast(SPECIES, C0));
        return f.fma(p, FloatVector.broadcast(SPECIES, -0.5f));
    }
}
