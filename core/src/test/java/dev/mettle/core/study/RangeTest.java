package dev.mettle.core.study;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mettle.core.document.Place;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

class RangeTest {
    private static final int DRAWS = 5000;

    @ParameterizedTest
    @CsvSource({
        "0, 1, false, false",
        "-3, 5, false, false",
        "1e-4, 1e-2, true, false",
        "0.9999, 1.0001, true, false",
        "0.1, 0.10000001, false, false",
        "-1.7e308, 1.7e308, false, false",
        "4.9e-324, 1.7e308, true, false",
        "8, 64, false, true",
        "-2, 2, false, true",
        "1, 1000000000, true, true",
        "-1000000000, 1000000000, false, true"
    })
    void everyValueIsInsideAndReadsAsItIsWritten(
            double min, double max, boolean log, boolean integer) {
        Range range = range(min, max, log, integer);
        Supplier<double[]> points = Sampler.random(11, 1);
        for (int i = 0; i < DRAWS; i++) {
            String text = range.value(range.draw(points.get()[0])).label();
            double value = Double.parseDouble(text);
            assertThat(value).isBetween(min, max);
            if (integer) {
                assertThat(text).matches("-?[0-9]+");
            }
            assertThat(text.length()).isLessThanOrEqualTo(16);
        }
    }

    @ParameterizedTest
    @CsvSource({"8, 64", "-2, 2", "0, 1", "1, 7"})
    void wholeNumbersHaveEqualSharesTheEndsToo(int min, int max) {
        Map<Integer, Integer> counts = counts(range(min, max, false, true), (max - min + 1) * 100);
        assertThat(counts).hasSize(max - min + 1).containsKeys(min, max);
        assertThat(counts.values()).containsOnly(100);
    }

    @Test
    void endsOfALogarithmicRangeOfWholeNumbersHaveFullShares() {
        Map<Integer, Integer> counts = counts(range(1, 4, true, true), 90_000);
        // shares ln(1.5/0.5), ln(2.5/1.5), ln(3.5/2.5), ln(4.5/3.5) of ln(4.5/0.5)
        assertThat(counts).containsOnlyKeys(1, 2, 3, 4);
        assertThat(counts.get(1)).isBetween(44_999, 45_001);
        assertThat(counts.get(2)).isBetween(20_923, 20_926);
        assertThat(counts.get(3)).isBetween(13_781, 13_784);
        assertThat(counts.get(4)).isBetween(10_293, 10_296);
    }

    @ParameterizedTest
    @CsvSource({
        "1e-4, 1e-2, true, 0.5, 0.001",
        "1e-4, 1e-2, true, 0.75, 0.003162",
        "1e-9, 1e-7, true, 0.75, 3.162e-8",
        "1e-9, 1e-7, true, 0.5, 1e-8",
        "0, 0.2, false, 0.33333, 0.0667",
        "0, 0.1, false, 0.000001, 0",
        "0, 1, false, 0.123456, 0.123",
        "-1, 1, false, 0.123456, -0.753",
        "1000, 90000, false, 0.5, 45500",
        "1000, 90000, false, 0.123456, 11990",
        "0.9999, 1.0001, true, 0.25, 0.99995",
        "0.1, 0.7, false, 0.9999999, 0.7",
        "1e20, 1e22, true, 0.5, 1e21"
    })
    void valuesHaveFewDigits(double min, double max, boolean log, double at, String expected) {
        Range range = range(min, max, log, false);
        assertThat(range.value(range.draw(at)).label()).isEqualTo(expected);
    }

    @Test
    void equalValuesHaveOnePosition() {
        Range range = range(0, 1, false, false);
        int first = range.draw(0.25);
        int other = range.draw(0.75);
        assertThat(range.draw(0.2500001)).isEqualTo(first).isNotEqualTo(other);
    }

    @Test
    void onlyWholeNumbersAreCounted() {
        assertThat(range(8, 64, false, true).size()).isEqualTo(57);
        assertThat(range(-1e9, 1e9, false, true).size()).isEqualTo(2_000_000_001L);
        assertThat(range(0, 1, false, false).size()).isEqualTo(Long.MAX_VALUE);
    }

    private static Map<Integer, Integer> counts(Range range, int draws) {
        Map<Integer, Integer> counts = new TreeMap<>();
        for (int i = 0; i < draws; i++) {
            String label = range.value(range.draw((i + 0.5) / draws)).label();
            counts.merge(Integer.valueOf(label), 1, Integer::sum);
        }
        return counts;
    }

    private static Range range(double min, double max, boolean log, boolean integer) {
        return new Range(min, max, new Range.Kind(log, integer), new Place(1, 1));
    }
}
