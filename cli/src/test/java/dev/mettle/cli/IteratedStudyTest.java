package dev.mettle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.mettle.core.run.CandidateRecord;
import dev.mettle.core.run.RoundRecord;
import dev.mettle.ledger.LedgerReader;
import dev.mettle.ledger.SqliteLedger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A study that draws its candidates in rounds, from the command line. */
class IteratedStudyTest {
    private static final String STUDY =
            Cli.root().resolve("examples/digits/iterated.yaml").toString();

    @TempDir private Path directory;

    @Test
    void validateSaysHowManyEachRoundDrawsAndTheMostThatAllOfThemTrain() throws IOException {
        Cli text = Cli.run("validate", STUDY);
        assertThat(text.err()).isEmpty();
        assertThat(text.out())
                .contains("rounds       3: 60 candidates first, then 2 x 60 more around the best\n")
                .containsPattern("racing by mean: [0-9,]+ trainings at most");
        JsonNode document = new ObjectMapper().readTree(Cli.run("validate", STUDY, "--json").out());
        assertThat(document.get("sampling").get("rounds").asInt()).isEqualTo(3);
        assertThat(document.get("candidates").asInt()).isEqualTo(60);
        assertThat(document.get("trainings_exact").asBoolean()).isFalse();
    }

    @Test
    void threadsAndKillsDoNotChangeWhatIsDrawnTrainedAndAudited() throws Exception {
        Path study =
                study(
                        "epochs: 40",
                        "epochs: 4",
                        "algorithm: racing",
                        "algorithm: racing\n  preview_rows: 60");
        Path whole = directory.resolve("whole");
        Path killed = directory.resolve("killed");
        long milliseconds = Kills.ofRun(directory, study, whole).whole("whole.txt");
        int kills =
                Kills.ofRun(directory, study, killed)
                        .kill("killed.txt", 12, 99, milliseconds / 6, milliseconds / 3);
        Kills.ofRun(directory, study, killed).whole("last.txt");
        assertThat(kills).isPositive();
        Kills.assertSameBits(killed, whole);
        try (LedgerReader one = SqliteLedger.openReadOnly(new RunDirectory(killed).ledger());
                LedgerReader other = SqliteLedger.openReadOnly(new RunDirectory(whole).ledger())) {
            assertThat(one.candidates()).isEqualTo(other.candidates()).hasSize(180);
            assertThat(one.rounds()).isEqualTo(other.rounds()).hasSize(3);
            assertThat(one.raceCheck()).isEqualTo(other.raceCheck()).isPresent();
            assertThat(one.audit()).isEqualTo(other.audit()).isPresent();
        }
    }

    @Test
    void aRunSaysWhatItsRoundsBroughtAndAnyOfItsCandidatesCanBeNamed() throws IOException {
        Path study = study("epochs: 40", "epochs: 2");
        Path run = directory.resolve("run");
        Cli text = Cli.run("run", study, "--out", run, "--json");
        assertThat(text.exitCode()).as(text.err()).isZero();
        assertThat(text.err())
                .containsPattern("race, round 2 of 3, iteration 1, 6[1-5] candidates left");
        JsonNode document = new ObjectMapper().readTree(text.out());
        assertThat(document.get("candidates").asInt()).isEqualTo(180);
        JsonNode rounds = document.get("rounds");
        assertThat(rounds).hasSize(3);
        int finalists = 0;
        double best = Double.POSITIVE_INFINITY;
        for (JsonNode round : rounds) {
            assertThat(round.get("candidates").asInt()).isEqualTo(60);
            assertThat(round.get("instances").asInt()).isEqualTo(10);
            assertThat(round.get("best").asDouble()).isLessThanOrEqualTo(best);
            best = round.get("best").asDouble();
            finalists += round.get("finalists").asInt();
        }
        assertThat(finalists).isEqualTo(document.get("finalists").size());
        assertThat(run.resolve("report.html"))
                .content()
                .contains("The candidates were drawn in rounds")
                .contains("finalists from it");
        assertThat(run.resolve("run.log")).content().contains("round 3 of 3: 60 new candidates");
        String late = lastCandidate(run);
        Cli assessed =
                Cli.run("assess", study, "--out", run, "--candidate", late, "--instances", 2);
        assertThat(assessed.exitCode()).as(assessed.err()).isZero();
        assertThat(assessed.out()).contains(late);
        Cli again = Cli.run("run", study, "--out", run);
        assertThat(again.exitCode()).as(again.err()).isZero();
        assertThat(again.out()).contains("180 candidates").contains("; 0 trained now");
    }

    @Test
    void candidatesOfAllRoundsDiffer() throws IOException {
        Path study =
                study("epochs: 40", "epochs: 1", "count: 180, rounds: 3", "count: 40, rounds: 4");
        Path run = directory.resolve("run");
        assertThat(Cli.run("run", study, "--out", run).exitCode()).isZero();
        try (LedgerReader ledger = SqliteLedger.openReadOnly(new RunDirectory(run).ledger())) {
            List<CandidateRecord> candidates = ledger.candidates();
            assertThat(candidates).hasSize(40);
            Set<String> ids =
                    candidates.stream().map(CandidateRecord::id).collect(Collectors.toSet());
            assertThat(ids).hasSize(40);
            assertThat(candidates).allMatch(candidate -> candidate.parameters() <= 8000);
            assertThat(ledger.rounds())
                    .extracting(RoundRecord::candidates)
                    .containsExactly(10, 10, 10, 10);
            assertThat(ledger.eliminations()).hasSize(40 - ledger.finalists().size());
        }
    }

    private static String lastCandidate(Path run) {
        try (LedgerReader ledger = SqliteLedger.openReadOnly(new RunDirectory(run).ledger())) {
            return ledger.candidates().getLast().id();
        }
    }

    private Path study(String... replacements) throws IOException {
        Path study = directory.resolve("study.yaml");
        String text =
                Files.readString(Path.of(STUDY))
                        .replace("digits.npz", Path.of(STUDY).resolveSibling("digits.npz") + "")
                        .replaceAll("certificate: .*", "certificate: none");
        for (int i = 0; i < replacements.length; i += 2) {
            assertThat(text).contains(replacements[i]);
            text = text.replace(replacements[i], replacements[i + 1]);
        }
        Files.writeString(study, text);
        return study;
    }
}
