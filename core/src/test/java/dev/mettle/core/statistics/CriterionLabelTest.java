package dev.mettle.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

class CriterionLabelTest {
    static List<Criterion> all() {
        return List.of(
                new Criterion.Mean(),
                new Criterion.Median(),
                new Criterion.Max(),
                new Criterion.Iqr(),
                new Criterion.Std(),
                new Criterion.Cv(),
                new Criterion.Quantile(0.9),
                new Criterion.Cvar(0.95),
                new Criterion.MeanPlusStd(2));
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyLabelIsReadBack(Criterion criterion) {
        assertThat(CriterionLabel.parse(criterion.label())).contains(criterion);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "mode",
                "quantile",
                "quantile(2)",
                "quantile(x)",
                "cvar(1)",
                "mean_plus_std(-1)"
            })
    void anythingElseIsUnknown(String label) {
        assertThat(CriterionLabel.parse(label)).isEmpty();
    }
}
