package dev.mettle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class RunCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir private Path directory;

    @Test
    void aRunSelectsCertifiesAndReports() throws IOException {
        Path run = directory.resolve("run");
        Cli result = Cli.run("run", Cli.study(directory), "--out", run, "--json", "--threads", 2);
        assertThat(result.exitCode()).as(result.err()).isZero();
        JsonNode document = JSON.readTree(result.out());
        assertThat(document.get("candidates").asInt()).isEqualTo(8);
        assertThat(document.get("winner").get("certificate").get("certified").asBoolean()).isTrue();
        assertThat(document.get("winner").get("certificate").get("bound").asDouble())
                .isEqualTo(document.get("winner").get("losses").get("max").asDouble());
        assertThat(document.get("winner").get("losses").get("count").asInt()).isEqualTo(59);
        assertThat(document.get("winners").propertyStream().map(java.util.Map.Entry::getKey))
                .containsExactlyInAnyOrder("true", "false");
        assertThat(document.get("baseline").get("name").asText())
                .isEqualTo("calibrated energy sum");
        assertThat(document.get("finalists").size()).isEqualTo(2);
        assertThat(run.resolve("report.html")).content().contains("<!DOCTYPE html>", "small");
        assertThat(run.resolve("run.log")).content().contains("certificate of");
        assertThat(result.err()).contains("race, iteration 2, 8 candidates left");
    }

    @Test
    void theNumberOfThreadsDoesNotChangeABit() throws IOException {
        Path study = Cli.study(directory);
        Cli.run("run", study, "--out", directory.resolve("one"), "--threads", 1);
        Cli.run("run", study, "--out", directory.resolve("three"), "--threads", 3);
        assertThat(Cli.stableTable(directory.resolve("three")))
                .isEqualTo(Cli.stableTable(directory.resolve("one")))
                .hasLineCount(1 + 8 * 2 + 4 + 2 * 3 + 2 * 59 - 2);
    }

    @Test
    void aFinishedRunTrainsNothingAndSaysTheSame() throws IOException {
        Path study = Cli.study(directory);
        Path run = directory.resolve("run");
        JsonNode first = JSON.readTree(Cli.run("run", study, "--out", run, "--json").out());
        Cli again = Cli.run("run", study, "--out", run, "--json");
        JsonNode second = JSON.readTree(again.out());
        assertThat(second.get("instances_per_second").asDouble()).isZero();
        assertThat(second.get("winner")).isEqualTo(first.get("winner"));
        assertThat(second.get("instances")).isEqualTo(first.get("instances"));
    }

    @Test
    void aChangedStudyIsRefusedWithTheLinesThatChanged() throws IOException {
        Path run = directory.resolve("run");
        Cli.run("run", Cli.study(directory), "--out", run);
        Path changed = Cli.study(directory, "epochs: 6", "epochs: 7");
        Cli refused = Cli.run("run", changed, "--out", run);
        assertThat(refused.exitCode()).isEqualTo(ExitCode.WRONG_INPUT);
        assertThat(refused.err()).contains("- epochs: 6", "+ epochs: 7", "--fresh", "--out DIR");
        Cli fresh = Cli.run("run", changed, "--out", run, "--fresh");
        assertThat(fresh.exitCode()).as(fresh.err()).isZero();
        assertThat(directory.resolve("run.1/ledger.sqlite")).exists();
    }

    @Test
    void aCommentMayChange() throws IOException {
        Path run = directory.resolve("run");
        Path study = Cli.study(directory);
        Cli.run("run", study, "--out", run);
        Files.writeString(study, "# a remark\n" + Files.readString(study));
        assertThat(Cli.run("run", study, "--out", run).exitCode()).isZero();
    }

    @Test
    void anExplodingCandidateIsKeptAndCannotWin() throws IOException {
        Path study =
                Cli.study(
                        directory,
                        "lr: [0.003, 0.01]",
                        "lr: [0.003, 1000]",
                        "name: adam",
                        "name: sgd");
        Path run = directory.resolve("run");
        Cli result = Cli.run("run", study, "--out", run, "--json");
        assertThat(result.exitCode()).as(result.err()).isZero();
        JsonNode document = JSON.readTree(result.out());
        assertThat(document.get("exploded").asInt()).isGreaterThanOrEqualTo(8);
        assertThat(document.get("winner").get("settings").get("lr").asDouble()).isEqualTo(0.003);
        assertThat(Cli.stableTable(run)).contains("exploded");
    }

    @Test
    void aStudyInWhichEverythingExplodesEndsWithExitCode1AndAReportThatSaysSo() throws IOException {
        Path study =
                Cli.study(
                        directory,
                        "lr: [0.003, 0.01]",
                        "lr: [1000, 2000]",
                        "name: adam",
                        "name: sgd");
        Path run = directory.resolve("run");
        Cli result = Cli.run("run", study, "--out", run, "--json");
        assertThat(result.exitCode()).as(result.err()).isEqualTo(ExitCode.FAILED);
        assertThat(JSON.readTree(result.out()).get("winner").isNull()).isTrue();
        assertThat(JSON.readTree(result.out()).get("finalists").get(0).get("criterion").asText())
                .isEqualTo("Infinity");
        assertThat(run.resolve("report.html")).content().contains("No winner");
        Cli text = Cli.run("run", study, "--out", run);
        assertThat(text.out()).contains("No winner");
    }
}
