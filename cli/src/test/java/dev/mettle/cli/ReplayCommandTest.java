package dev.mettle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** {@code replay}: of tables and of runs. The numbers themselves are tested in core. */
class ReplayCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir private Path directory;

    /** Candidates a to f, 20 instances each; a is best. */
    private static String losses(double factor) {
        StringBuilder text = new StringBuilder("candidate,instance,loss\n");
        for (int c = 0; c < 6; c++) {
            for (int j = 0; j < 20; j++) {
                double loss = factor * (1 + 0.1 * c + 0.05 * ((c * 7 + j * 11) % 13));
                text.append("%c,%d,%s%n".formatted('a' + c, j, loss));
            }
        }
        return text.toString();
    }

    private Path table() throws IOException {
        return Files.writeString(directory.resolve("losses.csv"), losses(1));
    }

    private static void assertRefused(Cli result, String... words) {
        assertThat(result.exitCode()).as(result.err()).isEqualTo(ExitCode.WRONG_INPUT);
        assertThat(result.err()).contains(words).doesNotContain("Exception", "\tat ");
        assertThat(result.out()).isEmpty();
    }

    @Test
    void aTableGivesCostAndRegretOfEachAlgorithm() throws IOException {
        Cli text = Cli.run("replay", table());
        assertThat(text.exitCode()).as(text.err()).isZero();
        assertThat(text.out())
                .contains(
                        "200 repeats of",
                        "6 candidates, 20 instances each",
                        "which flatters",
                        "the best is a, mean",
                        "progressive",
                        "halving",
                        "exhaustive         120",
                        "regret beyond that of progressive, repeat by repeat");
        JsonNode document = JSON.readTree(Cli.run("replay", "--table", table(), "--json").out());
        assertThat(document.get("best").get("candidate").asText()).isEqualTo("a");
        assertThat(document.get("truth").isNull()).isTrue();
        JsonNode exhaustive = document.get("algorithms").get(3);
        assertThat(exhaustive.get("algorithm").asText()).isEqualTo("exhaustive");
        assertThat(exhaustive.get("trainings").asDouble()).isEqualTo(120);
        assertThat(exhaustive.get("regret").get("mean").asDouble()).isZero();
        assertThat(exhaustive.at("/picks_best/share").asDouble()).isEqualTo(1);
        assertThat(exhaustive.at("/picks/0/times").asInt()).isEqualTo(200);
        assertThat(exhaustive.at("/regret_beyond_first/high").asDouble()).isLessThanOrEqualTo(0);
    }

    @Test
    void racesWithPreviewsTakeTheirLossesFromAnotherTable() throws IOException {
        Path previews = Files.writeString(directory.resolve("previews.csv"), losses(2));
        Cli result =
                Cli.run(
                        "replay",
                        table(),
                        "--previews",
                        previews,
                        "--algorithm",
                        "racing:preview_rows=5,survivors=1",
                        "--json");
        assertThat(result.exitCode()).as(result.err()).isZero();
        JsonNode race = JSON.readTree(result.out()).at("/algorithms/0");
        assertThat(race.get("previews").asDouble()).isBetween(6 + 19.0, 6 + 6 * 19.0);
        assertThat(race.get("trainings").asDouble()).isLessThan(120);
        String some = losses(2).replaceAll("(?m)^[ef],.*\\R", "");
        Cli fewer =
                Cli.run(
                        "replay",
                        table(),
                        "--previews",
                        Files.writeString(previews, some),
                        "--algorithm",
                        "racing:preview_rows=5");
        assertThat(fewer.err())
                .contains("4 of the 6 candidates have previews; the others are left out.");
        assertThat(fewer.out())
                .contains("4 candidates, 20 instances each", "previews on fewer rows");
    }

    @Test
    void previewsThatDoNotFitAreRefused() throws IOException {
        assertRefused(
                Cli.run("replay", table(), "--algorithm", "racing:preview_rows=5"),
                "--algorithm racing:preview_rows=5: previews are trainings on fewer rows",
                "--previews FILE");
        Path previews = directory.resolve("previews.csv");
        Files.writeString(previews, losses(1).replaceAll("(?m)^.,19,.*\\R", ""));
        assertRefused(
                Cli.run("replay", table(), "--previews", previews),
                "with 20 instances each, as the table has, but has 6 candidates with 19.");
        Files.writeString(previews, losses(1).replaceAll("(?m)^f", "x"));
        assertRefused(
                Cli.run("replay", table(), "--previews", previews),
                "but has 6 candidates with 20, some of them not in the table.");
    }

    @Test
    void compressedTablesFreshLossesCriteriaAndPicks() throws IOException {
        Path zipped = directory.resolve("losses.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
            out.write(losses(1).getBytes(StandardCharsets.UTF_8));
        }
        Path fresh = Files.writeString(directory.resolve("fresh.csv"), losses(3) + "x,0,1\n");
        Path picks = directory.resolve("picks.jsonl");
        Path page = directory.resolve("page.html");
        Cli result =
                Cli.run(
                        "replay",
                        zipped,
                        "--truth",
                        fresh,
                        "--algorithm",
                        "halving:eta=2,warmup=3,survivors=1",
                        "--algorithm",
                        "exhaustive:instances=4",
                        "--criterion",
                        "mean,max",
                        "--repeats",
                        10,
                        "--picks",
                        picks,
                        "--report",
                        page);
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.err())
                .contains("1 candidates of " + fresh + " are not in the table and are left out");
        assertThat(result.out())
                .contains(
                        "fresh instances of 6 candidates",
                        "the best is a, mean 3.",
                        "halving:eta=2,warmup=3,survivors=1 by max",
                        "exhaustive:instances=4 by mean",
                        "report     " + page);
        assertThat(Files.readAllLines(picks)).hasSize(40);
        JsonNode first = JSON.readTree(Files.readAllLines(picks).getFirst());
        assertThat(first.get("repeat").asInt()).isZero();
        assertThat(first.get("pick").asText()).isEqualTo("a");
        assertThat(Files.readString(page))
                .contains("What each algorithm costs and picks", "exhaustive:instances=4 by max");
    }

    @Test
    void anExhaustiveRunIsATable() throws IOException {
        Path study =
                Cli.study(
                        directory,
                        "{algorithm: progressive, criterion: mean, warmup: 2, instances: 5,"
                                + " survivors: 2, per: bias}",
                        "{algorithm: exhaustive, criterion: mean, instances: 3, per: bias}");
        Path run = directory.resolve("run");
        Cli ran = Cli.run("run", study, "--out", run);
        assertThat(ran.exitCode()).as(ran.err()).isLessThan(ExitCode.WRONG_INPUT);
        Cli replayed = Cli.run("replay", run, "--repeats", 5, "--json");
        assertThat(replayed.exitCode()).as(replayed.err()).isZero();
        assertThat(replayed.err()).contains("a winner for each value of bias");
        assertThat(JSON.readTree(replayed.out()).get("algorithms")).hasSize(4);
        assertRefused(Cli.run("replay", run, "--purpose", "race"), "--purpose is for CSV tables");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    foo                        | algorithm must be progressive, halving
                    progressive:warmup         | 'warmup' is no setting such as warmup=3
                    progressive:instances=21   | instances (21) is above the 20 of the table
                    progressive:eta=3          | 'eta' belongs to algorithm: halving
                    progressive:warmup=0       | warmup must be a whole number of 1 or more
                    halving:criterion=foo      | criterion
                    progressive:drop={x: 1}    | drop
                    progressive:drop=[         | --algorithm progressive:drop=[
                    """)
    void algorithmsThatAreNoneAreRefused(String algorithm, String word) throws IOException {
        assertRefused(Cli.run("replay", table(), "--algorithm", algorithm), word);
    }

    @Test
    void otherMistakesAreRefused() throws IOException {
        Path table = table();
        assertRefused(Cli.run("replay", table, "--repeats", 0), "must be 1 or more");
        assertRefused(Cli.run("replay", table, "--criterion", "best"), "--criterion best");
        assertRefused(Cli.run("replay", directory.resolve("no.csv")), "there is no file");
        assertRefused(Cli.run("replay", directory), "no run");
        assertRefused(
                Cli.run("replay", table, "--report", directory.resolve("no/page.html")),
                "--report",
                "there is no directory");
        assertRefused(Cli.run("replay", table, "--picks", directory), "--picks", "is a directory");
        Path strangers = Files.writeString(directory.resolve("s.csv"), "candidate,loss\nx,1\n");
        assertRefused(
                Cli.run("replay", table, "--truth", strangers),
                "none of its 1 candidates is in the table");
        Path broken = Files.writeString(directory.resolve("x.csv.gz"), "candidate,loss\na,1\n");
        assertRefused(Cli.run("replay", broken), "can't read");
        Path failing = directory.resolve("failing.csv");
        Files.writeString(failing, "candidate,instance,loss\na,0,inf\na,1,1\nb,0,1\nb,1,inf\n");
        assertRefused(Cli.run("replay", failing), "every candidate has a failed instance");
    }
}
