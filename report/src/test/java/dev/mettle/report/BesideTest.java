package dev.mettle.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BesideTest {
    @ParameterizedTest
    @CsvSource({
        "0.5, better: its mean loss is 2.0 times smaller",
        "0.989, better: its mean loss is 1.10 % smaller",
        "1.25, worse: its mean loss is 25.0 % larger",
        "3, worse: its mean loss is 3.0 times larger",
        "Infinity, cannot be compared by their means: one of them is infinite or 0",
        "NaN, cannot be compared by their means: one of them is infinite or 0"
    })
    void meansAreComparedByAPercentageWhenClose(double ratio, String relation) {
        assertThat(Beside.relation(ratio).replaceAll("\\p{Zs}", " ")).isEqualTo(relation);
    }
}
