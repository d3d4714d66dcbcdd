package dev.mettle.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Small things that a user trips over. */
class MannersTest {
    @TempDir private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"", "   "})
    void anEmptyPathIsWrongInput(String path) throws IOException {
        Cli result = Cli.run("run", Cli.study(directory), "--out", path);
        assertThat(result.exitCode()).isEqualTo(ExitCode.WRONG_INPUT);
        assertThat(result.err()).contains("--out", "the path is empty").doesNotContain("\tat ");
    }

    @Test
    void assessAndCertifyWriteTheLogAndTheRunCountsOnlyItsOwnCertificates() throws IOException {
        Path study = Cli.study(directory, ", per: bias", "");
        Path run = directory.resolve("run");
        assertThat(Cli.run("run", study, "--out", run).exitCode()).isZero();
        long before = Files.readString(run.resolve("run.log")).lines().count();
        List<String> candidates = new ArrayList<>();
        Cli.run("validate", study, "--list")
                .out()
                .lines()
                .filter(line -> line.contains("hidden="))
                .forEach(line -> candidates.add(line.substring(0, line.indexOf(' '))));
        assertThat(candidates).hasSize(8);
        for (String candidate : candidates.subList(0, 3)) {
            Cli.run("certify", run, "--candidate", candidate);
        }
        Cli.run("assess", study, "--out", run, "--candidate", candidates.get(7), "--instances", 2);
        assertThat(Files.readString(run.resolve("run.log")).lines().skip(before))
                .anyMatch(line -> line.contains("certificate of " + candidates.getFirst()))
                .anyMatch(line ->
                        line.endsWith(
                                "assessing %s: 2 instances to train".formatted(candidates.get(7))));

        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console =
                new Console(
                        new PrintStream(new ByteArrayOutputStream()),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        false);
        try (Session session =
                Session.start(OpenStudy.read(study), new RunDirectory(run), 1, console)) {
            Progress.of(session, console).raceStep(1, 1, 0);
        }
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("; 0 of at most 0 trained");
    }

    @Test
    void aHalvingStudyIsCountedExactlyAndRuns() throws IOException {
        Path study =
                Cli.study(
                        directory,
                        "algorithm: progressive, criterion: mean, warmup: 2, instances: 5,"
                                + " survivors: 2",
                        "algorithm: halving, eta: 2, warmup: 1, instances: 8, survivors: 2");
        Cli validated = Cli.run("validate", study);
        assertThat(validated.out())
                .contains(
                        "selection    halving by mean: 32 trainings\n",
                        "rounds       2 instances of 8, 4 instances of 4, 8 instances of 2\n");
        Path run = directory.resolve("run");
        Cli result = Cli.run("run", study, "--out", run);
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(Cli.stableTable(run)).hasLineCount(1 + 32 + 2 * 59);
        assertThat(Cli.run("ledger", run, "--table", "decisions").out())
                .contains("halving: its mean ");
        assertThat(run.resolve("report.html")).content().contains("halving");
        Cli again = Cli.run("run", study, "--out", run);
        assertThat(again.out()).contains("0 trained now");
    }

    @Test
    void aRaceIsAuditedAtACostThatIsSaidBefore() throws IOException {
        Path study =
                Cli.study(
                        directory,
                        "algorithm: progressive, criterion: mean, warmup: 2, instances: 5,"
                                + " survivors: 2",
                        "algorithm: racing, instances: 5, survivors: 2");
        Cli validated = Cli.run("validate", study);
        assertThat(validated.out())
                .contains(
                        "selection    racing by mean: 16 trainings, at most 20 where candidates are"
                                + " let in again\n",
                        "rounds       1 instance of 8, 2 instances of 2, 5 instances of 2\n",
                        "audit        at most 6 of the dropped candidates trained in full: 24"
                                + " trainings at most\n");
        Path run = directory.resolve("run");
        Cli result = Cli.run("run", study, "--out", run, "--json");
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.err())
                .contains(
                        "An audit follows the race: 6 of the dropped candidates are trained in"
                                + " full, at most 24 trainings",
                        "checked: ",
                        "audited: 5 of the 5 dropped candidates were trained in full, 20 trainings"
                                + " more; ");
        JsonNode json = new ObjectMapper().readTree(result.out());
        assertThat(json.at("/trainings/race").asInt()).isEqualTo(20);
        assertThat(json.at("/trainings/audit").asInt()).isEqualTo(20);
        assertThat(json.at("/trainings/certificate").asInt()).isEqualTo(2 * 59);
        assertThat(json.at("/race_check/limit").asDouble()).isEqualTo(0.05);
        assertThat(json.at("/audit/audited").asInt()).isEqualTo(5);
        assertThat(json.at("/audit/false_drops/high").asDouble()).isBetween(0.0, 1.0);
        assertThat(Cli.stableTable(run)).hasLineCount(1 + 20 + 20 + 2 * 59);
        assertThat(run.resolve("report.html"))
                .content()
                .contains("What the race threw away", "trainings of the audit");
        Cli again = Cli.run("run", study, "--out", run);
        assertThat(again.out())
                .contains("0 trained now", "race       ", "audit      5 of the 5 dropped");
        assertThat(again.err()).doesNotContain("An audit follows");
    }

    @Test
    void previewsOnFewerRowsTellWhoMayRace() throws IOException {
        Path study =
                Cli.study(
                        directory,
                        "algorithm: progressive, criterion: mean, warmup: 2, instances: 5,"
                                + " survivors: 2",
                        "algorithm: racing, preview_rows: 150, instances: 5, survivors: 2,"
                                + " audit: 0");
        assertThat(Cli.run("validate", study).out())
                .contains(
                        "rounds       1 instance of 2, 2 instances of 2, 5 instances of 2\n",
                        "previews     16 of these train on 150 rows: ")
                .doesNotContain("audit");
        Path run = directory.resolve("run");
        Cli result = Cli.run("run", study, "--out", run, "--threads", "1", "--json");
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.err()).contains("previews, 8 candidates left; 0 of at most ");
        JsonNode json = new ObjectMapper().readTree(result.out());
        int previews = json.at("/trainings/preview").asInt();
        assertThat(previews).isGreaterThanOrEqualTo(16);
        assertThat(json.get("audit").isNull()).isTrue();
        String table = Cli.stableTable(run);
        assertThat(table.lines().filter(line -> line.contains("preview,"))).hasSize(previews);
        assertThat(Cli.run("ledger", run, "--table", "decisions").out())
                .contains("after a preview is above");
        assertThat(run.resolve("report.html"))
                .content()
                .contains("a training on fewer rows, told who may race", "previews, trainings on");
        Path two = directory.resolve("two");
        Cli.run("run", study, "--out", two, "--threads", "2");
        assertThat(Cli.stableTable(two)).as("two threads").isEqualTo(table);
    }

    @Test
    void aLimitGivesOnlyAnUpperBoundOfTheCount() throws IOException {
        Path study = Cli.study(directory, "warmup: 2", "drop: {cv_above: 0.5}, warmup: 2");
        assertThat(Cli.run("validate", study).out()).contains("40 trainings at most");
    }

    @Test
    void whatCannotBeMadeDoesNotKeepTheLedgerOpen() {
        List<String> closed = new ArrayList<>();
        assertThatThrownBy(() ->
                        Session.closing(
                                () -> closed.add("ledger"),
                                () -> {
                                    throw new OutOfMemoryError("made up");
                                }))
                .isInstanceOf(OutOfMemoryError.class);
        assertThat(closed).containsExactly("ledger");
        assertThat(Session.<String>closing(() -> closed.add("again"), () -> "made"))
                .isEqualTo("made");
        assertThat(closed).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "'mettle val', validate",
        "'mettle run --fr', --fresh",
        "'mettle validate --li', --list",
        "'mettle certify --cand', --candidate"
    })
    void bashCompletesCommandsAndTheirOptions(String words, String expected)
            throws IOException, InterruptedException {
        Path bash = Path.of("/bin/bash");
        assumeThat(bash).as("this machine has no bash").exists();
        Path script = directory.resolve("completion");
        Cli printed = Cli.run("completion");
        assertThat(printed.exitCode()).isZero();
        Files.writeString(script, printed.out());
        Process process =
                new ProcessBuilder(
                                bash.toString(),
                                "--norc",
                                "-c",
                                "source \"$0\" && COMP_WORDS=($1) &&"
                                        + " COMP_CWORD=$((${#COMP_WORDS[@]} - 1)) &&"
                                        + " _complete_mettle && echo \"${COMPREPLY[@]}\"",
                                script.toString(),
                                words)
                        .redirectErrorStream(true)
                        .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output.strip().split("\\s+")).contains(expected);
    }
}
