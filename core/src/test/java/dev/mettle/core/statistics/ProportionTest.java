package dev.mettle.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected numbers: reference/loss_statistics.py (SciPy). */
class ProportionTest {
    @ParameterizedTest
    @CsvSource({
        "0, 50, 0, 0.07112173646420458", "1, 50, 0.0005062279831152353, 0.10646954571150097",
        "3, 20, 0.03207093718554477, 0.37892682654529564", "20, 20, 0.8315665290169145, 1"
    })
    void theIntervalIsClopperAndPearsons(int times, int of, double low, double high) {
        Proportion proportion = new Proportion(times, of);
        assertThat(proportion.value()).isEqualTo((double) times / of);
        assertThat(proportion.low()).isCloseTo(low, within(1e-12));
        assertThat(proportion.high()).isCloseTo(high, within(1e-12));
    }

    @Test
    void whatIsNoProportionIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Proportion(0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Proportion(3, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> new Proportion(-1, 2));
    }
}
