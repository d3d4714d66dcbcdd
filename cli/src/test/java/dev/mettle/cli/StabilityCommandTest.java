package dev.mettle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** {@code stability}: of tables and of runs. The numbers themselves are tested in core. */
class StabilityCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir private Path directory;

    /** Candidates a to f, 20 instances each; a is best, b within 2 % of it. */
    private static List<String> rows() {
        List<String> rows = new ArrayList<>();
        for (int c = 0; c < 6; c++) {
            for (int j = 0; j < 20; j++) {
                double loss = (c == 1 ? 1.01 : 1 + 0.1 * c) + 0.05 * ((c * 7 + j * 11) % 13);
                rows.add("%c,%d,%s".formatted('a' + c, j, loss));
            }
        }
        return rows;
    }

    private Path table(List<String> rows) throws IOException {
        return Files.writeString(
                directory.resolve("losses.csv"),
                "candidate,instance,loss\n" + String.join("\n", rows) + "\n");
    }

    private static void assertRefused(Cli result, String... words) {
        assertThat(result.exitCode()).as(result.err()).isEqualTo(ExitCode.WRONG_INPUT);
        assertThat(result.err()).contains(words).doesNotContain("Exception", "\tat ");
        assertThat(result.out()).isEmpty();
    }

    @Test
    void aTableGivesAVerdictFirstAndItsFiguresAsJson() throws IOException {
        Path table = table(rows());
        Cli text = Cli.run("stability", "--table", table);
        assertThat(text.exitCode()).as(text.err()).isZero();
        assertThat(text.out().lines().findFirst().orElse("")).contains("per candidate", "2 %");
        assertThat(text.out())
                .contains(
                        "best of the full table: a, mean",
                        "6 candidates, 20 instances each: 120 trainings",
                        "picked by the race 'progressive'",
                        "10 choose, 10 judge",
                        "most often picked by 20: a (place 1)");
        JsonNode document = JSON.readTree(Cli.run("stability", "--table", table, "--json").out());
        assertThat(document.get("best").get("candidate").asText()).isEqualTo("a");
        assertThat(document.get("trainings").asInt()).isEqualTo(120);
        assertThat(document.get("repeats").asInt()).isEqualTo(200);
        assertThat(document.get("criterion").asText()).isEqualTo("mean");
        assertThat(text.out()).startsWith(document.get("verdict").asText());
        JsonNode counts = document.get("by_instances");
        assertThat(counts.findValuesAsText("instances")).containsExactly("5", "10", "20");
        JsonNode five = counts.get(0);
        assertThat(five.at("/exhaustive/saving").asDouble()).isEqualTo(0.75);
        assertThat(five.at("/exhaustive/best/low").asDouble())
                .isLessThan(five.at("/exhaustive/best/share").asDouble());
        assertThat(five.at("/fresh/agreement/share").asDouble()).isBetween(0.0, 1.0);
        assertThat(counts.get(2).has("fresh")).isFalse();
        assertThat(counts.get(2).at("/progressive/trainings").asDouble()).isLessThan(120);
    }

    @Test
    void neitherTheOrderOfRowsNorTheNumberOfThreadsMatters() throws IOException {
        List<String> rows = rows();
        String before =
                Cli.run("stability", "--table", table(rows), "--json", "--threads", 1).out();
        Collections.reverse(rows);
        assertThat(Cli.run("stability", "--table", table(rows), "--json", "--threads", 3).out())
                .isEqualTo(before);
    }

    @Test
    void initAndSampleNameAnInstanceToo() throws IOException {
        Path table =
                Files.writeString(
                        directory.resolve("pairs.csv"),
                        "candidate,init,sample,loss\na,0,0,1\na,1,1,2\nb,0,0,3\nb,1,1,1.5\n");
        Cli result = Cli.run("stability", "--table", table, "--json", "--repeats", 20);
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(JSON.readTree(result.out()).get("instances").asInt()).isEqualTo(2);
    }

    @Test
    void theQuestionCanBeChosen() throws IOException {
        Cli result =
                Cli.run(
                        "stability",
                        "--table",
                        table(rows()),
                        "--json",
                        "--instances",
                        "8,2",
                        "--criterion",
                        "quantile(0.9)",
                        "--repeats",
                        "30");
        JsonNode document = JSON.readTree(result.out());
        assertThat(document.get("criterion").asText()).isEqualTo("quantile(0.9)");
        assertThat(document.get("repeats").asInt()).isEqualTo(30);
        assertThat(document.get("by_instances").findValuesAsText("instances"))
                .containsExactly("2", "8");
    }

    @Test
    void aPageOfATableCanBeWritten() throws IOException {
        Path page = directory.resolve("page.html");
        Cli result =
                Cli.run("stability", "--table", table(rows()), "--report", page, "--repeats", 20);
        assertThat(result.out()).endsWith("report     " + page + System.lineSeparator());
        assertThat(Files.readString(page))
                .contains(
                        "How stable the choice is",
                        "losses.csv",
                        "id=\"plot-stability-1-regret\"",
                        "The choice is");
        Path missing = directory.resolve("missing");
        assertRefused(
                Cli.run("stability", "--table", table(rows()), "--report", missing.resolve("page")),
                "there is no directory " + missing);
        assertRefused(
                Cli.run("stability", "--table", table(rows()), "--report", directory),
                "is a directory");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    candidate,instance,loss\\na,0,1\\na,1,2\\nb,0,3\\n | 1 of 2 candidates lack instances that others have (b lacks 1)
                    candidate,instance,loss\\na,0,1\\na,1,2\\nb,0,3\\n | algorithm: exhaustive
                    candidate,instance,loss\\na,0,1\\nb,1,2\\n        | a lacks 1; b lacks 0
                    candidate,instance,loss\\na,0,1\\nb,0,2\\n        | one instance of each candidate
                    candidate,instance,loss\\na,0,1\\na,1,2\\n        | the losses of one candidate
                    candidate,loss\\na,1\\nb,2\\n                     | no column that tells instances apart
                    candidate,instance,loss\\na,0,1\\na,0,2\\nb,0,2\\n | line 3: instance 0 of a is on line 2 already
                    candidate,instance,loss\\na,0,inf\\na,1,2\\nb,0,inf\\nb,1,1\\n | the mean of every candidate is infinite
                    candidate,init,sample,loss\\na,0,0,1\\na,0,1,2\\na,1,0,3\\nb,0,0,1\\n | a grid
                    """)
    void aTableThatCannotAnswerIsRefused(String text, String words) throws IOException {
        Path table = Files.writeString(directory.resolve("losses.csv"), text.replace("\\n", "\n"));
        assertRefused(Cli.run("stability", "--table", table), "losses.csv", words);
    }

    @Test
    void impossibleQuestionsAreRefused() throws IOException {
        Path table = table(rows());
        assertRefused(
                Cli.run("stability", "--table", table, "--instances", "5,50"),
                "--instances 5,50",
                "has 20 instances per candidate; ask for numbers from 1 to 20");
        assertRefused(Cli.run("stability", "--table", table, "--instances", "0"), "from 1 to 20");
        assertRefused(
                Cli.run("stability", "--table", table, "--criterion", "average"),
                "--criterion average",
                "quantile(0.9)");
        assertRefused(Cli.run("stability", "--table", table, "--repeats", 0), "--repeats 0");
        assertRefused(Cli.run("stability", directory.resolve("nothing")), "there is no run");
        assertRefused(Cli.run("stability", "--table", directory.resolve("x.csv")), "no file");
    }

    @Test
    void anExhaustiveRunIsAnsweredAndItsReportWrittenAgain() throws IOException {
        Path study =
                Cli.study(
                        directory,
                        "{algorithm: progressive, criterion: mean, warmup: 2, instances: 5,"
                                + " survivors: 2, per: bias}",
                        "{algorithm: exhaustive, criterion: mean, instances: 6, per: bias}",
                        "certificate: {instances: 59, coverage: 0.95, confidence: 0.95}\n",
                        "");
        Path run = directory.resolve("run");
        Cli made = Cli.run("run", study, "--out", run);
        assertThat(made.exitCode()).as(made.err()).isZero();
        Files.delete(run.resolve("report.html"));
        Cli result = Cli.run("stability", run);
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out())
                .startsWith("bias=true: ")
                .contains("\nbias=false: ", "report     " + run.resolve("report.html"));
        assertThat(Files.readString(run.resolve("report.html")))
                .contains("How stable the choice is");
        JsonNode document = JSON.readTree(Cli.run("stability", run, "--json").out());
        assertThat(document.get("per").asText()).isEqualTo("bias");
        assertThat(document.at("/choices/true/candidates").asInt()).isEqualTo(4);
        assertRefused(Cli.run("stability", run, "--purpose", "race"), "--purpose is for --table");
    }

    @Test
    void aRaceThatDroppedCandidatesIsRefusedWithWhatToDo() throws IOException {
        Path study =
                Cli.study(
                        directory,
                        "certificate: {instances: 59, coverage: 0.95, confidence: 0.95}\n",
                        "");
        Path run = directory.resolve("run");
        assertThat(Cli.run("run", study, "--out", run).exitCode()).isZero();
        assertRefused(
                Cli.run("stability", run),
                "have fewer than 5 trainings, since 'progressive' drops candidates",
                "{algorithm: exhaustive, instances: 5}",
                "40 trainings");
    }
}
