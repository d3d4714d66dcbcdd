package dev.mettle.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.util.Random;

/** Decimal numbers become the doubles that {@link Double#parseDouble} makes of them. */
class DecimalFloatTest {
    private static final int COUNT = 300_000;

    private int undecided;

    private void requireNearest(long digits, int exponent) {
        double value = DecimalFloat.of(digits, exponent);
        if (Double.isNaN(value)) {
            undecided++;
            return;
        }
        if (value != Double.parseDouble(digits + "e" + exponent)) {
            assertThat(value)
                    .as("%de%d", digits, exponent)
                    .isEqualTo(Double.parseDouble(digits + "e" + exponent));
        }
    }

    @Test
    void randomDigitsAndExponents() {
        Random random = new Random(1);
        for (int i = 0; i < COUNT; i++) {
            long most = (long) Math.pow(10, 1 + random.nextInt(18));
            requireNearest(1 + random.nextLong(most), random.nextInt(600) - 320);
        }
        assertThat(undecided).isLessThan(COUNT / 8); // beyond the range of doubles
    }

    @Test
    void doublesAsTheyAreWritten() {
        Random random = new Random(2);
        for (int i = 0; i < COUNT; i++) {
            double value =
                    i % 2 == 0
                            ? random.nextGaussian()
                            : Double.longBitsToDouble(random.nextLong() & Long.MAX_VALUE);
            if (Double.isFinite(value) && value != 0) {
                BigDecimal written = new BigDecimal(Double.toString(Math.abs(value)));
                requireNearest(written.unscaledValue().longValueExact(), -written.scale());
            }
        }
        assertThat(undecided).isLessThan(COUNT / 100);
    }

    /** Halves between two doubles, and the numbers just beside them. */
    @Test
    void numbersInTheMiddleOfTwoDoubles() {
        Random random = new Random(3);
        for (int i = 0; i < COUNT; i++) {
            long odd = (1L << 53 | random.nextLong(1L << 53)) | 1;
            for (int exponent = 0; exponent < 24; exponent++) {
                requireNearest(odd, exponent - 4);
                if (i > 1000) {
                    break;
                }
            }
            for (int beside = -1; beside <= 1; beside++) {
                requireNearest(odd * 5 + beside, -1);
                requireNearest(odd * 25 + beside, -2);
                requireNearest(2 * odd + beside, 0);
            }
        }
        assertThat(undecided).isZero();
    }

    @Test
    void theEndsOfTheRange() {
        for (int exponent = -400; exponent < 400; exponent++) {
            for (long digits :
                    new long[] {
                        1,
                        2,
                        3,
                        9,
                        17976931348623157L,
                        17976931348623158L,
                        22250738585072014L,
                        22250738585072011L,
                        999_999_999_999_999_999L,
                        1L << 53,
                        (1L << 53) + 1
                    }) {
                requireNearest(digits, exponent);
            }
        }
    }
}
