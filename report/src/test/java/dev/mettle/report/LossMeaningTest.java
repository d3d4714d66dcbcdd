package dev.mettle.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mettle.core.instance.HeldOut;
import dev.mettle.core.study.ScaleKind;

import org.junit.jupiter.api.Test;

class LossMeaningTest {
    private static LossMeaning meaning(ScaleKind scale) {
        SyntheticRun run = new SyntheticRun();
        run.scale = scale;
        return new LossMeaning(run.plan());
    }

    @Test
    void aSmallLossOfLogarithmsIsARelativeError() {
        assertThat(meaning(ScaleKind.LOG).sentence(0.0049))
                .contains("energy that are typically off by about 7.0\u00a0%");
    }

    @Test
    void aLargeLossOfLogarithmsIsAFactor() {
        assertThat(meaning(ScaleKind.LOG).sentence(0.48045))
                .contains("off by a factor of about 2.0");
    }

    @Test
    void anyOtherLossIsInTheUnitOfTheTarget() {
        LossMeaning meaning = meaning(ScaleKind.STANDARD);
        assertThat(meaning.sentence(6.25)).contains("off by about 2.5 in its own unit");
        assertThat(meaning.value(HeldOut.BIAS, 0.5, 0.12)).isEqualTo("0.50 ± 0.12");
    }

    @Test
    void metricsOfALogarithmAreRelativeAndOthersKeepTheirName() {
        LossMeaning meaning = meaning(ScaleKind.LOG);
        assertThat(meaning.label(HeldOut.SIGMA_EFF)).isEqualTo("σ_eff(energy)/energy");
        assertThat(meaning.value(HeldOut.SIGMA_EFF, 0.0432, 0.0012))
                .isEqualTo("(4.32 ± 0.12)\u00a0%");
        assertThat(meaning.label("accuracy")).isEqualTo("accuracy");
        assertThat(meaning.value("accuracy", 0.9, 0.05)).isEqualTo("0.900 ± 0.050");
    }
}
