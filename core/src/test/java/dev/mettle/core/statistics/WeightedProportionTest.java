package dev.mettle.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class WeightedProportionTest {
    @Test
    void withEqualChancesItIsTheIntervalOfClopperAndPearson() {
        boolean[] has = {true, false, false, true, false, false, false};
        double[] equal = {0.3, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3};
        WeightedProportion weighted = WeightedProportion.of(has, equal);
        Proportion plain = new Proportion(2, 7);
        assertThat(weighted.value()).isCloseTo(plain.value(), within(1e-15));
        assertThat(weighted.size()).isCloseTo(7, within(1e-13));
        assertThat(weighted.low()).isCloseTo(plain.low(), within(1e-12));
        assertThat(weighted.high()).isCloseTo(plain.high(), within(1e-12));
    }

    /** Numbers of reference/audit.py. */
    @Test
    void unequalChancesMakeItWider() {
        boolean[] has = {true, false, false, true, false};
        double[] chances = {0.5, 0.1, 0.2, 1, 0.25};
        WeightedProportion weighted = WeightedProportion.of(has, chances);
        assertThat(weighted.value()).isCloseTo(0.13636363636363635, within(1e-14));
        assertThat(weighted.size()).isCloseTo(3.3150684931506849, within(1e-13));
        assertThat(weighted.low()).isCloseTo(6.0722229872746386e-05, within(1e-12));
        assertThat(weighted.high()).isCloseTo(0.7778787081346854, within(1e-10));
    }

    @Test
    void noneAndAllEndAtTheEnds() {
        double[] chances = {0.5, 0.1};
        WeightedProportion none = WeightedProportion.of(new boolean[2], chances);
        assertThat(none.low()).isZero();
        assertThat(none.high()).isBetween(0.5, 1.0);
        WeightedProportion all = WeightedProportion.of(new boolean[] {true, true}, chances);
        assertThat(all.low()).isBetween(0.0, 0.5);
        assertThat(all.high()).isEqualTo(1);
    }
}
