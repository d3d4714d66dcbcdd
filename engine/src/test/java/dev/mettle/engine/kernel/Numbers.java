package dev.mettle.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;

/** Random floats for kernel tests, and equality to the bit with NaN made canonical. */
final class Numbers {
    private static final float[] SPECIAL = {
        0f,
        -0f,
        Float.NaN,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        Float.MIN_VALUE,
        -1e-40f,
        Float.MAX_VALUE,
        1f
    };

    private Numbers() {}

    /** Returns normal numbers. */
    static float[] ordinary(int count, long seed) {
        Random random = new Random(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    /** Returns normal numbers, every eighth of them a special one. */
    static float[] special(int count, long seed) {
        Random random = new Random(seed);
        float[] values = ordinary(count, seed + 1);
        for (int i = 0; i < count; i++) {
            if (random.nextInt(8) == 0) {
                values[i] = SPECIAL[random.nextInt(SPECIAL.length)];
            }
        }
        return values;
    }

    /** Compares number by number: AssertJ's own comparison of arrays takes seconds for 400,000. */
    static void assertSameBits(float[] actual, float[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            if (Float.floatToIntBits(actual[i]) != Float.floatToIntBits(expected[i])) {
                assertThat(Float.toHexString(actual[i]))
                        .as("number %d of %d", i, actual.length)
                        .isEqualTo(Float.toHexString(expected[i]));
            }
        }
    }
}
