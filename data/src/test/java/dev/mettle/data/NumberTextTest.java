package dev.mettle.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Locale;
import java.util.Random;

class NumberTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "+1",
                "1.",
                ".5",
                "-.5e1",
                "007",
                "1e0",
                "1E+5",
                "1e-05",
                "123456789012345678",
                "9007199254740993",
                "1234567890123456789012345",
                "0.1",
                "2.5e-324",
                "4.9e-324",
                "1e22",
                "1e23",
                "1e-22",
                "1e-23",
                "8.5e22",
                "1.7976931348623157e308",
                "1e309",
                "1e999999999",
                "1e-999999999",
                "0.000000000000000000000000000001",
                "0e5",
                "3.4028235e38",
                "00000000000000000000001.5"
            })
    void numbersAreThoseOfJava(String text) {
        assertThat(NumberText.parse(text, '.')).isEqualTo(Double.parseDouble(text));
        assertThat(NumberText.parse(text.replace('.', ','), ','))
                .isEqualTo(Double.parseDouble(text));
    }

    @Test
    void randomNumbersAreReadToTheBit() {
        long seed = 8;
        Random random = new Random(seed);
        for (int i = 0; i < 200_000; i++) {
            double value =
                    switch (i % 3) {
                        case 0 -> Double.longBitsToDouble(random.nextLong());
                        case 1 -> random.nextInt(2_000_000) / 1000.0 - 1000;
                        default -> random.nextGaussian();
                    };
            if (Double.isFinite(value)) {
                for (String text :
                        new String[] {
                            Double.toString(value), String.format(Locale.ROOT, "%.6f", value)
                        }) {
                    assertThat(NumberText.parse(text, '.'))
                            .as("seed %d, %s", seed, text)
                            .isEqualTo(Double.parseDouble(text));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"inf", "+Inf", "INFINITY"})
    void infinityHasNames(String text) {
        assertThat(NumberText.parse(text, '.')).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(NumberText.parse("-inf", '.')).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "+", "-", ".", "e5", "1e", "1e+", "1e5.0", "1.2.3", "1,5", "1 2", "0x10", "1f",
                "1d", "nan", "--1", "1-", "1_000", "infin", "1e5e5", "٣", "1e٣"
            })
    void allElseIsNoNumber(String text) {
        assertThat(NumberText.parse(text, '.')).isNaN();
    }
}
