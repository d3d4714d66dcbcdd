package dev.mettle.report;

import static org.assertj.core.api.Assertions.assertThat;

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
        assertThat(meaning(ScaleKind.STANDARD).sentence(6.25))
                .contains("off by about 2.5 in its own unit");
    }
}
