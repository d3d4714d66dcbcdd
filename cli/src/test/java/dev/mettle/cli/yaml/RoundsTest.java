package dev.mettle.cli.yaml;

import static dev.mettle.cli.yaml.StudyText.SHORTEST;
import static dev.mettle.cli.yaml.StudyText.opened;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mettle.core.study.Candidate;
import dev.mettle.core.study.CandidateSpace;
import dev.mettle.core.study.Study;
import dev.mettle.core.study.StudyReader;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Candidates that later rounds draw around survivors. */
class RoundsTest {
    private static final String STUDY =
            SHORTEST.replace("lr: 0.001", "lr: $lr")
                            .replace("dense: 8", "dense: $hidden")
                            .replace("relu", "$act")
                    + """
                    seed: 5
                    space:
                      lr: {min: 1e-4, max: 1e-2, log: true}
                      hidden: {min: 8, max: 64, integer: true}
                      act: [relu, silu, tanh]
                    sampling: {method: sobol, count: 200, rounds: 4}
                    """;

    @ParameterizedTest
    @CsvSource({"200, 4, 50, 50", "10, 3, 4, 3", "7, 7, 1, 1", "9, 5, 5, 1", "6, 1, 6, 0"})
    void roundsShareTheCountAndTheFirstHasWhatIsLeftOver(
            int count, int rounds, int first, int later) {
        Study study = study("count: 200, rounds: 4", "count: %d, rounds: %d", count, rounds);
        assertThat(study.candidates()).hasSize(first);
        assertThat(first + (rounds - 1) * later).isEqualTo(count);
        if (rounds > 1) {
            StudyReader.Opened opened =
                    opened(
                            STUDY.replace(
                                    "count: 200, rounds: 4",
                                    "count: %d, rounds: %d".formatted(count, rounds)));
            assertThat(around(opened, 2, opened.study().candidates().subList(0, 1)).candidates())
                    .hasSize(later);
        }
    }

    @Test
    void oneRoundDrawsWhatAStudyWithoutRoundsDoes() {
        assertThat(study("rounds: 4", "rounds: 1").candidates())
                .isEqualTo(study(", rounds: 4", "").candidates());
    }

    @Test
    void theSameSurvivorsGiveTheSameCandidatesInAnyProcess() {
        StudyReader.Opened first = opened(STUDY);
        List<Candidate> parents = first.study().candidates().subList(0, 5);
        CandidateSpace.Drawn drawn = around(first, 2, parents);
        assertThat(
                        IntStream.range(0, 8)
                                .parallel()
                                .mapToObj(_ -> around(opened(STUDY), 2, parents)))
                .allMatch(drawn::equals);
        assertThat(around(first, 2, parents)).isEqualTo(drawn);
        assertThat(around(first, 3, parents)).isNotEqualTo(drawn);
        assertThat(around(first, 2, parents.reversed())).isNotEqualTo(drawn);
        StudyReader.Opened other = opened(STUDY.replace("seed: 5", "seed: 6"));
        assertThat(around(other, 2, parents)).isNotEqualTo(drawn);
    }

    @Test
    void theFirstCandidatesAroundOneArePinned() { // reference/neighbourhood.py
        StudyReader.Opened opened = opened(STUDY);
        Candidate parent = opened.study().candidates().getFirst();
        assertThat(parent.settingsText()).isEqualTo("lr=0.002348,hidden=10,act=relu");
        assertThat(around(opened, 2, List.of(parent)).candidates().subList(0, 3))
                .extracting(Candidate::settingsText)
                .containsExactly(
                        "lr=0.0003875,hidden=15,act=relu",
                        "lr=0.007947,hidden=9,act=relu",
                        "lr=0.001334,hidden=11,act=relu");
    }

    @Test
    void candidatesComeCloserToTheSurvivorRoundByRound() {
        StudyReader.Opened opened = opened(STUDY.replace("count: 200", "count: 2000"));
        Candidate parent = opened.study().candidates().get(7);
        double[] deviations = new double[5];
        for (int round = 2; round <= 4; round++) {
            List<Candidate> drawn = around(opened, round, List.of(parent)).candidates();
            deviations[round] =
                    Math.sqrt(
                            drawn.stream()
                                    .mapToDouble(c -> decades(c) - decades(parent))
                                    .map(d -> d * d / 4) // the range has two decades
                                    .average()
                                    .orElseThrow());
            double kept =
                    drawn.stream().filter(c -> act(c).equals(act(parent))).count()
                            / (double) drawn.size();
            assertThat(kept).isCloseTo((round - 1) / 4.0 + (5 - round) / 12.0, within(0.06));
        }
        assertThat(deviations[3]).isCloseTo(0.1, within(0.02));
        assertThat(deviations[4]).isCloseTo(0.05, within(0.01));
        assertThat(deviations[2]).isBetween(0.12, 0.22); // the ends cut it
    }

