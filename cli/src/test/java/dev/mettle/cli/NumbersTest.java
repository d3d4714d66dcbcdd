package dev.mettle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 1.000",
        "0.0004279123, 0.0004279",
        "0.1, 0.1000",
        "0.00001234567, 1.235 × 10⁻⁵",
        "123.456, 123.5",
        "123456, 123500",
        "12345678, 1.235 × 10⁷",
        "-0.5, -0.5000",
        "Infinity, infinite"
    })
    void fourDigitsAreShown(double value, String shown) {
        assertThat(Numbers.shown(value)).isEqualTo(shown);
    }

    @Test
    void aBoundIsRoundedUp() {
        assertThat(Numbers.bound(0.00046260001)).isEqualTo("0.0004627");
        assertThat(Numbers.bound(Double.POSITIVE_INFINITY)).isEqualTo("infinite");
    }

    @Test
    void aShareKeepsTheDigitsItWasSetWith() {
        assertThat(Numbers.share(0.95)).isEqualTo("95 %");
        assertThat(Numbers.share(0.995)).isEqualTo("99.5 %");
        assertThat(Numbers.share(0.9)).isEqualTo("90 %");
    }

    @ParameterizedTest
    @CsvSource({"0.83, 0.8 s", "95, 95 s", "720, 12 min", "12240, 3.4 h", "181440, 2.1 days"})
    void durationsHaveAUnitThatFits(double seconds, String shown) {
        assertThat(Numbers.duration(seconds)).isEqualTo(shown);
    }
}
