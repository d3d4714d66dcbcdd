package dev.mettle.core.selection;

import static dev.mettle.core.selection.Race.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mettle.core.statistics.Criterion;
import dev.mettle.core.study.SelectionSettings;
import dev.mettle.core.study.SelectionSettings.Algorithm;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.ToDoubleBiFunction;

class HalvingTest {
    private static final double INFINITY = Double.POSITIVE_INFINITY;

    /** Losses without order or ties: fixed noise around the candidate's own level. */
    private static final ToDoubleBiFunction<Integer, Integer> NOISY =
            (candidate, instance) ->
                    1
                            + (candidate * 7919 % 1000) / 1000.0
                            + (candidate * 31 + instance * 17) % 97 / 500.0;

    private static SelectionAlgorithm halving(
            SequencedMap<String, String> groups,
            int eta,
            int warmup,
            int instances,
            int survivors) {
        return SelectionAlgorithms.of(
                new SelectionSettings(
                        new Algorithm.Halving(eta, warmup, survivors),
                        new Criterion.Mean(),
                        instances,
                        Optional.empty(),
                        0),
                groups);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    # candidates, eta, warmup, instances, survivors | trainings | candidates x instances of each round
                    # 8x4 + 4x(8-4) + 2x(16-8) + 1x(32-16): each round costs about the same
                      8, 2, 1, 32, 1    |  80    | 8x4 4x8 2x16 1x32
                      6912, 2, 5, 50, 3 |  34818 | 6912x5 27x6 13x12 6x25 3x50
                      81, 3, 1, 27, 1   |  135   | 81x1 9x3 3x9 1x27
                      81, 3, 3, 27, 1   |  279   | 81x3 3x9 1x27
                      5, 4, 1, 10, 2    |  26    | 5x2 2x10
                      3, 2, 1, 10, 3    |  30    | 3x10
                      2, 2, 5, 10, 3    |  20    | 2x10
                      1, 2, 1, 1, 1     |  1     | 1x1
                      7, 2, 4, 4, 2     |  28    | 7x4 2x4
                      7, 100, 1, 4, 2   |  13    | 7x1 2x4
                    """)
    void theNumberOfTrainingsIsKnownBeforeTheRace(String settings, long trainings, String rounds) {
        int[] s = List.of(settings.split(", ")).stream().mapToInt(Integer::parseInt).toArray();
        SequencedMap<String, String> groups = Race.candidates(s[0]);
        SelectionAlgorithm algorithm = halving(groups, s[1], s[2], s[3], s[4]);
        assertThat(
                        algorithm.rounds().stream()
                                .map(round -> round.candidates() + "x" + round.instances()))
                .containsExactly(rounds.split(" "));
        assertThat(algorithm.trainingsAtMost()).isEqualTo(trainings);
        assertThat(algorithm.isCountExact()).isTrue();
        Race race = Race.run(algorithm, groups, NOISY);
        assertThat(race.trainings()).isEqualTo(trainings);
        assertThat(race.finalists()).hasSize(Math.min(s[0], s[4]));
        assertThat(race.end().eliminations()).hasSize(Math.max(0, s[0] - s[4]));
    }

    @Test
    void allThatAreComparedWereTrainedOnTheSameSamples() {
        SequencedMap<String, String> groups = Race.candidates(8);
        Race race = Race.run(halving(groups, 2, 1, 8, 1), groups, NOISY);
        Set<String> seen = new HashSet<>();
        for (Selection.Next.Train step : race.steps()) {
            for (Cell cell : step.cells()) {
                assertThat(seen.add(cell.toString())).isTrue();
            }
            int before = seen.size() - step.cells().size();
            assertThat(step.cells().getFirst().instance())
                    .isEqualTo(before == 0 ? 0 : step.iteration() / 2);
            assertThat(step.cells().getLast().instance()).isEqualTo(step.iteration() - 1);
        }
        assertThat(race.steps().stream().map(Selection.Next.Train::alive))
                .containsExactly(8, 4, 2, 1);
        assertThat(race.steps().stream().map(Selection.Next.Train::iteration))
                .containsExactly(1, 2, 4, 8);
    }

    @Test
    void theBestStayAndReasonsNameNumbers() {
        SequencedMap<String, String> groups = Race.candidates(5);
        double[] levels = {0.05, 0.01, 0.04, 0.02, 0.03};
        Race race =
                Race.run(
                        halving(groups, 2, 1, 4, 1),
                        groups,
                        (candidate, instance) -> levels[candidate]);
        assertThat(race.dropped()).containsExactly(id(4), id(2), id(0), id(3));
        assertThat(race.end().eliminations().getFirst())
                .isEqualTo(
                        new Elimination(
                                id(4),
                                1,
                                0.03,
                                0.02,
                                "halving: its mean 0.03 after 1 instance is above 0.02, the worst"
                                        + " that was kept"));
        assertThat(race.finalists()).containsExactly(new Ranked(id(1), "", 0.01, 0));
    }

    @Test
    void tiesBreakById() {
        SequencedMap<String, String> groups = Race.candidates(4);
        Race race = Race.run(halving(groups, 2, 1, 2, 1), groups, (_, _) -> 0.5);
        assertThat(race.finalistIds()).containsExactly(id(0));
        assertThat(race.reasons())
                .first()
                .isEqualTo(
                        "halving: its mean 0.5 after 1 instance ties with the worst that was kept,"
                                + " and the id decides");
    }

    @Test
    void anExplodedCandidateCannotStayWhileAnotherHasNone() {
        SequencedMap<String, String> groups = Race.candidates(4);
        Race race =
                Race.run(
                        halving(groups, 2, 2, 4, 1),
                        groups,
                        (candidate, instance) ->
                                candidate == 0 && instance == 1 ? INFINITY : candidate);
        assertThat(race.dropped()).contains(id(0));
        assertThat(race.finalistIds()).containsExactly(id(1));
        assertThat(race.reasons()).contains("halving: 1 of 2 instances failed");
    }

    @Test
    void whereAllExplodeTheRaceStillEnds() {
        SequencedMap<String, String> groups = Race.candidates(4);
        Race race = Race.run(halving(groups, 2, 1, 4, 1), groups, (_, _) -> INFINITY);
        assertThat(race.finalists()).containsExactly(new Ranked(id(0), "", INFINITY, 4));
    }

    @Test
    void placesAreSharedAmongTheValuesOfPer() {
        SequencedMap<String, String> groups = Race.groups(16, i -> i < 8 ? "good" : "bad");
        SelectionAlgorithm algorithm = halving(groups, 2, 1, 8, 1);
        Race race = Race.run(algorithm, groups, (candidate, _) -> candidate);
        assertThat(race.finalistIds()).containsExactly(id(0), id(8));
        assertThat(race.trainings()).isEqualTo(algorithm.trainingsAtMost());
        assertThat(race.reasons())
                .contains(
                        "halving: its mean 15 after 1 instance is above 11, the worst kept for"
                                + " bad");
    }

    @Test
    void aRaceThatGoesOnEndsAsOneThatWasNeverStopped() {
        SequencedMap<String, String> groups = Race.candidates(20);
        SelectionAlgorithm algorithm = halving(groups, 3, 2, 18, 2);
        Race live = Race.run(algorithm, groups, NOISY);
        List<Cell> cells = new ArrayList<>();
        live.steps().forEach(step -> cells.addAll(step.cells()));
        for (int known = 0; known <= cells.size(); known += 7) {
            LossTable table = new LossTable(List.copyOf(groups.keySet()), algorithm.instances());
            // every third first, for instances finish in any order
            for (int i = 0; i < known; i++) {
                Cell cell = cells.get(i * 3 % known == 0 ? i : known - 1 - i);
                table.put(
                        cell.candidate(),
                        cell.instance(),
                        NOISY.applyAsDouble(Race.number(cell.candidate()), cell.instance()));
            }
            Race resumed = Race.run(algorithm, table, NOISY);
            assertThat(resumed.end()).isEqualTo(live.end());
        }
    }

    @Test
    void settingsThatDivideByOneAreRejected() {
        assertThatThrownBy(() -> new Algorithm.Halving(1, 1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("eta (1) must be 2 or more");
    }
}
