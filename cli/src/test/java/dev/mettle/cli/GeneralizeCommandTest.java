package dev.mettle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.mettle.core.random.Purpose;
import dev.mettle.ledger.SqliteLedger;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Eight candidates of showers' energies, two of them finalists; the harder data are fewer rows of
 * another split.
 */
class GeneralizeCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String[] PLAIN = {
        "certificate: {instances: 59, coverage: 0.95, confidence: 0.95}", "certificate: none"
    };

    @TempDir private Path directory;

    private Path run;
    private Path there;

    @BeforeEach
    void raceHere() throws IOException {
        run = directory.resolve("run");
        Path here = Cli.study(Files.createDirectory(directory.resolve("a")), PLAIN);
        Cli raced = Cli.run("run", here, "--out", run);
        assertThat(raced.exitCode()).as(raced.err()).isZero();
        there = other();
    }

    /** Writes a study of the same candidates with other rows. */
    private Path other(String... replacements) throws IOException {
        Path place = Files.createTempDirectory(directory, "other");
        List<String> all = new ArrayList<>(List.of(PLAIN));
        all.addAll(
                List.of(
                        "study: small",
                        "study: hard",
                        "test: 500",
                        "test: 500\n  split_seed: 9\n  input_scale: asinh"));
        all.addAll(Arrays.asList(replacements));
        return Cli.study(place, all.toArray(String[]::new));
    }

    private Cli generalize(Object... more) {
        List<Object> arguments =
                new ArrayList<>(
                        List.of(
                                "generalize",
                                run,
                                "--data",
                                there,
                                "--out",
                                directory.resolve("hard")));
        arguments.addAll(List.of(more));
        return Cli.run(arguments.toArray());
    }

    @Test
    void selectedAndDroppedAreComparedAndKept() throws IOException {
        Cli first = generalize("--instances", 4, "--dropped", 5, "--json");
        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(first.err())
                .contains(
                        "2 selected and 5 of 6 dropped, 4 trainings each on small and on hard: 28"
                                + " and 28 to do, about ",
                        "note: a verdict on robustness needs 20 trainings; with 4 only failures");
        JsonNode document = JSON.readTree(first.out());
        assertThat(document.propertyStream().map(Map.Entry::getKey))
                .containsExactly(
                        "study",
                        "run",
                        "study_there",
                        "run_there",
                        "loss",
                        "loss_there",
                        "instances",
                        "selected",
                        "drawn",
                        "dropped",
                        "answer",
                        "sentence",
                        "verdicts",
                        "selected_less_dropped",
                        "rank_correlation",
                        "candidates",
                        "report");
        assertThat(document.get("candidates")).hasSize(7);
        assertThat(document.at("/rank_correlation/mean/all/tau_b").asDouble()).isBetween(-1.0, 1.0);
        assertThat(document.at("/rank_correlation/mean/all/candidates").asInt()).isEqualTo(7);
        assertThat(document.at("/rank_correlation/cv/dropped/candidates").asInt()).isEqualTo(5);
        assertThat(document.at("/candidates/0/selected").asBoolean()).isTrue();
        assertThat(document.at("/candidates/0/here/losses/count").asInt()).isEqualTo(4);
        assertThat(Cli.stableTable(run).lines().filter(line -> line.contains(",assess,")))
                .hasSize(28);
        assertThat(Cli.stableTable(directory.resolve("hard"))).hasLineCount(29);

        String tables = Cli.stableTable(run) + Cli.stableTable(directory.resolve("hard"));
        Cli again = generalize("--instances", 4, "--dropped", 5, "--json", "--threads", 1);
        assertThat(JSON.readTree(again.out())).isEqualTo(document);
        assertThat(again.err()).contains("0 and 0 to do").doesNotContain("about");
        assertThat(Cli.stableTable(run) + Cli.stableTable(directory.resolve("hard")))
                .isEqualTo(tables);
    }

    @Test
    void theTextSaysTheVerdictFirstAndTheReportHasItsSection() throws IOException {
        Cli result = generalize("--instances", 3, "--dropped", 2);
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out().lines().findFirst().orElseThrow())
                .startsWith("There is no robustness to carry over from small to hard: none of the");
        assertThat(result.out())
                .contains(
                        "small (here): mean squared error (ln² units of energy)",
                        "hard (there): mean squared error",
                        "2 selected, 2 of 6 dropped ones drawn at random",
                        "robust there",
                        "Fisher's exact test p = 1",
                        "Kendall's tau-b",
                        "all, drawn ones weighted",
                        "No candidate that is robust here is known to fail there",
                        "report     " + run.resolve("report.html"));
        assertThat(Files.readString(run.resolve("report.html"))).contains("Does it generalise");
        assertThat(Files.readString(run.resolve("run.log")))
                .contains("generalizing: 2 selected and 2");
        assertThat(Cli.run("report", run).exitCode()).isZero();
    }

    @Test
    void moreInstancesGoOnFromThoseThatAreThere() {
        generalize("--instances", 2, "--dropped", 1);
        Cli more = generalize("--instances", 3, "--dropped", 2);
        assertThat(more.err()).contains("6 and 6 to do"); // 4 x 3 less the 3 x 2 of before
    }

    @Test
    void aStudyWithOtherCandidatesIsRefusedWithTheSectionsThatDiffer() throws IOException {
        there = other("epochs: 6", "epochs: 7", "lr: [0.003, 0.01]", "lr: [0.003, 0.02]");
        Cli result = generalize();
        assertThat(result.exitCode()).isEqualTo(ExitCode.WRONG_INPUT);
        assertThat(result.err())
                .contains(
                        there + " lacks 8 of the 8 candidates to compare, such as ",
                        "Sections that differ: space, training.",
                        "Copy 'model', 'space' and 'training' from " + directory.resolve("a"))
                .doesNotContain("Exception");
        assertThat(directory.resolve("hard")).doesNotExist();
    }

    @Test
    void aLargerSpaceIsTaken() throws IOException {
        there = other("lr: [0.003, 0.01]", "lr: [0.02, 0.01, 0.003]");
        assertThat(generalize("--instances", 2, "--dropped", 1).exitCode()).isZero();
    }

    @Test
    void theSameDataAreWarnedAbout() throws IOException {
        there = other("  split_seed: 9\n", "");
        Cli result = generalize("--instances", 2, "--dropped", 1);
        assertThat(result.err()).contains("warning: ", "has the same data as the run");
    }

    @Test
    void otherSamplesAreNoted() throws IOException {
        there = other("sample: 600", "sample: 700");
        assertThat(generalize("--instances", 2, "--dropped", 0).err())
                .contains("note: a training draws 600 rows here and 700 there");
    }

    @Test
    void aRunThatIsNotOverOrIsTheSameOneIsRefused() throws IOException {
        Cli same =
                Cli.run(
                        "generalize",
                        run,
                        "--data",
                        directory.resolve("a/study.yaml"),
                        "--out",
                        run);
        assertThat(same.exitCode()).isEqualTo(ExitCode.WRONG_INPUT);
        assertThat(same.err()).contains(run + " is the run itself");
        Path early = directory.resolve("early");
        Cli.run(
                "assess",
                directory.resolve("a/study.yaml"),
                "--candidate",
                "hidden=4,bias=true,lr=0.01",
                "--instances",
                1,
                "--out",
                early);
        Cli unfinished = Cli.run("generalize", early, "--data", there);
        assertThat(unfinished.exitCode()).isEqualTo(ExitCode.WRONG_INPUT);
        assertThat(unfinished.err())
                .contains("the race of small is not over: 'mettle run' goes on");
        assertThat(Cli.run("generalize", directory.resolve("none"), "--data", there).err())
                .contains("there is no run");
        assertThat(Cli.run("generalize", run).err()).contains("--data");
    }

    @Test
    void numbersThatCannotBeAreRefused() {
        assertThat(generalize("--instances", 1).err()).contains("--instances 1: must be 2 or more");
        assertThat(generalize("--dropped", -1).err()).contains("--dropped -1: must be 0 or more");
        assertThat(generalize("--selected", 0).err()).contains("--selected 0: must be 1 or more");
    }

    @Test
    void aRaceThatDroppedNobodyIsToldToChoose() throws IOException {
        Path all = directory.resolve("all");
        Path study =
                Cli.study(
                        Files.createDirectory(directory.resolve("b")),
                        "selection: {algorithm: progressive, criterion: mean, warmup: 2, instances:"
                                + " 5, survivors: 2, per: bias}",
                        "selection: {algorithm: exhaustive, instances: 2}",
                        PLAIN[0],
                        PLAIN[1]);
        assertThat(Cli.run("run", study, "--out", all).exitCode()).isZero();
        run = all;
        Cli everybody = generalize("--instances", 2, "--json");
        assertThat(everybody.err()).contains("note: no candidate was dropped", "--selected N");
        assertThat(JSON.readTree(everybody.out()).get("selected_less_dropped").isNull()).isTrue();
        Cli best = generalize("--instances", 2, "--selected", 3, "--dropped", 9, "--json");
        assertThat(best.err())
                .contains("note: only 5 candidates were dropped", "3 selected and all 5 dropped");
        assertThat(JSON.readTree(best.out()).get("dropped").asInt()).isEqualTo(5);
    }

    @Test
    void killedAndStartedAgainItEndsWithTheSameBits() throws IOException, InterruptedException {
        there = other("sample: 600", "sample: 3000");
        Cli whole = generalize("--instances", 8, "--json");
        assertThat(whole.exitCode()).as(whole.err()).isZero();
        Path copy = directory.resolve("copy");
        Path harder = directory.resolve("harder");
        assertThat(Cli.run("run", directory.resolve("a/study.yaml"), "--out", copy).exitCode())
                .isZero();
        Object[] command = {
            "generalize", copy, "--data", there, "--out", harder, "--instances", 8, "--json"
        };
        int kills = 0;
        for (int i = 0; i < 6; i++) {
            Process process = Cli.start(directory.resolve("killed.txt"), List.of(), command);
            long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            long before = instances(copy, harder);
            while (process.isAlive()
                    && instances(copy, harder) < before + 4
                    && System.nanoTime() < patience) {
                Thread.sleep(20);
            }
            kills += process.isAlive() ? 1 : 0;
            process.destroyForcibly().waitFor();
        }
        assertThat(kills).isGreaterThan(2);
        Cli last = Cli.run(command);
        assertThat(last.exitCode()).as(last.err()).isZero();
        assertThat(Cli.stableTable(copy)).isEqualTo(Cli.stableTable(run));
        assertThat(Cli.stableTable(harder)).isEqualTo(Cli.stableTable(directory.resolve("hard")));
        assertThat(JSON.readTree(last.out()).get("rank_correlation"))
                .isEqualTo(JSON.readTree(whole.out()).get("rank_correlation"));
        assertThat(JSON.readTree(last.out()).get("candidates"))
                .isEqualTo(JSON.readTree(whole.out()).get("candidates"));
    }

    /** Instances of both ledgers; those of the race are there from the start. */
    private static long instances(Path... runs) {
        long count = 0;
        for (Path each : runs) {
            RunDirectory one = new RunDirectory(each);
            if (one.exists()) {
                long[] found = new long[1];
                try (var ledger = SqliteLedger.openReadOnly(one.ledger())) {
                    ledger.forEachInstance(Purpose.ASSESS, _ -> found[0]++);
                }
                count += found[0];
            }
        }
        return count;
    }
}
