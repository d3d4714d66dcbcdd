package dev.mettle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntPredicate;

/** Held-out rows that are not random, from file to certificate. */
class SplitRunTest {
    private static final int ROWS = 600;

    @TempDir private Path directory;

    private Path study(String file, String split) throws IOException {
        String text =
                """
                study: splits
                data:
                  file: %s
                  input: [age, bmi]
                  target: risk
                %ssample: 100
                model: {network: [dense: $h, activation: tanh, dense: 1]}
                space: {h: [3, 5]}
                training: {optimizer: {lr: 0.01}, batch: 20, epochs: 3}
                selection: {algorithm: exhaustive, instances: 3}
                """
                        .formatted(file, split.indent(2));
        return Files.writeString(directory.resolve("a.yaml"), text);
    }

    private void table(String name, IntPredicate wanted) throws IOException {
        StringBuilder table = new StringBuilder("age,bmi,risk,patient,date,part\n");
        for (int i = 0; i < ROWS; i++) {
            if (wanted.test(i)) {
                table.append(
                        "%s,%s,%s,p%d,2024-%02d-%02d,%s\n"
                                .formatted(
                                        20 + i * 37 % 601 / 3.,
                                        15 + i * 53 % 97 / 7.,
                                        i % 11,
                                        i % 90,
                                        1 + i % 12,
                                        1 + i % 28,
                                        i % 5 == 0 ? "test" : i % 5 == 1 ? "val" : "train"));
            }
        }
        Files.writeString(directory.resolve(name), table);
    }

    @Test
    void rowsOfAPatientStayTogetherUpToTheCertificate() throws IOException {
        table("d.csv", _ -> true);
        Path study = study("d.csv", "split: {by: patient}\nvalidation: 140\ntest: 140\n");
        Cli validated = Cli.run("validate", study);
        assertThat(validated.exitCode()).as(validated.err()).isZero();
        assertThat(validated.out())
                .contains(
                        "data         600 rows: pool 3",
                        "warning: data: {split: {by: patient}}: 90 groups; test has 2");
        Cli run = Cli.run("run", study, "--out", directory.resolve("run"));
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(Files.readString(directory.resolve("run/report.html")))
                .contains("The split: rows of one patient stay together, in samples too.");
    }

    @Test
    void filesOfOneKindOrAnotherGiveTheSameBitsOfLosses() throws IOException {
        table("d.csv", _ -> true);
        table("e-1.csv", i -> i < 200);
        table("e-2.csv", i -> i >= 200 && i < 210);
        table("e-3.csv", i -> i >= 210);
        String split = "validation: 100\ntest: 100\n";
        Path one = directory.resolve("one");
        Path three = directory.resolve("three");
        Cli first = Cli.run("run", study("d.csv", split), "--out", one);
        assertThat(first.exitCode()).as(first.err()).isZero();
        Cli second = Cli.run("run", study("e-?.csv", split), "--out", three);
        assertThat(second.exitCode()).as(second.err()).isZero();
        assertThat(Cli.stableTable(one)).isEqualTo(Cli.stableTable(three)).contains("race");
    }

    @Test
    void sizesOfGivenPartsAreKnownEverywhere() throws IOException {
        table("d.csv", _ -> true);
        Cli validated = Cli.run("validate", study("d.csv", "split: {column: part}"));
        assertThat(validated.exitCode()).as(validated.err()).isZero();
        assertThat(validated.out()).contains("600 rows: pool 360, validation 120, test 120;");
        Cli large = Cli.run("validate", large(study("d.csv", "split: {column: part}")));
        assertThat(large.err())
                .contains("sample (200) is more than half of the pool's 360 rows", "at most 180");
    }

    private static Path large(Path study) throws IOException {
        return Files.writeString(
                study, Files.readString(study).replace("sample: 100", "sample: 200"));
    }

    @Test
    void theLatestRowsMayBeTheTest() throws IOException {
        table("d.csv", _ -> true);
        Cli run =
                Cli.run(
                        "run",
                        study("d.csv", "split: {time: date}\nvalidation: 100\ntest: 100\n"),
                        "--out",
                        directory.resolve("run"));
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).contains("data: {split: {time: date}}: the pool is the");
    }

    @Test
    void aSimulationThatHasNoSuchColumnSaysWhatItHas() throws IOException {
        Path study = study("d.csv", "split: {by: patient}\nvalidation: 100\ntest: 100\n");
        Files.writeString(
                study,
                Files.readString(study)
                        .replace("file: d.csv", "simulate: {events: 600}")
                        .replace("input: [age, bmi]", "input: cells")
                        .replace("target: risk", "target: energy"));
        Cli validated = Cli.run("validate", study);
        assertThat(validated.exitCode()).isEqualTo(ExitCode.WRONG_INPUT);
        assertThat(validated.err()).contains("a.yaml:6:", "'patient'");
    }

    @Test
    void dataLooksIntoSeveralFilesAtOnce() throws IOException {
        table("e-1.csv", i -> i < 200);
        table("e-2.csv", i -> i >= 200);
        Cli data = Cli.run("data", directory.resolve("e-*.csv"));
        assertThat(data.exitCode()).as(data.err()).isZero();
        assertThat(data.out()).contains("(600,)", "e-*.csv");
    }
}
