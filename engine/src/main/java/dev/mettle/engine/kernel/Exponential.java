package dev.mettle.engine.kernel;

import static dev.mettle.engine.kernel.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * eˣ and eˣ - 1 from additions, multiplications and fma alone, so that the bits are the same
 * everywhere (docs/math/activations.md).
 *
 * <p>Definition: x is limited to [{@value #LOWEST}, {@value #HIGHEST}]; x = n ln 2 + r with n whole
 * and |r| ≤ ln 2 / 2; eʳ - 1 is its Taylor polynomial of degree 7 (remainder below 2⁻²⁵ relative);
 * 2ⁿ is made from its bits. Error at most 1.06 ulp, of eˣ - 1 at most 1.65 ulp, over all floats in
 * the range. A NaN gives a NaN.
 */
final class Exponential {
    /** Below it eˣ would leave the normal floats. */
    static final float LOWEST = -87;

    /** Above it eˣ would overflow. */
    static final float HIGHEST = 88;

    /** Below it eˣ is less than half the smallest denormal float. */
    private static final float LOWEST_OF_DECAY = -104;

    private static final float LOG2_E = 0x1.715476p0f;

    /** ln 2 in two parts; the first has 15 bits, so that its product with n is exact. */
    static final float LN2_HIGH = 0x1.62e4p-1f;

    static final float LN2_LOW = 0x1.7f7d1cp-20f;

    /** 1.5 × 2²³: adding it rounds to a whole number, which then stands in the low bits. */
    static final float ROUNDING = 0x1.8p23f;

    static final int ROUNDING_BITS = 0x4B400000;
    static final int EXPONENT_SHIFT = 23;
    private static final int EXPONENT_OF_ONE = 0x3F800000;
    private static final float C7 = 1f / 5040;
    private static final float C6 = 1f / 720;
    private static final float C5 = 1f / 120;
    private static final float C4 = 1f / 24;
    private static final float C3 = 1f / 6;
    private static final float C2 = 1f / 2;

    private Exponential() {}

    /** Returns eˣ. */
    static float exp(float x) {
        float limited = limit(x);
        float shifted = Math.fma(limited, LOG2_E, ROUNDING);
        float power = power(shifted);
        return Math.fma(power, remainder(limited, shifted), power);
    }

    /** Returns eˣ - 1. */
    static float expm1(float x) {
        float limited = limit(x);
        float shifted = Math.fma(limited, LOG2_E, ROUNDING);
        float power = power(shifted);
        return Math.fma(power, remainder(limited, shifted), power - 1);
    }

    /**
     * Returns eˣ for x ≤ 0 down to the denormal floats and 0. 2ⁿ is the product of two powers, so
     * that each of them is a normal float.
     */
    static float decay(float x) {
        float limited = x < LOWEST_OF_DECAY ? LOWEST_OF_DECAY : x;
        float shifted = Math.fma(limited, LOG2_E, ROUNDING);
        int n = Float.floatToRawIntBits(shifted) - ROUNDING_BITS;
        float first = power(n >> 1);
        return Math.fma(first, remainder(limited, shifted), first) * power(n - (n >> 1));
    }

    private static float power(int n) {
        return Float.intBitsToFloat((n << EXPONENT_SHIFT) + EXPONENT_OF_ONE);
    }

    private static float limit(float x) {
        float limited = x < LOWEST ? LOWEST : x;
        return limited > HIGHEST ? HIGHEST : limited;
    }

    private static float power(float shifted) {
        return Float.intBitsToFloat(
                (Float.floatToRawIntBits(shifted) << EXPONENT_SHIFT) + EXPONENT_OF_ONE);
    }

    private static float remainder(float x, float shifted) {
        float n = shifted - ROUNDING;
        float r = Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, x));
        float p = Math.fma(r, C7, C6);
        p = Math.fma(r, p, C5);
        p = Math.fma(r, p, C4);
        p = Math.fma(r, p, C3);
        p = Math.fma(r, p, C2);
        return Math.fma(r * r, p, r);
    }

    /** {@link #exp(float)} of every lane. */
    static FloatVector exp(FloatVector x) {
        FloatVector limited = limit(x);
        FloatVector shifted = limited.fma(LOG2_E, ROUNDING);
        FloatVector power = power(shifted);
        return power.fma(remainder(limited, shifted), power);
    }

    /** {@link #expm1(float)} of every lane. */
    static FloatVector expm1(FloatVector x) {
        FloatVector limited = limit(x);
        FloatVector shifted = limited.fma(LOG2_E, ROUNDING);
        FloatVector power = power(shifted);
        return power.fma(remainder(limited, shifted), power.sub(1));
    }

    /** {@link #decay(float)} of every lane. */
    static FloatVector decay(FloatVector x) {
        FloatVector limited =
                x.blend(LOWEST_OF_DECAY, x.compare(VectorOperators.LT, LOWEST_OF_DECAY));
        FloatVector shifted = limited.fma(LOG2_E, ROUNDING);
        IntVector n = shifted.reinterpretAsInts().sub(ROUNDING_BITS);
        IntVector half = n.lanewise(VectorOperators.ASHR, 1);
        FloatVector first = power(half);
        return first.fma(remainder(limited, shifted), first).mul(power(n.sub(half)));
    }

    private static FloatVector power(IntVector n) {
        return n.lanewise(VectorOperators.LSHL, EXPONENT_SHIFT)
                .add(EXPONENT_OF_ONE)
                .reinterpretAsFloats();
    }

    private static FloatVector limit(FloatVector x) {
        FloatVector limited = x.blend(LOWEST, x.compare(VectorOperators.LT, LOWEST));
        return limited.blend(HIGHEST, limited.compare(VectorOperators.GT, HIGHEST));
    }

    private static FloatVector power(FloatVector shifted) {
        IntVector bits = shifted.reinterpretAsInts();
        return bits.lanewise(VectorOperators.LSHL, EXPONENT_SHIFT)
                .add(EXPONENT_OF_ONE)
                .reinterpretAsFloats();
    }

    private static FloatVector remainder(FloatVector x, FloatVector shifted) {
        FloatVector n = shifted.sub(ROUNDING);
        FloatVector high = n.fma(FloatVector.broadcast(SPECIES, -LN2_HIGH), x);
        FloatVector r = n.fma(FloatVector.broadcast(SPECIES, -LN2_LOW), high);
        FloatVector p = r.fma(C7, C6);
        p = r.fma(p, FloatVector.broadcast(SPECIES, C5));
        p = r.fma(p, FloatVector.broadcast(SPECIES, C4));
        p = r.fma(p, FloatVector.broadcast(SPECIES, C3));
        p = r.fma(p, FloatVector.broadcast(SPECIES, C2));
        return r.mul(r).fma(p, r);
    }
}
