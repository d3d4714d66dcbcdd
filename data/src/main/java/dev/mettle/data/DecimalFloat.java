package dev.mettle.data;

import java.math.BigInteger;

/**
 * The double nearest to {@code digits · 10^exponent}, ties to even, for up to 18 digits: one or two
 * products with a power of five of 128 bits. Where these do not decide, and outside the range of
 * normal doubles, it says so.
 *
 * <p>Source: D. Lemire, Number parsing at a gigabyte per second, Software: Practice and Experience
 * 51 (2021); that the second product suffices: N. Mushtak, D. Lemire, Fast number parsing without
 * fallback (2023).
 */
final class DecimalFloat {
    private static final int LEAST = -342;
    private static final int MOST = 308;
    private static final int MANTISSA_BITS = 52;
    private static final int BIAS = 1023;

    /** Below it the powers of five are rounded, and a product may not decide. */
    private static final int LEAST_SAFE = -27;

    private static final int MOST_SAFE = 55;

    /** Exponents for which a number can lie in the middle of two doubles. */
    private static final int LEAST_TIE = -4;

    private static final int MOST_TIE = 23;

    /** The bits of a product below those that a double and its rounding need. */
    private static final long REST = -1L >>> MANTISSA_BITS + 3;

    private static final long[] HIGH = new long[MOST - LEAST + 1];
    private static final long[] LOW = new long[MOST - LEAST + 1];

    static {
        for (int exponent = LEAST; exponent <= MOST; exponent++) {
            BigInteger power = power(exponent);
            HIGH[exponent - LEAST] = power.shiftRight(Long.SIZE).longValue();
            LOW[exponent - LEAST] = power.longValue();
        }
    }

    private DecimalFloat() {}

    /** Returns the first 128 bits of a power of five; those of a fraction are rounded up. */
    private static BigInteger power(int exponent) {
        BigInteger five = BigInteger.valueOf(5).pow(Math.abs(exponent));
        if (exponent >= 0) {
            int shift = five.bitLength() - 2 * Long.SIZE;
            return shift > 0 ? five.shiftRight(shift) : five.shiftLeft(-shift);
        }
        int bits = five.subtract(BigInteger.ONE).bitLength();
        int shift = exponent >= LEAST_SAFE ? bits + 2 * Long.SIZE - 1 : 2 * bits + 2 * Long.SIZE;
        BigInteger quotient = BigInteger.ONE.shiftLeft(shift).divide(five).add(BigInteger.ONE);
        return quotient.shiftRight(Math.max(0, quotient.bitLength() - 2 * Long.SIZE));
    }

    /**
     * Returns the nearest double.
     *
     * @param digits from 1 to 10¹⁸
     * @return NaN where it is not decided
     */
    static double of(long digits, int exponent) {
        if (exponent < LEAST || exponent > MOST) {
            return Double.NaN;
        }
        int zeros = Long.numberOfLeadingZeros(digits);
        long scaled = digits << zeros;
        long high = Math.unsignedMultiplyHigh(scaled, HIGH[exponent - LEAST]);
        long low = scaled * HIGH[exponent - LEAST];
        if ((high & REST) == REST) {
            long more = Math.unsignedMultiplyHigh(scaled, LOW[exponent - LEAST]);
            low += more;
            high += Long.compareUnsigned(low, more) < 0 ? 1 : 0;
            if (low == -1 && (exponent < LEAST_SAFE || exponent > MOST_SAFE)) {
                return Double.NaN;
            }
        }
        return rounded(high, low, zeros, exponent);
    }

    private static double rounded(long high, long low, int zeros, int exponent) {
        int top = (int) (high >>> Long.SIZE - 1);
        int shift = top + Long.SIZE - MANTISSA_BITS - 3;
        long mantissa = high >>> shift;
        // 217,706 / 2^16 is the binary logarithm of ten, exact to the whole for these exponents
        int power = (217_706 * exponent >> 16) + Long.SIZE - 1 + top - zeros + BIAS;
        boolean isTie =
                (low == 0 || low == 1)
                        && exponent >= LEAST_TIE
                        && exponent <= MOST_TIE
                        && (mantissa & 3) == 1
                        && mantissa << shift == high;
        mantissa = isTie ? mantissa & ~1L : mantissa;
        mantissa = mantissa + (mantissa & 1) >>> 1;
        if (mantissa >>> MANTISSA_BITS + 1 != 0) {
            mantissa = 1L << MANTISSA_BITS;
            power++;
        }
        if (power <= 0 || power >= 2 * BIAS + 1) {
            return Double.NaN;
        }
        long fraction = mantissa & (1L << MANTISSA_BITS) - 1;
        return Double.longBitsToDouble((long) power << MANTISSA_BITS | fraction);
    }
}
