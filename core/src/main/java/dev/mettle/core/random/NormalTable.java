package dev.mettle.core.random;

/**
 * Normal numbers at the price of a look-up: {@value #LEVELS} equally likely ones, the quantiles of
 * the standard normal distribution at (k + 1/2) / {@value #LEVELS}, divided by their standard
 * deviation (0.99985). Mean 0, standard deviation 1 and symmetric, all to rounding; the largest is
 * 3.84. For noise, where a finer grid would not be noticed; initial weights take {@link
 * RandomStream#nextGaussian}.
 */
public final class NormalTable {
    private static final int LEVELS = 8192;
    private static final int POSITIVE = LEVELS / 2;

    /** From the bit behind the size to that of a float's sign. */
    private static final int TO_SIGN = 31 - 12;

    private static final float[] SIZES = sizes();

    private NormalTable() {}

    private static float[] sizes() {
        double[] quantiles = new double[POSITIVE];
        double squares = 0;
        for (int i = 0; i < POSITIVE; i++) {
            quantiles[i] = NormalQuantile.of(0.5 + (i + 0.5) / LEVELS);
            squares += quantiles[i] * quantiles[i];
        }
        double deviation = Math.sqrt(squares / POSITIVE);
        float[] sizes = new float[POSITIVE];
        for (int i = 0; i < POSITIVE; i++) {
            sizes[i] = (float) (quantiles[i] / deviation);
        }
        return sizes;
    }

    /** Returns the number that the 13 low bits choose: 12 its size, the next its sign. */
    public static float of(int bits) {
        int size = Float.floatToRawIntBits(SIZES[bits & (POSITIVE - 1)]);
        return Float.intBitsToFloat(size ^ (bits & POSITIVE) << TO_SIGN); // no branch to guess
    }
}
