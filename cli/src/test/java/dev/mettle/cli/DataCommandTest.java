package dev.mettle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What {@code mettle data} says of a file, and that a study may take it at its word. */
class DataCommandTest {
    @TempDir private Path directory;

    private Path table() throws IOException {
        StringBuilder text = new StringBuilder("id,age,bmi,sex,grade\n");
        for (int i = 0; i < 400; i++) {
            text.append(
                    "%d,%d,%s,%s,%s\n"
                            .formatted(
                                    i,
                                    20 + i * 37 % 60,
                                    i % 50 == 3 ? "" : String.valueOf(15 + i * 53 % 97 / 8.0),
                                    i % 3 == 0 ? "f" : "m",
                                    i % 4 == 0 ? "severe" : "mild"));
        }
        return Files.writeString(directory.resolve("patients.csv"), text);
    }

    @Test
    void columnsAreShownWithRangeMissingValuesAndTheFirstOnes() throws IOException {
        Cli result = Cli.run("data", table());
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out())
                .containsPattern("age +\\(400,\\) +float64 +20 +79 +[\\d.]+ +0 +20, 57, 34, 71, 48")
                .containsPattern("bmi +\\(400,\\) +float64 +15 .* 8 +15, 21.62, 16.12, -,")
                .containsPattern("sex +\\(400,\\) +text +0 +2 different: m 266, f 134")
                .contains(
                        "input: [age, bmi]",
                        "target: grade",
                        "categories: [sex]",
                        "missing: drop",
                        "task: classification");
    }

    @Test
    void theStudyThatIsSuggestedFits() throws IOException {
        String out = Cli.run("data", table()).out();
        String sections = out.substring(out.indexOf("data:\n"));
        Path study =
                Files.writeString(
                        directory.resolve("study.yaml"),
                        "study: suggested\n"
                                + sections
                                + """

                                model: {network: [embedding: {column: sex, dim: 2}, dense: 4, activation: relu, dense: 2]}
                                training: {optimizer: {lr: 0.01}, epochs: 2}
                                """);
        Cli validated = Cli.run("validate", study);
        assertThat(validated.exitCode()).as(validated.err()).isZero();
        assertThat(validated.out())
                .contains("classification of grade into 2 classes", "leaves out 8 of 400 rows");
    }

    @Test
    void initFitsAStudyToATable() throws IOException {
        Path made = directory.resolve("made");
        Cli result = Cli.run("init", made, "--data", table());
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).contains("classification into 2 classes of grade from 2 columns");
        Cli validated = Cli.run("validate", made.resolve("study.yaml"));
        assertThat(validated.exitCode()).as(validated.err()).isZero();
        Cli other = Cli.run("init", directory.resolve("x"), "--data", table(), "--target", "age");
        assertThat(other.out()).contains("regression of age from bmi");
        assertThat(Cli.run("validate", directory.resolve("x/study.yaml")).exitCode()).isZero();
    }

    @Test
    void archivesAreShownToo() throws IOException {
        Cli result = Cli.run("data", Cli.SHOWERS, "--json");
        assertThat(result.exitCode()).as(result.err()).isZero();
        JsonNode document = new ObjectMapper().readTree(result.out());
        assertThat(document.at("/arrays/0/name").asText()).isEqualTo("cells");
        assertThat(document.at("/arrays/0/shape").asText()).isEqualTo("(19000, 15, 15)");
        assertThat(document.at("/arrays/0/missing").asInt()).isZero();
        assertThat(document.at("/study").asText()).contains("input: cells", "scale: log");
        assertThat(Cli.run("data", Cli.SHOWERS).out())
                .contains("4 arrays", "(19000, 15, 15)  int16 ");
    }

    @Test
    void howATableIsWrittenMayBeSaid() throws IOException {
        Path file = directory.resolve("latin.txt");
        Files.write(file, "größe:y\n1,5:2\n".getBytes(StandardCharsets.ISO_8859_1));
        Cli refused = Cli.run("data", file);
        assertThat(refused.exitCode()).isEqualTo(ExitCode.WRONG_INPUT);
        Cli result =
                Cli.run("data", file, "--delimiter", ":", "--decimal", ",", "--encoding", "latin1");
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).contains("größe  (1,)", "No study is suggested", "1 rows");
        assertThat(Cli.run("data", file, "--encoding", "latin9").err())
                .contains("--encoding must be utf-8, utf-16, latin1, windows-1252");
        assertThat(Cli.run("data", file, "--delimiter", ", ").err())
                .contains("--delimiter must be one character");
    }

    @Test
    void aWrongFileIsAnsweredByOneMessage() throws IOException {
        Path file = Files.writeString(directory.resolve("a.csv"), "x,y\n1,2\n3\n");
        Cli broken = Cli.run("data", file);
        assertThat(broken.exitCode()).isEqualTo(ExitCode.WRONG_INPUT);
        assertThat(broken.err()).contains("a.csv, line 3: it has 1 field");
        assertThat(broken.err().lines()).hasSize(1);
        Cli absent = Cli.run("data", directory.resolve("b.csv"));
        assertThat(absent.err()).contains("does not exist", "Did you mean 'a.csv'?");
        Cli target = Cli.run("data", table(), "--target", "gade");
        assertThat(target.exitCode()).isEqualTo(ExitCode.WRONG_INPUT);
        assertThat(target.err()).contains("no array 'gade'");
    }
}
