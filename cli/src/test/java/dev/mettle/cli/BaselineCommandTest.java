package dev.mettle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

class BaselineCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir private Path directory;

    private Path study(String data, String network, String rest) throws IOException {
        Npz.sound().writeTo(directory.resolve("data.npz"));
        Path file = directory.resolve("study.yaml");
        Files.writeString(
                file,
                """
                study: any
                data:
                  file: data.npz
                  %s
                  validation: 40
                  test: 40
                sample: 40
                model:
                  network: %s
                training: {optimizer: {name: adam, lr: 0.01}, batch: 8, epochs: 6}
                selection: {algorithm: exhaustive, instances: 5}
                %s
                """
                        .formatted(data.replace("\n", "\n  "), network, rest));
        return file;
    }

    private Path tabular() throws IOException {
        return study("input: table\ntarget: energy", "[dense: 1]", "");
    }

    @Test
    void theEnergyOfShowersHasTheCalibratedSum() throws IOException {
        Cli result = Cli.run("baseline", Cli.study(directory), "--instances", 12);
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out())
                .contains(
                        "calibrated energy sum: fitted on 12 samples of 600 rows, measured on 500"
                                + " test rows",
                        "  mean       0.000",
                        "(95 % interval ",
                        "sigma_eff",
                        "first fit  reference_sum ",
                        "no initial weights");
    }

    @Test
    void theDocumentHasItsFields() throws IOException {
        Cli result = Cli.run("baseline", Cli.study(directory), "--json", "--threads", 2);
        JsonNode document = JSON.readTree(result.out());
        assertThat(document.propertyStream().map(java.util.Map.Entry::getKey))
                .containsExactly(
                        "study",
                        "name",
                        "instances",
                        "sample",
                        "held_out",
                        "losses",
                        "metrics",
                        "criteria",
                        "constants");
        assertThat(document.get("instances").asInt()).isEqualTo(59);
        assertThat(document.get("held_out").asText()).isEqualTo("test");
        assertThat(document.at("/losses/mean").asDouble()).isBetween(0.0003, 0.001);
        assertThat(document.at("/criteria/mean/low").asDouble())
                .isLessThan(document.at("/losses/mean").asDouble());
    }

    @Test
    void theNumberOfThreadsDoesNotChangeABit() throws IOException {
        Path study = Cli.study(directory);
        assertThat(Cli.run("baseline", study, "--json", "--threads", 3).out())
                .isEqualTo(Cli.run("baseline", study, "--json", "--threads", 1).out());
    }

    @Test
    void aRunMeasuresTheSame() throws IOException {
        Path study = Cli.study(directory);
        Path run = directory.resolve("run");
        JsonNode ofRun = JSON.readTree(Cli.run("run", study, "--out", run, "--json").out());
        JsonNode alone = JSON.readTree(Cli.run("baseline", study, "--json").out());
        assertThat(ofRun.at("/baseline/mean")).isEqualTo(alone.at("/losses/mean"));
        assertThat(ofRun.at("/baseline/cv")).isEqualTo(alone.at("/losses/cv"));
        assertThat(Cli.run("run", study, "--out", run).out())
                .contains(
                        "baseline   calibrated energy sum: mean ", " is worse: its mean loss is ");
    }

    @Test
    void otherNumbersHaveRidgeRegressionAndClassesLogisticRegression() throws IOException {
        Cli ridge = Cli.run("baseline", tabular());
        assertThat(ridge.exitCode()).as(ridge.err()).isZero();
        assertThat(ridge.out())
                .contains(
                        "ridge regression: fitted on 59 samples of 40 rows, measured on 40"
                                + " test rows",
                        "penalty ",
                        "effective_parameters ");
        Cli logistic =
                Cli.run(
                        "baseline",
                        study(
                                "input: table\ntarget: label\nclasses: [a, b, c]",
                                "[dense: 3]",
                                "task: classification"));
        assertThat(logistic.exitCode()).as(logistic.err()).isZero();
        assertThat(logistic.out()).contains("logistic regression: fitted on 59", "error rate ");
    }

    @Test
    void mistakesAreExplained() throws IOException {
        Cli none = Cli.run("baseline", tabular(), "--instances", 0);
        assertThat(none.exitCode()).isEqualTo(2);
        assertThat(none.err()).contains("--instances 0: must be 1 or more");
        Cli missing = Cli.run("baseline", directory.resolve("none.yaml"));
        assertThat(missing.exitCode()).isEqualTo(2);
        assertThat(missing.err()).contains("none.yaml").doesNotContain("Exception");
    }

    @Test
    void nothingIsWritten() throws IOException {
        Path study = tabular();
        Cli.run("baseline", study);
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("data.npz", "study.yaml");
        }
    }
}
