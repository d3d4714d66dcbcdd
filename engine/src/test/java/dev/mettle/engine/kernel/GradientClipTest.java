package dev.mettle.engine.kernel;

import static dev.mettle.engine.kernel.Numbers.assertSameBits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigDecimal;
import java.math.MathContext;

class GradientClipTest {
    private static final int[] LENGTHS = {0, 32, 64, 96, 32 * 40};

    @Test
    void everyFormEqualsItsTwinBitForBit() {
        for (int length : LENGTHS) {
            float[] expected = Numbers.special(32 * 40, 5);
            float[] actual = expected.clone();
            GradientClip.limitScalar(expected, length, 0.7f);
            GradientClip.limit(actual, length, 0.7f);
            assertSameBits(actual, expected);
            GradientClip.scaleScalar(expected, length, 0.3f);
            GradientClip.scale(actual, length, 0.3f);
            assertSameBits(actual, expected);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 32, 64, 96, 320, 28_512})
    void theSumOfSquaresEqualsItsTwinBitForBitAndIsAccurate(int length) {
        float[] values = Numbers.ordinary(length + 32, 6);
        double sum = GradientClip.squares(values, length, new double[32]);
        assertThat(sum).isEqualTo(GradientClip.squaresScalar(values, length, new double[32]));
        BigDecimal exact = BigDecimal.ZERO;
        for (int i = 0; i < length; i++) {
            exact = exact.add(new BigDecimal(values[i]).pow(2, MathContext.UNLIMITED));
        }
        assertThat(sum).isCloseTo(exact.doubleValue(), within(1e-13 * sum));
    }

    @Test
    void theOrderOfTheSumIsFixed() {
        float[] values = new float[64];
        values[0] = 0x1p27f; // squared 2^54: the next double is 4 larger
        values[16] = 1.5f; // 2.25 is more than half of 4, so added first it rounds up
        values[32] = 1; // of the same sum as 0: lost
        values[63] = 1; // of sum 31, which is added to sum 15
        values[15] = -0x1p-20f;
        double expected = (0x1p54 + 1) + 2.25 + (0x1p-40 + 1);
        assertThat(GradientClip.squares(values, 64, new double[32])).isEqualTo(expected);
    }

    @Test
    void hugeAndSpecialNumbers() {
        float[] huge = new float[32];
        huge[3] = Float.MAX_VALUE;
        huge[4] = Float.MIN_VALUE;
        assertThat(Math.sqrt(GradientClip.squares(huge, 32, new double[32])))
                .isEqualTo(Float.MAX_VALUE);
        huge[5] = Float.NEGATIVE_INFINITY;
        assertThat(GradientClip.squares(huge, 32, new double[32])).isInfinite();
        huge[6] = Float.NaN;
        assertThat(GradientClip.squares(huge, 32, new double[32])).isNaN();
        GradientClip.limit(huge, 32, 2);
        assertThat(huge[3]).isEqualTo(2);
        assertThat(huge[5]).isEqualTo(-2);
        assertThat(huge[6]).isNaN();
    }

    /** Beside 2⁶⁰ a 100 is lost, but not two of them added before: lanes 1 and 17 are. */
    @Test
    void lanesSixteenApartAreAddedFirst() {
        float[] values = new float[32];
        values[0] = 0x1p30f;
        values[1] = 10;
        values[17] = 10;
        assertThat(GradientClip.squares(values, 32, new double[32])).isEqualTo(0x1p60 + 256);
        values[17] = 0;
        values[16] = 10;
        assertThat(GradientClip.squares(values, 32, new double[32])).isEqualTo(0x1p60);
    }
}
