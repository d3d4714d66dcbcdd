package dev.mettle.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Expected numbers: reference/generalization.py and loss_statistics.py; the first difference is
 * also Newcombe's own.
 */
class ProportionTest {
    private static final Offset<Double> EXACT = within(1e-12);

    @ParameterizedTest
    @CsvSource({
        "56, 70, 48, 80, 0.2, 0.05243147240236484, 0.3338726540369059, 0.012521129749209154",
        "6, 6, 4, 20, 0.8, 0.35387850606724636, 0.919342337420202, 0.0009121313469139555",
        "5, 6, 15, 20, 0.08333333333333337, -0.336858437011735, 0.34119621698686103, 1",
        "0, 3, 0, 9, 0, -0.29914504841954404, 0.5614970317550454, 1",
        "3, 3, 0, 9, 1, 0.3637872394680709, 1, 0.004545454545454546",
        "2, 10, 9, 10, -0.7, -0.865179666083185, -0.2658266097008861, 0.005477494641581328"
    })
    void differencesHaveNewcombesIntervalAndFishersTest(
            int a, int m, int b, int n, double value, double low, double high, double p) {
        Proportion.Difference found = new Proportion(a, m).minus(new Proportion(b, n));
        assertThat(found.value()).isCloseTo(value, EXACT);
        assertThat(found.low()).isCloseTo(low, EXACT);
        assertThat(found.high()).isCloseTo(high, EXACT);
        assertThat(found.pValue()).isCloseTo(p, EXACT);
        Proportion.Difference back = new Proportion(b, n).minus(new Proportion(a, m));
        assertThat(back.low()).isCloseTo(-high, EXACT);
        assertThat(back.high()).isCloseTo(-low, EXACT);
        assertThat(back.pValue()).isCloseTo(p, EXACT);
    }

    @ParameterizedTest
    @CsvSource({
        "6, 6, 0.5407418735600995, 1",
        "5, 6, 0.3587654210025136, 0.9957892554855104",
        "0, 4, 0, 0.6023646356164858",
        "3, 8, 0.08523341413759308, 0.7551367836335001",
        "0, 50, 0, 0.07112173646420458",
        "1, 50, 0.0005062279831152353, 0.10646954571150097",
        "20, 20, 0.8315665290169145, 1"
    })
    void sharesHaveTheIntervalOfClopperAndPearson(int k, int n, double low, double high) {
        assertThat(new Proportion(k, n).value()).isEqualTo((double) k / n);
        assertThat(new Proportion(k, n).low()).isCloseTo(low, EXACT);
        assertThat(new Proportion(k, n).high()).isCloseTo(high, EXACT);
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Proportion(0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Proportion(-1, 3));
        assertThatIllegalArgumentException().isThrownBy(() -> new Proportion(4, 3));
    }
}
