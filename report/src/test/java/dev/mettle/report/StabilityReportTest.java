package dev.mettle.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What reports say of how stable a choice is. */
class StabilityReportTest {
    private static final Path SAMPLES = Path.of("target", "report-samples");

    private static String report(String name, SyntheticRun run) throws IOException {
        Path file = Files.createDirectories(SAMPLES).resolve(name + ".html");
        HtmlReport.write(run, file);
        String html = Files.readString(file);
        return html.substring(html.indexOf("<header>"), html.indexOf("<footer>"));
    }

    private static SyntheticRun exhaustive(int instances) {
        SyntheticRun run = new SyntheticRun();
        run.warmup = instances + 1; // nobody is dropped
        run.instances = instances;
        run.certificate = Optional.empty();
        return run;
    }

    @Test
    void aRaceWithoutEliminationsSaysHowStableItsChoiceIs() throws IOException {
        String html = report("stability", exhaustive(50).withCandidates(24).race(50));
        assertThat(html)
                .contains("<h2>How stable the choice is</h2>", "200 repeats", "per candidate")
                .contains(
                        "id=\"plot-stability-1-probabilities\"",
                        "id=\"plot-stability-1-regret\"",
                        "id=\"plot-stability-1-picks\"")
                .contains(
                        "The best of the full table is best partly by luck",
                        "race, up to 50",
                        "25 trainings choose and 25 judge");
    }

    @Test
    void withPerEveryValueIsAChoiceOfItsOwn() throws IOException {
        SyntheticRun run = exhaustive(20);
        run.per = Optional.of("bias");
        String html = report("stability-per", run.withCandidates(12).race(20));
        assertThat(html)
                .contains("<h3>bias=true</h3>", "<h3>bias=false</h3>")
                .contains("id=\"plot-stability-2-picks\"");
    }

    @Test
    void aRaceThatDroppedCandidatesCannotKnow() throws IOException {
        SyntheticRun run = new SyntheticRun();
        run.certificate = Optional.empty();
        assertThat(report("stability-none", run.withCandidates(24).race(10)))
                .doesNotContain("How stable the choice is");
    }

    @Test
    void oneCandidateOrNoneThatHoldsIsNoChoice() throws IOException {
        assertThat(report("stability-one", exhaustive(10).withCandidates(1).race(10)))
                .doesNotContain("How stable the choice is");
        SyntheticRun failing = exhaustive(10);
        failing.fragile = 1;
        failing.explosion = 1;
        assertThat(report("stability-failing", failing.withCandidates(4).race(10)))
                .contains("every candidate failed")
                .doesNotContain("How stable the choice is");
    }
}