    @Test
    void everyCandidateIsInsideTheRangesNewAndOfAnIdOfItsOwn() {
        StudyReader.Opened opened = opened(STUDY.replace("count: 200", "count: 4000"));
        List<Candidate> known = opened.study().candidates();
        CandidateSpace.Drawn drawn = around(opened, 2, known.subList(0, 3));
        assertThat(drawn.candidates()).hasSize(1000);
        assertThat(drawn.points()).isEqualTo(1000 + drawn.duplicates() + drawn.excluded());
        Set<String> ids = new HashSet<>();
        Set<String> texts = new HashSet<>();
        Stream.concat(known.stream(), drawn.candidates().stream())
                .forEach(candidate -> {
                    assertThat(ids.add(candidate.id())).isTrue();
                    assertThat(texts.add(candidate.settingsText())).isTrue();
                    assertThat(Double.parseDouble(setting(candidate, "lr"))).isBetween(1e-4, 1e-2);
                    assertThat(Integer.parseInt(setting(candidate, "hidden"))).isBetween(8, 64);
                });
    }

    @Test
    void aConstraintHoldsInLaterRoundsAndItsVictimsAreCounted() {
        StudyReader.Opened opened = opened(STUDY + "constraints: {parameters: 7000}\n");
        CandidateSpace.Drawn drawn = around(opened, 2, opened.study().candidates().subList(0, 5));
        assertThat(drawn.candidates())
                .hasSize(50)
                .allMatch(candidate -> candidate.parameters() <= 7000);
        assertThat(drawn.excluded()).isPositive();
    }

    @Test
    void aSpaceThatIsUsedUpEndsTheRoundEarly() {
        StudyReader.Opened opened =
                opened(
                        SHORTEST.replace("dense: 8", "dense: $hidden")
                                + """
                                space: {hidden: [8, 16, 24, 32, 40, 48]}
                                sampling: {count: 6, rounds: 2}
                                """);
        List<Candidate> known = opened.study().candidates();
        assertThat(known).hasSize(3);
        CandidateSpace.Drawn drawn = around(opened, 2, known);
        assertThat(drawn.candidates()).hasSize(3);
        List<Candidate> all = Stream.concat(known.stream(), drawn.candidates().stream()).toList();
        CandidateSpace.Drawn none = opened.space().around(opened.study(), 2, List.of(known), all);
        assertThat(none.candidates()).isEmpty();
        assertThat(none.points()).isEqualTo(1300);
        assertThat(none.duplicates()).isEqualTo(1300);
    }

    @Test
    void aFirstRoundAsSmallAsTheSurvivorsIsNoReasonToWarn() {
        assertThat(study("count: 200, rounds: 4", "count: 3").warnings())
                .anyMatch(warning -> warning.contains("none is ever dropped"));
        assertThat(study("count: 200, rounds: 4", "count: 6, rounds: 2").warnings())
                .noneMatch(warning -> warning.contains("none is ever dropped"));
    }

    @Test
    void aValueOfPerIsKeptAndItsGroupsTakeTurns() {
        StudyReader.Opened opened = opened(STUDY + "selection: {per: act}\n");
        List<List<Candidate>> parents =
                Stream.of("relu", "silu", "tanh")
                        .map(value ->
                                opened.study().candidates().stream()
                                        .filter(candidate -> act(candidate).equals(value))
                                        .limit(2)
                                        .toList())
                        .toList();
        List<Candidate> drawn =
                opened.space()
                        .around(opened.study(), 2, parents, opened.study().candidates())
                        .candidates();
        for (String value : List.of("relu", "silu", "tanh")) {
            assertThat(drawn).filteredOn(c -> act(c).equals(value)).hasSizeBetween(15, 18);
        }
    }

    @Test
    void withoutASoundSurvivorTheWholeSpaceIsDrawnFrom() {
        StudyReader.Opened opened = opened(STUDY);
        assertThat(around(opened, 4, List.of()).candidates())
                .extracting(RoundsTest::act)
                .contains("relu", "silu", "tanh");
    }

    @Test
    void aCandidateComesBackFromItsSettingsAlone() {
        StudyReader.Opened opened = opened(STUDY);
        CandidateSpace.Drawn drawn = around(opened, 2, opened.study().candidates().subList(0, 5));
        CandidateSpace fresh = opened(STUDY).space();
        for (Candidate candidate : drawn.candidates()) {
            assertThat(fresh.restored(candidate.id(), candidate.settings())).contains(candidate);
        }
        Candidate one = drawn.candidates().getFirst();
        assertThat(fresh.restored("0123456789", one.settings())).isEmpty();
        assertThat(opened(SHORTEST).space().restored(one.id(), one.settings())).isEmpty();
    }

    private static Study study(String part, String replacement, Object... values) {
        return opened(STUDY.replace(part, replacement.formatted(values))).study();
    }

    private static CandidateSpace.Drawn around(
            StudyReader.Opened opened, int round, List<Candidate> parents) {
        return opened.space()
                .around(opened.study(), round, List.of(parents), opened.study().candidates());
    }

    private static double decades(Candidate candidate) {
        return Math.log10(Double.parseDouble(setting(candidate, "lr")));
    }

    private static String act(Candidate candidate) {
        return setting(candidate, "act");
    }

    private static String setting(Candidate candidate, String name) {
        return String.valueOf(candidate.settings().get(name));
    }
}
