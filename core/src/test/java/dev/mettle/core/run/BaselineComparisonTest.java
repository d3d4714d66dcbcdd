package dev.mettle.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mettle.core.data.Series;
import dev.mettle.core.instance.Evaluation;
import dev.mettle.core.statistics.Losses;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.LinkedHashMap;
import java.util.List;

class BaselineComparisonTest {
    private static BaselineRecord baseline(List<Double> losses) {
        return new BaselineRecord(
                "line",
                losses.stream()
                        .map(loss -> new Evaluation(loss, Series.EMPTY, new LinkedHashMap<>()))
                        .toList());
    }

    private static BaselineComparison ofRatio(double ratio) {
        return new BaselineComparison(baseline(List.of(2.0)), Losses.of(2), ratio, true);
    }

    @ParameterizedTest
    @CsvSource({
        "0.5, better: its mean loss is 2.0 times smaller",
        "0.989, better: its mean loss is 1.1 % smaller",
        "1.25, worse: its mean loss is 25.0 % larger",
        "3, worse: its mean loss is 3.0 times larger",
        "Infinity, not to be compared by its mean: one of the two is infinite or 0",
        "0, not to be compared by its mean: one of the two is infinite or 0",
        "NaN, not to be compared by its mean: one of the two is infinite or 0"
    })
    void meansAreComparedByAPercentageWhenClose(double ratio, String relation) {
        assertThat(
                        ofRatio(ratio)
                                .relation(
                                        share -> "%.1f %%".formatted(100 * share),
                                        "%.1f"::formatted))
                .isEqualTo(relation);
    }

    @Test
    void aDifferenceWithinTheUncertaintyMakesNobodyBetter() {
        BaselineComparison close =
                new BaselineComparison(baseline(List.of(2.0)), Losses.of(2), 0.989, false);
        assertThat(close.relation(share -> "%.1f %%".formatted(100 * share), "%.1f"::formatted))
                .isEqualTo(
                        "as good, as far as these losses can tell: its mean loss is 1.1 % smaller");
    }

    @ParameterizedTest
    @CsvSource({"1.4999, false", "1.5, true", "7, true", "Infinity, false", "NaN, false"})
    void aClearFactorIsMuch(double ratio, boolean much) {
        assertThat(ofRatio(ratio).muchBetterThanWinner()).isEqualTo(much);
    }

    @Test
    void aLossThatIsNotFiniteCountsAsInfinite() {
        assertThat(baseline(List.of(1.0, Double.NaN)).losses().max())
                .isEqualTo(Double.POSITIVE_INFINITY);
    }
}
