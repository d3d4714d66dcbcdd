package dev.mettle.core.selection;

import static dev.mettle.core.selection.Race.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mettle.core.statistics.Criterion;
import dev.mettle.core.study.SelectionSettings;

import org.junit.jupiter.api.Test;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

class ExhaustiveTest {
    private static final double INFINITY = Double.POSITIVE_INFINITY;

    @Test
    void allInstancesOfAllCandidatesAreAskedForAtOnceSampleBySample() {
        SequencedMap<String, String> groups = Race.candidates(3);
        SelectionAlgorithm algorithm = Race.exhaustive(groups, 4);
        Race race = Race.run(algorithm, groups, (candidate, instance) -> 3.0 - candidate);
        assertThat(race.steps()).hasSize(1);
        assertThat(race.steps().getFirst().cells())
                .hasSize(12)
                .startsWith(new Cell(id(0), 0), new Cell(id(1), 0));
        assertThat(race.trainings()).isEqualTo(12).isEqualTo(algorithm.trainingsAtMost());
        assertThat(race.finalistIds()).containsExactly(id(2), id(1), id(0));
        assertThat(race.end().eliminations()).isEmpty();
    }

    @Test
    void aFailureRanksBehindAllWithoutOneThenTheCriterionThenTheId() {
        SequencedMap<String, String> groups = Race.candidates(5);
        double[][] losses = {
            {9, 9, 9}, {1, 1, INFINITY}, {2, 2, 2}, {1, 3, 2}, {INFINITY, INFINITY, 0}
        };
        Race race =
                Race.run(
                        Race.exhaustive(groups, 3),
                        groups,
                        (candidate, instance) -> losses[candidate][instance]);
        assertThat(race.finalistIds()).containsExactly(id(2), id(3), id(0), id(1), id(4));
        assertThat(race.finalists().getLast()).isEqualTo(new Ranked(id(4), "", INFINITY, 2));
    }

    @Test
    void aCriterionThatLooksPastFailuresStillRanksThemLast() {
        SequencedMap<String, String> groups = Race.candidates(2);
        double[][] losses = {{1, 1, INFINITY}, {2, 2, 2}};
        SelectionAlgorithm median =
                SelectionAlgorithms.of(
                        new SelectionSettings(
                                new SelectionSettings.Algorithm.Exhaustive(),
                                new Criterion.Median(),
                                3,
                                Optional.empty(),
                                0),
                        groups);
        Race race = Race.run(median, groups, (candidate, instance) -> losses[candidate][instance]);
        assertThat(race.finalists())
                .containsExactly(new Ranked(id(1), "", 2, 0), new Ranked(id(0), "", 1, 1));
    }

    @Test
    void zeroAndNegativeZeroTieById() {
        SequencedMap<String, String> groups = Race.candidates(2);
        Race race =
                Race.run(
                        Race.exhaustive(groups, 1),
                        groups,
                        (candidate, instance) -> candidate == 0 ? 0.0 : -0.0);
        assertThat(race.finalistIds()).containsExactly(id(0), id(1));
    }

    @Test
    void whatIsKnownIsNotAskedForAgain() {
        SequencedMap<String, String> groups = Race.candidates(2);
        LossTable table = new LossTable(List.copyOf(groups.keySet()), 2);
        table.put(id(1), 0, 5);
        SelectionAlgorithm algorithm = Race.exhaustive(groups, 2);
        assertThat(((Selection.Next.Train) algorithm.select(table).next()).cells())
                .containsExactly(new Cell(id(0), 0), new Cell(id(0), 1), new Cell(id(1), 1));
    }

    @Test
    void aTableThatIsTooSmallOrLacksACandidateIsRefused() {
        SelectionAlgorithm algorithm = Race.exhaustive(Race.candidates(2), 3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> algorithm.select(new LossTable(List.of(id(0), id(1)), 2)))
                .withMessageContaining("needs 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> algorithm.select(new LossTable(List.of(id(0)), 3)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Race.exhaustive(new LinkedHashMap<>(), 3));
    }

    @Test
    void lossesThatAreNoNumbersAboveMinusInfinityAreRefused() {
        LossTable table = new LossTable(List.of(id(0)), 2);
        assertThatIllegalArgumentException().isThrownBy(() -> table.put(id(0), 0, Double.NaN));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> table.put(id(0), 0, Double.NEGATIVE_INFINITY));
        assertThatIllegalArgumentException().isThrownBy(() -> table.put("other", 0, 1));
        assertThatThrownBy(() -> table.put(id(0), 2, 1))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }
}
