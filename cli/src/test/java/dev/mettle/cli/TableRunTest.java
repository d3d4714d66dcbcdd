package dev.mettle.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tables of text, from file to certificate. */
class TableRunTest {
    /** Folder with tables that are not part of the project; tests of them are skipped without. */
    private static final String DATA = "METTLE_TEST_DATA";

    private static final int ROWS = 400;

    @TempDir private Path directory;

    private Path study(String file, String name) throws IOException {
        String text =
                """
                study: table
                data:
                  file: %s
                  input: [age, bmi]
                  target: risk
                  features: [bmi]
                  validation: 60
                  test: 60
                sample: 100
                model: {network: [dense: $h, activation: tanh, concat: features, dense: 1]}
                space: {h: [3, 5]}
                training: {optimizer: {lr: 0.01}, batch: 20, epochs: 4}
                selection: {algorithm: exhaustive, instances: 3}
                """
                        .formatted(file);
        return Files.writeString(directory.resolve(name), text);
    }

    private static double age(int i) {
        return 20 + i * 37 % 61 / 3.0;
    }

    private static double bmi(int i) {
        return 15 + i * 53 % 97 / 7.0;
    }

    private static double risk(int i) {
        return age(i) / 10 + bmi(i) * bmi(i) / 100 + i % 5;
    }

    @Test
    void aTableOfTextAndAnArchiveGiveTheSameBitsOfLosses() throws IOException {
        StringBuilder table = new StringBuilder("name;age;bmi;risk\n");
        for (int i = 0; i < ROWS; i++) {
            String numbers = "%s;%s;%s".formatted(age(i), bmi(i), risk(i)).replace('.', ',');
            table.append("\"row; %d\";%s\n".formatted(i, numbers));
        }
        Files.writeString(directory.resolve("d.csv"), table);
        new Npz()
                .doubles("age", "(400,)", ROWS, TableRunTest::age)
                .doubles("bmi", "(400, 1)", ROWS, TableRunTest::bmi)
                .doubles("risk", "(400,)", ROWS, TableRunTest::risk)
                .writeTo(directory.resolve("d.npz"));
        Path text = directory.resolve("text");
        Path archive = directory.resolve("archive");
        Cli first = Cli.run("run", study("d.csv", "a.yaml"), "--out", text);
        assertThat(first.exitCode()).as(first.err()).isZero();
        Cli second = Cli.run("run", study("d.npz", "b.yaml"), "--out", archive);
        assertThat(second.exitCode()).as(second.err()).isZero();
        assertThat(Cli.stableTable(text)).isEqualTo(Cli.stableTable(archive)).contains("race");
    }

    @Test
    void aWrongValueIsReportedWithLineAndColumn() throws IOException {
        Files.writeString(
                directory.resolve("d.csv"), "age,bmi,risk\n30,20,1\n31,abc,2\n32,21,\n33,22,4\n");
        Cli result = Cli.run("validate", study("d.csv", "a.yaml"));
        assertThat(result.exitCode()).isEqualTo(ExitCode.WRONG_INPUT);
        assertThat(result.err())
                .contains(
                        "a.yaml:4:10: ",
                        "d.csv, line 3, column 'bmi': 'abc' is not a number",
                        "a.yaml:5:11: ",
                        "d.csv, line 4, column 'risk': the value is missing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "drop   | leaves out 56 of 400 rows, in which a value is missing (age 31, bmi 25)",
                "impute | fills in 56 values (age 31, bmi 25) from each training's own sample"
            })
    void missingValuesAreLeftOutOrFilledIn(String missing, String note) throws IOException {
        StringBuilder table = new StringBuilder("age,bmi,risk\n");
        for (int i = 0; i < ROWS; i++) {
            String age = i % 13 == 2 ? "" : String.valueOf(age(i));
            String bmi = i % 15 == 4 ? "NA" : String.valueOf(bmi(i));
            table.append("%s,%s,%s\n".formatted(age, i % 13 == 2 ? bmi(i) : bmi, risk(i)));
        }
        Files.writeString(directory.resolve("d.csv"), table);
        Path study = study("d.csv", "a.yaml");
        String text = Files.readString(study);
        Files.writeString(study, text.replace("  test: 60", "  test: 60\n  missing: " + missing));
        Cli validated = Cli.run("validate", study);
        assertThat(validated.exitCode()).as(validated.err()).isZero();
        assertThat(validated.out()).contains("data: {missing: %s} %s".formatted(missing, note));
        Cli run = Cli.run("run", study, "--out", directory.resolve("run"));
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("certified");
    }

    /** Tables of the UCI Machine Learning Repository, with a head line, the target last. */
    @ParameterizedTest
    @CsvSource({
        "concrete, 1030, strength_mpa",
        "energy, 768, heating_load",
        "wine_red, 1599, quality",
        "power_plant, 9568, output_mw"
    })
    void realTablesRunAsTheyAre(String name, int rows, String target) throws IOException {
        String folder = System.getenv(DATA);
        assumeThat(folder).as(DATA + " names no folder").isNotNull();
        Path file = Path.of(folder, "uci", name + ".csv");
        assumeThat(file).exists();
        String head = Files.readAllLines(file).getFirst();
        String columns = head.substring(0, head.lastIndexOf(','));
        Path study =
                Files.writeString(
                        directory.resolve("study.yaml"),
                        """
                        study: table
                        data: {file: '%s', input: [%s], target: %s, validation: 100, test: 100}
                        sample: 250
                        model: {network: [dense: $h, activation: relu, dense: 1]}
                        space: {h: [8, 16]}
                        training: {optimizer: {lr: 0.01}, batch: 32, epochs: 10}
                        selection: {algorithm: exhaustive, instances: 3}
                        """
                                .formatted(
                                        file.toString().replace(File.separatorChar, '/'),
                                        columns,
                                        target));
        Cli result = Cli.run("run", study, "--out", directory.resolve("run"));
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).contains("certified");
        Cli validated = Cli.run("validate", study, "--json");
        assertThat(validated.out()).contains("\"rows\" : " + rows);
    }
}
