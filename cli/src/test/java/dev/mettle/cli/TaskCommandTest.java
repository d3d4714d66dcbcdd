package dev.mettle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Classifications and several outputs from study file to report. */
class TaskCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path EXAMPLES = Cli.root().resolve("examples");
    private static final Path POINTS =
            Cli.root().resolve("cli/src/test/resources/dev/mettle/cli/binary.npz");

    @TempDir private Path directory;

    private Path study(String data, String task, String network, String loss) throws IOException {
        return Files.writeString(
                directory.resolve("study.yaml"),
                """
                study: small
                seed: 3
                data: {%s, validation: 200, test: 200}
                task: %s
                sample: 150
                model: {network: [%s]}
                space: {lr: [0.01, 0.02]}
                training: {loss: %s, optimizer: {name: adam, lr: $lr}, batch: 32, epochs: 8, stability: none}
                selection: {warmup: 2, instances: 3, survivors: 1}
                """
                        .formatted(data, task, network, loss));
    }

    private Path digits(String loss) throws IOException {
        return study(
                "file: '%s', input: image, target: digit"
                        .formatted(EXAMPLES.resolve("digits/digits.npz")),
                "classification",
                "flatten, dense: 12, activation: relu, dense: 10",
                loss);
    }

    private JsonNode run(Path study) throws IOException {
        Cli result = Cli.run("run", study, "--out", directory.resolve("run"), "--json");
        assertThat(result.exitCode()).as(result.err()).isZero();
        return JSON.readTree(result.out());
    }

    @Test
    void aClassificationIsSelectedByCrossEntropyAndItsErrorRateBoundedToo() throws IOException {
        Path study = digits("{name: cross_entropy, label_smoothing: 0.1}");
        JsonNode winner = run(study).get("winner");
        JsonNode metrics = winner.get("metrics");
        assertThat(metrics.fieldNames())
                .toIterable()
                .containsExactly("cross_entropy", "error_rate", "accuracy", "auc");
        assertThat(metrics.at("/cross_entropy/mean")).isEqualTo(winner.at("/losses/mean"));
        assertThat(metrics.at("/error_rate/max").asDouble())
                .isBetween(metrics.at("/error_rate/mean").asDouble(), 0.6);
        assertThat(winner.at("/certificate/metric_bounds").fieldNames())
                .toIterable()
                .containsExactly("error_rate");
        assertThat(winner.at("/certificate/metric_bounds/error_rate"))
                .isEqualTo(metrics.at("/error_rate/max"));
        assertThat(winner.at("/certificate/conditional_on").toString())
                .contains("2 bounds from the same trainings", "confidence of 90.0 %");
        Path run = directory.resolve("run");
        assertThat(Cli.run("run", study, "--out", run).out())
                .contains(
                        "59 instances, cross-entropy (nats): mean",
                        "metrics    cross-entropy ",
                        "error rate ",
                        "have a cross-entropy of at most",
                        "each with that confidence by itself: error rate at most")
                .contains("baseline   logistic regression: mean ", " is worse: its mean loss is ");
        assertThat(Cli.run("certify", run).out()).contains("error rate at most");
        JsonNode certificates = JSON.readTree(Cli.run("certify", run, "--json").out());
        assertThat(certificates.get(0).get("metric_bounds").toString())
                .isEqualTo(winner.at("/certificate/metric_bounds").toString());
        assertThat(run.resolve("report.html")).content().contains("cross-entropy (nats)");
        assertThat(header(run)).contains("cross_entropy", "error_rate", "accuracy", "auc");
        JsonNode rows = JSON.readTree(Cli.run("ledger", run, "--format", "json").out());
        assertThat(rows.get(0).get("error_rate").asDouble()).isPositive();
    }

    @Test
    void theErrorRateCanBeTheLossItself() throws IOException {
        Path study = digits("cross_entropy");
        Files.writeString(
                study,
                Files.readString(study).replace("selection: {", "selection: {loss: error_rate, "));
        JsonNode winner = run(study).get("winner");
        assertThat(winner.at("/metrics/error_rate/mean")).isEqualTo(winner.at("/losses/mean"));
        assertThat(winner.at("/certificate/metric_bounds/cross_entropy"))
                .isEqualTo(winner.at("/metrics/cross_entropy/max"));
        assertThat(Cli.run("run", study, "--out", directory.resolve("run")).out())
                .containsPattern("error rate: mean [0-9.]+ %")
                .containsPattern("have an error rate of at most [0-9.]+ %");
    }

    @Test
    void twoClassesAreTrainedByBceWithOneOutput() throws IOException {
        Path study =
                study(
                        "file: '%s', input: features, target: inside, classes: [outside, inside]"
                                .formatted(POINTS),
                        "classification",
                        "dense: 12, activation: tanh, dense: 1",
                        "bce");
        JsonNode winner = run(study).get("winner");
        assertThat(winner.at("/metrics/auc/min").asDouble()).isGreaterThan(0.6);
        assertThat(winner.at("/losses/mean").asDouble()).isLessThan(Math.log(2));
        assertThat(Cli.run("validate", study).out())
                .contains(
                        "task         classification of inside into 2 classes; held-out loss:"
                                + " cross-entropy (nats)");
        assertThat(JSON.readTree(Cli.run("validate", study, "--json").out()).get("classes"))
                .isEqualTo(JSON.readTree("[\"outside\", \"inside\"]"));
    }

    @Test
    void severalOutputsHaveTheirOwnLossesAndBounds() throws IOException {
        Path study =
                study(
                        ("file: '%s', input: cells, input_scale: asinh, target: [energy, x, y],"
                                        + " scale: {energy: log, x: standard, y: standard}")
                                .formatted(Cli.SHOWERS),
                        "regression",
                        "maxpool: 3, flatten, dense: 8, activation: tanh, dense: 3",
                        "mse");
        JsonNode document = run(study);
        JsonNode winner = document.get("winner");
        double mean = winner.at("/losses/mean").asDouble();
        assertThat(mean).isPositive().isLessThan(1.5);
        assertThat(document.at("/baseline/name").asText()).isEqualTo("ridge regression");
        assertThat(winner.at("/certificate/metric_bounds").fieldNames())
                .toIterable()
                .containsExactly("loss.energy", "loss.x", "loss.y");
        assertThat(winner.get("metrics").has("sigma_eff.x")).isTrue();
        assertThat(header(directory.resolve("run")))
                .contains("loss.energy", "rmse.energy", "sigma_eff.y");
        assertThat(Cli.run("validate", study).out())
                .contains("regression of 3 targets (energy, x, y); held-out loss: relative mean");
        assertThat(Cli.run("run", study, "--out", directory.resolve("run")).out())
                .contains(
                        "relative resolution (sigma_eff) of energy",
                        "sigma_eff of y",
                        "loss of x at most");
        Cli assessed =
                Cli.run(
                        "assess",
                        study,
                        "--candidate",
                        "winner",
                        "--instances",
                        2,
                        "--out",
                        directory.resolve("run"));
        assertThat(assessed.out())
                .contains("; loss: relative mean squared error", "sigma_eff of x");
    }

    @Test
    void aLossOfTheOtherTaskIsRefusedWithARemedy() throws IOException {
        Cli result =
                Cli.run("run", digits("mse"), "--out", directory.resolve("run"), "--threads", 1);
        assertThat(result.exitCode()).isEqualTo(ExitCode.WRONG_INPUT);
        assertThat(result.err().lines()).hasSize(1);
        assertThat(result.err())
                .contains("study.yaml:8:18: loss mse is for a regression", "cross_entropy or bce");
        assertThat(directory.resolve("run")).doesNotExist();
    }

    @Test
    void theExamplesAreValid() {
        for (String example : List.of("digits/digits.yaml", "calorimeter/energy-position.yaml")) {
            Cli result = Cli.run("validate", EXAMPLES.resolve(example));
            assertThat(result.exitCode()).as(result.err()).isZero();
            assertThat(result.out()).contains("is valid").doesNotContain("warning");
        }
    }

    private static List<String> header(Path run) {
        return List.of(
                Cli.run("ledger", run, "--format", "csv")
                        .out()
                        .lines()
                        .findFirst()
                        .orElseThrow()
                        .split(","));
    }
}
