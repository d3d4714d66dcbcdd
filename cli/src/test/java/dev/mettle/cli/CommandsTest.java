package dev.mettle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class CommandsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir private Path directory;

    @Test
    void thePapersSearchHas6912CandidatesAndNeeds41569Trainings() throws IOException {
        Path paper = Cli.root().resolve("examples/calorimeter/paper.yaml");
        Cli result = Cli.run("validate", paper, "--json");
        assertThat(result.exitCode()).as(result.err()).isZero();
        JsonNode document = JSON.readTree(result.out());
        assertThat(document.get("candidates").asInt()).isEqualTo(6912);
        assertThat(document.get("excluded").asInt()).isZero();
        assertThat(document.get("trainings_at_most").asInt()).isEqualTo(41_569);
        assertThat(document.get("seconds").asDouble()).isPositive();
    }

    @Test
    void theQuickExampleIsValidAndListsItsCandidates() {
        Path quick = Cli.root().resolve("examples/calorimeter/quick.yaml");
        Cli result = Cli.run("validate", quick, "--list");
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).contains("is valid", "c1=4,hidden=8,").doesNotContain("warning");
        assertThat(result.out().lines().filter(line -> line.contains("bias=true")).count())
                .isGreaterThanOrEqualTo(24);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run",
                "validate",
                "assess",
                "stability",
                "sample-size",
                "baseline",
                "certify",
                "report",
                "ledger",
                "init",
                "schema",
                "completion",
                "generalize",
                "reproduce"
            })
    void everyCommandHasHelpWithAnExample(String command) {
        Cli result = Cli.run(command, "--help");
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("Usage: mettle " + command, "Example");
    }

    @Test
    void helpAndVersionAreThere() {
        assertThat(Cli.run("--help").out()).contains("Commands:", "Exit codes:");
        assertThat(Cli.run("--version").out()).matches("(?s)mettle \\d+\\.\\d+\\.\\d+ \\(JDK .*");
    }

    @Test
    void assessTakesSeveralCandidates() throws IOException {
        Path study = Cli.study(directory);
        Path run = directory.resolve("run");
        Object[] both = {
            "assess",
            study,
            "--candidate",
            "hidden=8,bias=true,lr=0.01",
            "--candidate",
            "hidden=8,bias=false,lr=0.01",
            "--instances",
            3,
            "--out",
            run,
            "--json"
        };
        Cli assessed = Cli.run(both);
        assertThat(assessed.exitCode()).as(assessed.err()).isZero();
        JsonNode documents = JSON.readTree(assessed.out());
        assertThat(documents).hasSize(2);
        assertThat(documents.findValuesAsText("instances")).containsExactly("3", "3");
        assertThat(documents.findValuesAsText("candidate")).doesNotHaveDuplicates();
        assertThat(Cli.stableTable(run)).hasLineCount(7);
        Cli one =
                Cli.run(
                        "assess",
                        study,
                        "--candidate",
                        "hidden=8,bias=false,lr=0.01",
                        "--instances",
                        3,
                        "--out",
                        directory.resolve("alone"),
                        "--json");
        assertThat(JSON.readTree(one.out()).get("criteria"))
                .isEqualTo(documents.get(1).get("criteria"));
    }

    @Test
    void assessTrainsACandidateAndKeepsItsInstances() throws IOException {
        Path study = Cli.study(directory);
        Path run = directory.resolve("run");
        Object[] command = {
            "assess",
            study,
            "--candidate",
            "hidden=8,bias=true,lr=0.01",
            "--instances",
            20,
            "--out",
            run,
            "--json"
        };
        Cli first = Cli.run(command);
        assertThat(first.exitCode()).as(first.err()).isZero();
        JsonNode document = JSON.readTree(first.out());
        assertThat(document.get("instances").asInt()).isEqualTo(20);
        JsonNode mean = document.get("criteria").get("mean");
        assertThat(mean.get("low").asDouble()).isLessThan(mean.get("value").asDouble());
        assertThat(document.get("robust").asText()).isIn("yes", "no", "undecided");
        assertThat(document.get("held_out_noise").get("level").asDouble()).isPositive();
        assertThat(document.get("verdict").asText()).contains("robust");
        assertThat(document.at("/criteria/mean/studentised/low").asDouble())
                .isLessThan(mean.get("value").asDouble());
        assertThat(document.at("/criteria/failure_rate/value").asDouble()).isZero();
        assertThat(document.get("report").asText()).endsWith("report.html");
        assertThat(run.resolve("report.html"))
                .content()
                .contains("One candidate was assessed; no race was run here")
                .doesNotContain("The race is not finished");
        assertThat(JSON.readTree(Cli.run(command).out())).isEqualTo(document);
        assertThat(Cli.stableTable(run)).hasLineCount(21);
        assertThat(Cli.run("run", study, "--out", run).exitCode()).isZero();
        Cli winner =
                Cli.run("assess", study, "--candidate", "winner", "--instances", 3, "--out", run);
        assertThat(winner.out())
                .startsWith("whether ")
                .contains(
                        "is robust is undecided: 3 instances are too few; a verdict needs 20",
                        "mean",
                        "95 % interval",
                        "studentised bootstrap",
                        "failure_rate",
                        "report     " + run.resolve("report.html"));
    }

    @Test
    void assessTakesLossesMadeElsewhere() throws IOException {
        Path table = directory.resolve("losses.csv");
        Files.writeString(
                table,
                """
                candidate,instance,loss
                a,0,1.0
                a,1,1.1
                a,2,0.9
                b,0,1.0
                b,1,inf
                """);
        Cli result = Cli.run("assess", "--table", table, "--json");
        assertThat(result.exitCode()).as(result.err()).isZero();
        JsonNode all = JSON.readTree(result.out());
        assertThat(all.get(0).get("losses").get("mean").asDouble()).isEqualTo(1.0);
        assertThat(all.get(1).get("losses").get("mean").asText()).isEqualTo("Infinity");
        assertThat(all.get(1).get("robust").asText()).isEqualTo("no");
    }

    @Test
    void aWrongLossIsNamedWithItsLine() throws IOException {
        Path table = directory.resolve("losses.csv");
        Files.writeString(table, "candidate,instance,loss\na,0,1.0\na,1,\"1,1\"\n");
        Cli result = Cli.run("assess", "--table", table);
        assertThat(result.exitCode()).isEqualTo(ExitCode.WRONG_INPUT);
        assertThat(result.err()).contains("line 3", "'1,1'");
    }

    @Test
    void certifyShowsWhatIsThereAndCertifiesWhatIsNamed() throws IOException {
        Path study = Cli.study(directory);
        Path run = directory.resolve("run");
        assertThat(Cli.run("run", study, "--out", run).exitCode()).isZero();
        String before = Cli.stableTable(run);
        Cli known = Cli.run("certify", run, "--json");
        assertThat(known.exitCode()).as(known.err()).isZero();
        assertThat(JSON.readTree(known.out())).hasSize(2);
        assertThat(Cli.stableTable(run)).isEqualTo(before);
        Cli other = Cli.run("certify", run, "--candidate", "hidden=4,bias=true,lr=0.003", "--json");
        JsonNode certificate = JSON.readTree(other.out()).get(0);
        assertThat(certificate.get("instances").asInt()).isEqualTo(59);
        assertThat(certificate.get("conditional_on").toString()).contains("software");
    }

    @Test
    void theReportAndTheTablesCanBeWrittenAgain() throws IOException {
        Path run = directory.resolve("run");
        Cli.run("run", Cli.study(directory), "--out", run);
        Path report = directory.resolve("again.html");
        assertThat(Cli.run("report", run, "--out", report).exitCode()).isZero();
        assertThat(report).hasSameTextualContentAs(run.resolve("report.html"));
        assertThat(JSON.readTree(Cli.run("ledger", run, "--format", "json").out()).size())
                .isEqualTo((int) Cli.stableTable(run).lines().count() - 1);
        assertThat(Cli.run("ledger", run, "--table", "decisions").out())
                .contains("candidate,", "above");
        Path backup = directory.resolve("backup.sqlite");
        assertThat(Cli.run("ledger", run, "--backup", backup).exitCode()).isZero();
        assertThat(backup).isNotEmptyFile();
    }
}
