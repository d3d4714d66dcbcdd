package dev.mettle.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.math.RoundingMode;

class SignificantDigitsTest {
    @ParameterizedTest
    @CsvSource({
        "0.0000086, 2, 8.6 × 10⁻⁶",
        "0.0000999999, 2, 0.00010", // rounded first: no power is needed
        "0.0001, 2, 0.00010",
        "-0.00001234, 3, -1.23 × 10⁻⁵",
        "123, 2, 120",
        "999999.9, 4, 1.000 × 10⁶",
        "999944, 4, 999900",
        "12, 3, 12.0",
        "7, 1, 7",
        "0, 4, 0",
        "1e300, 1, 1 × 10³⁰⁰",
        "4.9e-324, 2, 4.9 × 10⁻³²⁴",
        "Infinity, 3, infinite",
        "-Infinity, 3, -infinite",
        "NaN, 3, NaN"
    })
    void aNumberHasItsDigitsAndAPowerOfTenOnlyWhereItIsNeeded(
            double value, int digits, String shown) {
        assertThat(SignificantDigits.of(value, digits).replace('\u00a0', ' ')).isEqualTo(shown);
    }

    @Test
    void aPowerOfTenIsNeverBrokenFromItsNumber() {
        assertThat(SignificantDigits.of(1e-6, 2)).isEqualTo("1.0\u00a0×\u00a010⁻⁶");
    }

    @Test
    void roundingUpReachesTheNextDigit() {
        assertThat(SignificantDigits.of(0.0091201, 3, RoundingMode.CEILING)).isEqualTo("0.00913");
        assertThat(SignificantDigits.of(99.91, 3, RoundingMode.CEILING)).isEqualTo("100");
    }
}
