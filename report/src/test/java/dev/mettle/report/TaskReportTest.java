package dev.mettle.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mettle.core.data.Task;
import dev.mettle.core.instance.HeldOut;
import dev.mettle.core.study.HeldOutLoss;
import dev.mettle.core.study.ScaleKind;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reports of classifications, of several outputs and of other losses than the squared error. */
class TaskReportTest {
    private static final Path SAMPLES = Path.of("target", "report-samples");
    private static final Task DIGITS =
            new Task.Classification("digit", Task.Classification.numbered(10));

    private static SyntheticRun finished(Task task, HeldOutLoss loss, ScaleKind... scales) {
        SyntheticRun run = new SyntheticRun();
        run.task = task;
        run.loss = loss;
        run.scales = List.of(scales);
        run.fragile = 0;
        return run.withCandidates(12).race(10).certify();
    }

    private static String report(String name, SyntheticRun run) throws IOException {
        Path file = Files.createDirectories(SAMPLES).resolve(name + ".html");
        HtmlReport.write(run, file);
        String html = Files.readString(file);
        assertThat(html.substring(html.indexOf("<header>"), html.indexOf("<footer>")))
                .doesNotContain(
                        "NaN", "undefined", "Infinity", "%s", "Baselines are", "Against the");
        return html.substring(0, html.indexOf("<footer>"));
    }

    @Test
    void aCrossEntropyIsNamedWithItsUnitAndTheErrorRateStandsBesideIt() throws IOException {
        SyntheticRun run = finished(DIGITS, new HeldOutLoss.CrossEntropy(), ScaleKind.NONE);
        double bound = run.certificates.getFirst().bound();
        assertThat(report("cross-entropy", run))
                .contains(
                        "will have a cross-entropy of at most <b>"
                                + Digits.upperBound(bound)
                                + "</b>",
                        "guessing evenly among 10 classes has 2.3 nats",
                        "\"title\":\"cross-entropy (nats)\"",
                        "\"title\":\"mean of the cross-entropy (nats) so far\"",
                        "Losses in cross-entropy (nats)",
                        "error rate, mean",
                        "error rate at most "
                                + Digits.upperPercent(SyntheticMetrics.errorRate(bound)),
                        "<td>AUC</td>",
                        "each holds by itself")
                .doesNotContain("squared", "<dt>mean loss</dt>");
    }

    @Test
    void anErrorRateIsShownInPercentEverywhere() throws IOException {
        SyntheticRun run = finished(DIGITS, new HeldOutLoss.ErrorRate(), ScaleKind.NONE);
        double bound = run.certificates.getFirst().bound();
        assertThat(report("error-rate", run))
                .contains(
                        "will have an error rate of at most <b>"
                                + Digits.upperPercent(bound)
                                + "</b>",
                        "guessing evenly among 10 classes is wrong in 90.0\u00a0%",
                        "\"format\":\".3~p\"",
                        "cross-entropy (nats) at most",
                        "<dt>mean error rate</dt>")
                .doesNotContain("\"format\":\".3~g\",\"tickCount\":{\"expr\"");
    }

    @Test
    void severalOutputsHaveAColumnEachWithTheirOwnLossAndBound() throws IOException {
        Task task = new Task.Regression(List.of("energy", "x"));
        SyntheticRun run = finished(task, new HeldOutLoss.Mse(), ScaleKind.LOG, ScaleKind.STANDARD);
        assertThat(report("several", run))
                .contains(
                        "relative mean squared error (1 = a constant model)",
                        "each divided by that of the best constant prediction",
                        "of the variance of energy, x is left unexplained",
                        "<th scope=\"col\">energy</th>",
                        "<th scope=\"col\">x</th>",
                        "mean squared error (ln² units of energy)",
                        "mean squared error (x squared)",
                        "loss of energy at most ",
                        "loss of x, mean");
    }

    @Test
    void lossesOfOneTargetAreNamedWithTheirUnit() {
        assertThat(meaning(new HeldOutLoss.Mae(), ScaleKind.STANDARD).axisTitle())
                .isEqualTo("mean absolute error (units of energy)");
        assertThat(meaning(new HeldOutLoss.Mae(), ScaleKind.STANDARD).sentence(2.5))
                .contains("off by 2.5 in its own unit on average");
        assertThat(meaning(new HeldOutLoss.Mae(), ScaleKind.LOG).sentence(0.07))
                .contains("off by about 7.0\u00a0% on average");
        assertThat(meaning(new HeldOutLoss.Quantile(0.9), ScaleKind.NONE).axisTitle())
                .isEqualTo("quantile loss (q = 0.9) (units of energy)");
        assertThat(meaning(new HeldOutLoss.Quantile(0.9), ScaleKind.NONE).sentence(1))
                .contains("below the target costs 0.90, each above it 0.10");
        assertThat(meaning(new HeldOutLoss.Mse(), ScaleKind.LOG).axisTitle())
                .isEqualTo("loss (ln² units of energy)");
    }

    private static LossMeaning meaning(HeldOutLoss loss, ScaleKind scale) {
        SyntheticRun run = new SyntheticRun();
        run.loss = loss;
        run.scale = scale;
        return new LossMeaning(run.plan());
    }

    @Test
    void metricsOfALogarithmAreRelativeAndOthersKeepTheirUnit() {
        SyntheticRun run = new SyntheticRun();
        run.task = new Task.Regression(List.of("energy", "x"));
        run.scales = List.of(ScaleKind.LOG, ScaleKind.NONE);
        MetricMeaning meaning = new MetricMeaning(run.plan());
        assertThat(meaning.label("sigma_eff.energy")).isEqualTo("σ_eff(energy)/energy");
        assertThat(meaning.label("sigma_eff.x")).isEqualTo("σ_eff(x)");
        assertThat(meaning.value("sigma_eff.energy", 0.0432, 0.0012))
                .isEqualTo("(4.32 ± 0.12)\u00a0%");
        assertThat(meaning.value("bias.x", 0.5, 0.12)).isEqualTo("0.50 ± 0.12");
        run.task = Task.regression("energy");
        MetricMeaning one = new MetricMeaning(run.plan());
        assertThat(one.label(HeldOut.R2)).isEqualTo("R² of ln(energy)");
        assertThat(one.label("other")).isEqualTo("other");
        assertThat(one.besideTheLoss()).isEmpty();
    }
}
