package dev.mettle.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mettle.core.statistics.Losses;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What reports say of candidates that were assessed. */
class AssessmentReportTest {
    private static final Path SAMPLES = Path.of("target", "report-samples");

    private static String report(String name, SyntheticRun run) throws IOException {
        Path file = Files.createDirectories(SAMPLES).resolve(name + ".html");
        HtmlReport.write(run, file);
        String html = Files.readString(file);
        return html.substring(html.indexOf("<header>"), html.indexOf("<footer>"));
    }

    @Test
    void aRunWithAssessmentsAloneSaysSoKindlyAndShowsThem() throws IOException {
        SyntheticRun run = new SyntheticRun();
        run.fragile = 0;
        run.withCandidates(12).assess(0, 30).assess(5, 8);
        String html = report("assessed-only", run);
        assertThat(html)
                .contains(
                        "2 candidates were assessed; no race was run here",
                        "is robust: cv is",
                        "is undecided: 8 instances are too few; a verdict needs 20",
                        "This run holds 38 trainings",
                        "all 12 candidates race",
                        "<td>trainings of assessments</td><td>38</td>")
                .contains(
                        "id=\"plot-assessment-losses\"",
                        "id=\"plot-assessment-1-histogram\"",
                        "id=\"plot-assessment-2-shares\"",
                        "studentised bootstrap, 1,999 resamples",
                        "<td>failure rate</td>",
                        "On these 2,000 validation rows: with other rows its mean loss")
                .doesNotContain("The race is not finished", "Nothing is trained yet");
    }

    @Test
    void assessmentsStandBesideTheRaceWhoseWinnerStaysTheAnswer() throws IOException {
        SyntheticRun run = new SyntheticRun();
        run.fragile = 0;
        run.withCandidates(12).race(10).certify().assess(3, 20);
        String html = report("assessed", run);
        assertThat(html)
                .contains("is certified", "<h2>Assessment</h2>", "id=\"plot-assessment-1-shares\"");
        assertThat(html.indexOf("is certified")).isLessThan(html.indexOf("<h2>Assessment</h2>"));
    }

    @Test
    void failuresAreCountedInEveryPlotAndNeverDropped() throws IOException {
        SyntheticRun run = new SyntheticRun();
        run.fragile = 1;
        run.explosion = 0.3;
        run.withCandidates(4).assess(0, 30);
        int failures =
                run.losses(run.candidates.getFirst().id(), dev.mettle.core.random.Purpose.ASSESS)
                        .failures();
        String html = report("assessed-failures", run);
        assertThat(failures).isPositive();
        assertThat(html)
                .contains(
                        "is not robust: %d of 30 instances failed.".formatted(failures),
                        "“%d × ∞” at the right edge counts".formatted(failures),
                        "\"failed\":\"%d × ∞\"".formatted(failures),
                        "certain, because an instance failed");
        run.explosion = 1;
    }

    @Test
    void whereEveryTrainingFailedThereIsNothingToDraw() throws IOException {
        SyntheticRun run = new SyntheticRun();
        run.fragile = 1;
        run.explosion = 1;
        run.withCandidates(2).assess(0, 5);
        assertThat(report("assessed-all-failed", run))
                .contains("is not robust: 5 of 5 instances failed.")
                .doesNotContain("id=\"plot-assessment");
    }

    @Test
    void barsOfAHistogramHoldEveryFiniteLossOnce() {
        double infinity = Double.POSITIVE_INFINITY;
        for (Losses losses :
                List.of(
                        Losses.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
                        Losses.of(1, 1, 1),
                        Losses.of(0),
                        Losses.of(-3, -2, 5, infinity),
                        Losses.of(1, 1, 1, 1, 1, 1, 1, 2),
                        Losses.of(1e-300, 1e300))) {
            List<Histogram.Bar> bars = Histogram.of(losses, losses.min() > 0);
            assertThat(bars.stream().mapToInt(Histogram.Bar::count).sum())
                    .isEqualTo(losses.count() - losses.failures());
            assertThat(bars).allSatisfy(bar -> assertThat(bar.from()).isLessThan(bar.to()));
            assertThat(bars).hasSizeBetween(1, 30);
        }
        assertThat(Histogram.of(Losses.of(infinity), false)).isEmpty();
    }

    /** NumPy: histogram_bin_edges(range(1, 101), "fd") has 5 bars of width 19.8. */
    @Test
    void barsAreAsWideAsFreedmanAndDiaconisSay() {
        double[] hundred = new double[100];
        Arrays.setAll(hundred, i -> i + 1);
        List<Histogram.Bar> bars = Histogram.of(Losses.of(hundred), false);
        assertThat(bars).hasSize(5);
        assertThat(bars.getFirst()).isEqualTo(new Histogram.Bar(1, 20.8, 20));
        List<Double> ratios = new ArrayList<>();
        Histogram.of(Losses.of(hundred), true).forEach(bar -> ratios.add(bar.to() / bar.from()));
        assertThat(ratios)
                .allSatisfy(ratio ->
                        assertThat(ratio)
                                .isCloseTo(
                                        ratios.getFirst(),
                                        org.assertj.core.api.Assertions.within(1e-9)));
    }
}
