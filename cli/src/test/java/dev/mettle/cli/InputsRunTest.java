package dev.mettle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Categorical columns, features inside a network and augmentation, from file to certificate. */
class InputsRunTest {
    private static final int ROWS = 600;

    @TempDir private Path directory;

    /** Images whose target depends on the row's region; few rows are of the last one. */
    private Path study(String... replacements) throws IOException {
        Path data = directory.resolve("data.npz");
        if (!Files.exists(data)) { // archives of another minute have other bytes
            write(data);
        }
        String text =
                """
                study: inputs
                data:
                  file: %s
                  input: cells
                  target: energy
                  features: [tilt]
                  categories: [region, month: 12]
                  validation: 100
                  test: 100
                sample: 80
                model:
                  network:
                    - concat: features
                    - conv2d: {channels: 3, kernel: 3}
                    - activation: relu
                    - embedding: {column: month, dim: 1}
                    - maxpool: 2
                    - flatten
                    - embedding: {column: region, dim: $dim}
                    - dense: 8
                    - activation: tanh
                    - dense: 1
                space:
                  dim: [1, 3]
                  shift: [0, 2]
                training:
                  optimizer: {name: adam, lr: 0.01}
                  batch: 16
                  epochs: 8
                  augment: {shift: $shift, flip: both, noise: 0.05}
                selection: {algorithm: exhaustive, instances: 4}
                """
                        .formatted(data.toString().replace(File.separatorChar, '/'));
        for (int i = 0; i < replacements.length; i += 2) {
            assertThat(text).contains(replacements[i]);
            text = text.replace(replacements[i], replacements[i + 1]);
        }
        return Files.writeString(directory.resolve("study.yaml"), text);
    }

    private static void write(Path data) throws IOException {
        new Npz()
                .floats("cells", "(600, 6, 6)", ROWS * 36, i -> i * 31 % 23 / 8.0)
                .doubles("region", "(600,)", ROWS, i -> i % 100 == 99 ? 4 : i % 4)
                .doubles("month", "(600, 1)", ROWS, i -> i * 7 % 12)
                .doubles("tilt", "(600,)", ROWS, i -> i * 11 % 29 / 29.0)
                .doubles(
                        "energy",
                        "(600,)",
                        ROWS,
                        i -> 1 + i % 4 + i * 11 % 29 / 29.0 + i * 31 % 23 / 80.0)
                .writeTo(data);
    }

    @Test
    void threadsAndKillsChangeNoBit() throws Exception {
        Path study = study("epochs: 8", "epochs: 60");
        Path whole = directory.resolve("whole");
        Path killed = directory.resolve("killed");
        long milliseconds = Kills.ofRun(directory, study, whole).whole("whole.txt");
        int kills =
                Kills.ofRun(directory, study, killed)
                        .kill("killed.txt", 4, 7, milliseconds / 4, milliseconds / 3);
        Kills.ofRun(directory, study, killed).whole("last.txt");
        assertThat(kills).isPositive();
        Kills.assertSameBits(killed, whole);
    }

    @Test
    void aRunIsCertifiedAndItsBaselineSeesTheCategories() throws IOException {
        Path run = directory.resolve("run");
        Cli result = Cli.run("run", study(), "--out", run, "--json");
        assertThat(result.exitCode()).as(result.err()).isZero();
        JsonNode document = new ObjectMapper().readTree(result.out());
        assertThat(document.at("/winner/certificate/certified").asBoolean()).isTrue();
        assertThat(document.at("/baseline/name").asText()).isEqualTo("ridge regression");
        // without the region no line comes near: its share of the variance is 1.25
        assertThat(document.at("/baseline/mean").asDouble()).isLessThan(0.5);
    }

    @Test
    void validateCountsTheWeightsOfTheVectors() throws IOException {
        Cli validated = Cli.run("validate", study());
        assertThat(validated.exitCode()).as(validated.err()).isZero();
        // convolution 3 x (2 x 9 + 1), month 12, region 5 x dim, dense 8 x (16 + dim + 1) + 9
        assertThat(validated.out())
                .contains(
                        "4 (0 excluded), 227 to 253 weights", "categories   region (5), month (12)")
                .doesNotContain("warning");
    }

    @Test
    void columnsThatNoCandidateUsesAreWarnedOf() throws IOException {
        Cli validated =
                Cli.run("validate", study("    - embedding: {column: month, dim: 1}\n", ""));
        assertThat(validated.exitCode()).as(validated.err()).isZero();
        assertThat(validated.out())
                .contains(
                        "warning: no candidate uses the categorical column 'month'; add embedding:"
                                + " {column: month, dim: 4} to the network.");
    }

    @Test
    void codesOutOfRangeAreReportedWithTheirRow() throws IOException {
        Cli validated = Cli.run("validate", study("month: 12", "month: 11"));
        assertThat(validated.exitCode()).isEqualTo(ExitCode.WRONG_INPUT);
        assertThat(validated.err())
                .contains(
                        "study.yaml:7:15: ",
                        "array 'month', row 5: code 11 is too large; the study says that there are"
                                + " 11 codes, 0 to 10.");
    }

    @Test
    void theSameColumnsMeanTheSameStudy() throws IOException {
        Path run = directory.resolve("run");
        assertThat(Cli.run("run", study(), "--out", run).exitCode()).isZero();
        Cli again =
                Cli.run(
                        "run",
                        study("[region, month: 12]", "{region: 5, month: 12}"),
                        "--out",
                        run);
        assertThat(again.exitCode()).isEqualTo(ExitCode.WRONG_INPUT);
        Cli reformatted =
                Cli.run("run", study("[region, month: 12]", "[region, {month: 12}]"), "--out", run);
        assertThat(reformatted.exitCode()).as(reformatted.err()).isZero();
    }
}
