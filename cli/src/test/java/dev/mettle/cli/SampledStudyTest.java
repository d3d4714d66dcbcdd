package dev.mettle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A study that draws its candidates, from the command line. */
class SampledStudyTest {
    private static final String STUDY =
            Cli.root().resolve("examples/digits/sampled.yaml").toString();

    @TempDir private Path directory;

    @Test
    void validateSaysHowManyPointsWereDrawnAndListsTheCandidates() throws IOException {
        Cli text = Cli.run("validate", STUDY, "--list");
        assertThat(text.out())
                .contains(
                        "sampling     sobol: 66 points drawn, 0 dropped as duplicates, 2"
                                + " excluded\n")
                .contains("  net=dense,hidden=103,smoothing=0.1434,lr=0.03995\n");
        JsonNode document =
                new ObjectMapper().readTree(Cli.run("validate", STUDY, "--list", "--json").out());
        assertThat(document.get("sampling").toString())
                .isEqualTo(
                        "{\"method\":\"sobol\",\"count\":64,\"rounds\":1,\"points\":66,"
                                + "\"duplicates\":0,\"excluded\":2}");
        assertThat(document.get("list").get(1).get("settings").get("lr").asDouble())
                .isEqualTo(0.001176);
    }

    @Test
    void aCandidateIsNamedByItsRoundedValueOrTheNearestAreShown() {
        Cli found = assess("lr=0.039950,hidden=103");
        assertThat(found.exitCode()).isZero();
        Cli near = assess("lr=0.0399");
        assertThat(near.exitCode()).isEqualTo(ExitCode.WRONG_INPUT);
        assertThat(near.err()).contains("Nearest values of lr: 0.03995, ");
    }

    @Test
    void theReportOfARunPutsRangesIntoGroups() throws IOException {
        Path study = directory.resolve("study.yaml");
        Files.writeString(
                study,
                Files.readString(Path.of(STUDY))
                        .replace("digits.npz", Path.of(STUDY).resolveSibling("digits.npz") + "")
                        .replace("epochs: 40", "epochs: 1")
                        .replaceAll("certificate: .*", "certificate: none"));
        Cli run = Cli.run("run", study.toString(), "--out", directory.resolve("run").toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(directory.resolve("run/report.html"))
                .content()
                .contains("are in groups of about as many candidates each");
    }

    private Cli assess(String candidate) {
        return Cli.run(
                "assess",
                STUDY,
                "--candidate",
                candidate,
                "--instances",
                "2",
                "--out",
                directory.resolve("assess").toString());
    }
}
