package dev.mettle.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.List;

/** The section on where the randomness comes from. */
class DecompositionReportTest {
    private static SyntheticRun run() {
        return new SyntheticRun().withCandidates(4).race(10);
    }

    private static String candidate(SyntheticRun run, int number) {
        return run.candidates().get(number).id();
    }

    private static List<String> names(SyntheticRun run) {
        return Figure.of(run).stream()
                .map(Figure::name)
                .filter(name -> name.startsWith("randomness"))
                .toList();
    }

    private static JsonNode spec(SyntheticRun run, String name) throws IOException {
        return new ObjectMapper()
                .readTree(
                        Figure.of(run).stream()
                                .filter(figure -> figure.name().equals(name))
                                .findFirst()
                                .orElseThrow()
                                .specification());
    }

    @Test
    void aRunWithoutAGridHasNoSuchSection() throws IOException {
        assertThat(HtmlReportTest.report("no-grid", run()))
                .doesNotContain("Where the randomness comes from");
    }

    @Test
    void aGridWithArmsIsShownAsBarsHeatMapAndStrips() throws IOException {
        SyntheticRun run = run();
        SyntheticGrid.add(run, candidate(run, 0), 60, _ -> false, 16, 16);
        String html = HtmlReportTest.report("grid", run);
        assertThat(html)
                .contains(
                        "Where the randomness comes from",
                        "of the variance of log-loss",
                        "16 sets of initial weights and 16 training samples, each with each: 256"
                                + " trainings, none of which failed.",
                        "order of mini-batches follows from the initial weights",
                        "n/N = 25.0",
                        "Above: ○ one sample, fresh initial weights")
                .doesNotContain("caveat");
        assertThat(names(run))
                .containsExactly("randomness-shares-1", "randomness-grid-1", "randomness-arms-1");
        assertThat(spec(run, "randomness-shares-1").at("/datasets/shares")).hasSize(3);
        assertThat(spec(run, "randomness-shares-1").at("/datasets/corrected")).hasSize(3);
        JsonNode grid = spec(run, "randomness-grid-1");
        assertThat(grid.at("/datasets/cells")).hasSize(256);
        assertThat(grid.at("/encoding/x/sort")).hasSize(16);
        assertThat(spec(run, "randomness-arms-1").at("/datasets/points")).hasSize(120);
    }

    @Test
    void failedTrainingsAreMarkedAndCountedByLevel() throws IOException {
        SyntheticRun run = run();
        SyntheticGrid.add(
                run,
                candidate(run, 1),
                0,
                key -> key.sample() == 3 && key.init() != 2 || key.init() == 5 && key.sample() == 8,
                12,
                10);
        String html = HtmlReportTest.report("grid-with-failures", run);
        assertThat(html)
                .contains(
                        "12 of which failed",
                        "12 of 120 trainings failed. The components are those of the",
                        "Where trainings failed",
                        "Failures cluster by sample",
                        "no sign that failures cluster by init",
                        "White cells with a cross failed");
        JsonNode grid = spec(run, "randomness-grid-1");
        assertThat(grid.at("/datasets/failed")).hasSize(12);
        assertThat(grid.at("/datasets/cells")).hasSize(108);
    }

    @Test
    void whereEverythingFailedItSaysSo() throws IOException {
        SyntheticRun run = run();
        SyntheticGrid.add(run, candidate(run, 0), 0, _ -> true, 5, 5);
        assertThat(HtmlReportTest.report("grid-all-failed", run))
                .contains("Where the variance comes from is undetermined: 25 of 25");
        assertThat(names(run)).isEmpty();
    }

    @Test
    void threeSourcesAndSeveralCandidatesHaveTheirOwnPlots() throws IOException {
        SyntheticRun run = run();
        SyntheticGrid.add(run, candidate(run, 0), 0, _ -> false, 7, 7, 5);
        SyntheticGrid.add(run, candidate(run, 1), 0, _ -> false, 30, 40);
        String html = HtmlReportTest.report("grid-three-sources", run);
        assertThat(html)
                .contains(
                        "7 sets of initial weights, 7 training samples and 5 orders of"
                                + " mini-batches, each with each: 245 trainings",
                        "30 sets of initial weights");
        assertThat(names(run)).hasSize(4);
        assertThat(spec(run, "randomness-shares-1").at("/datasets/shares")).hasSize(7);
        assertThat(spec(run, "randomness-grid-1").at("/datasets/cells")).hasSize(49);
    }
}
