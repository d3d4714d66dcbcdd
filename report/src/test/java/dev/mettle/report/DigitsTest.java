package dev.mettle.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DigitsTest {
    @ParameterizedTest
    @CsvSource({
        "0.004123456, 0.004123",
        "1, 1.000",
        "9.99996, 10.00",
        "123456.7, 123500",
        "1234567, 1.235 × 10⁶",
        "0.00001234, 1.234 × 10⁻⁵",
        "-0.5, −0.5000",
        "0, 0",
        "Infinity, ∞",
        "NaN, –",
        "999999.9, 1.000 × 10⁶",
        "1e300, 1.000 × 10³⁰⁰"
    })
    void numbersHaveFourSignificantDigits(double value, String shown) {
        assertThat(Digits.number(value)).isEqualTo(shown.replace(" × ", "\u00a0×\u00a0"));
    }

    @ParameterizedTest
    @CsvSource({"0.0091201, 0.00913", "0.00912, 0.00912", "1.999, 2.00", "Infinity, ∞"})
    void aBoundIsRoundedUpSoThatItStaysTrue(double value, String shown) {
        assertThat(Digits.upperBound(value)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "4.3012, 0.1234, 4.30 ± 0.12",
        "-0.00896, 0.17, −0.01 ± 0.17",
        "123.4, 2.34, 123.4 ± 2.3",
        "0.05, 0, 0.05000 ± 0",
        "1234, 56, 1234 ± 56",
        "12345, 678, 12340 ± 678",
        "0.001, 0.00000001, 0.001000 ± 1.0 × 10⁻⁸"
    })
    void aValueHasTheDecimalsOfItsSpread(double value, double spread, String shown) {
        assertThat(Digits.withSpread(value, spread))
                .isEqualTo(shown.replace(" × ", "\u00a0×\u00a0"));
    }

    @Test
    void sharesAreReadAsWritten() {
        assertThat(Digits.wholePercent(0.95)).isEqualTo("95\u00a0%");
        assertThat(Digits.wholePercent(1 - 0.05 / 2)).isEqualTo("97.5\u00a0%");
        assertThat(Digits.percent(0.07214)).isEqualTo("7.21\u00a0%");
    }

    @ParameterizedTest
    @CsvSource({
        "1000000, 0.0010 s",
        "8100000000, 8.1 s",
        "95000000000, 95 s",
        "720000000000, 12 min",
        "12240000000000, 3.4 h",
        "360000000000000, 4.2 days"
    })
    void timesUseTheUnitThatFits(long nanos, String shown) {
        assertThat(Digits.duration(nanos)).isEqualTo(shown.replace(' ', '\u00a0'));
    }
}
