package dev.mettle.core.selection;

import static dev.mettle.core.selection.Race.id;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mettle.core.random.Purpose;
import dev.mettle.core.random.RandomStream;
import dev.mettle.core.random.Seed;
import dev.mettle.core.random.Stream;
import dev.mettle.core.statistics.Criterion;
import dev.mettle.core.study.SelectionSettings.Drop;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.ToDoubleBiFunction;

class ProgressiveTest {
    private static final double INFINITY = Double.POSITIVE_INFINITY;

    /** Losses without order or ties: fixed noise around the candidate's own level. */
    private static final ToDoubleBiFunction<Integer, Integer> NOISY =
            (candidate, instance) ->
                    1
                            + (candidate * 7919 % 1000) / 1000.0
                            + (candidate * 31 + instance * 17) % 97 / 500.0;

    @Test
    void thePapersSpaceTakes41569Trainings() {
        SequencedMap<String, String> groups = Race.candidates(6912);
        SelectionAlgorithm algorithm = Race.half(groups, 5, 50, 3);
        Race race = Race.run(algorithm, groups, NOISY);
        assertThat(race.trainings()).isEqualTo(41_569);
        assertThat(algorithm.trainingsAtMost()).isEqualTo(41_569);
        assertThat(race.finalists()).hasSize(3);
        assertThat(race.end().eliminations()).hasSize(6909);
    }

    @Test
    void workIsAskedForInPiecesAsLargeAsTheRulesAllow() {
        SequencedMap<String, String> groups = Race.candidates(6912);
        Race race = Race.run(Race.half(groups, 5, 50, 3), groups, NOISY);
        assertThat(race.steps().stream().map(step -> step.cells().size()))
                .containsExactly(34_560, 3456, 1728, 864, 432, 216, 108, 54, 27, 13, 6, 105);
        assertThat(race.steps().stream().map(Selection.Next.Train::iteration))
                .containsExactly(5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 50);
        assertThat(race.steps().stream().map(Selection.Next.Train::alive))
                .containsExactly(6912, 3456, 1728, 864, 432, 216, 108, 54, 27, 13, 6, 3);
    }

    @Test
    void theBestHalfStaysAndReasonsNameNumbers() {
        SequencedMap<String, String> groups = Race.candidates(5);
        double[] levels = {0.05, 0.01, 0.04, 0.02, 0.03};
        Race race =
                Race.run(
                        Race.half(groups, 2, 4, 1),
                        groups,
                        (candidate, instance) -> levels[candidate]);
        assertThat(race.dropped()).containsExactly(id(4), id(2), id(0), id(3));
        assertThat(race.end().eliminations().stream().map(Elimination::iteration))
                .containsExactly(2, 2, 2, 3);
        assertThat(race.end().eliminations().getFirst())
                .isEqualTo(
                        new Elimination(
                                id(4),
                                2,
                                0.03,
                                0.02,
                                "half: its mean 0.03 after 2 instances is above 0.02, the worst"
                                        + " that was kept"));
        assertThat(race.finalists()).containsExactly(new Ranked(id(1), "", 0.01, 0));
        assertThat(race.trainings()).isEqualTo(5 * 2 + 2 + 1);
    }

    @Test
    void tiesBreakById() {
        SequencedMap<String, String> groups = Race.candidates(4);
        Race race = Race.run(Race.half(groups, 1, 2, 1), groups, (candidate, instance) -> 0.5);
        assertThat(race.finalistIds()).containsExactly(id(0));
        assertThat(race.reasons())
                .first()
                .isEqualTo(
                        "half: its mean 0.5 after 1 instance ties with the worst that was kept, and"
                                + " the id decides");
    }

    @Test
    void numbersThatDifferLateAreWrittenOutUntilTheyDo() {
        SequencedMap<String, String> groups = Race.candidates(2);
        Race race =
                Race.run(
                        Race.half(groups, 1, 1, 1),
                        groups,
                        (candidate, instance) -> 0.01 + candidate * 1e-9);
        assertThat(race.reasons())
                .containsExactly(
                        "half: its mean 0.010000001 after 1 instance is above 0.01, the worst that"
                                + " was kept");
    }

    @ParameterizedTest
    @CsvSource({
        "0.00012345678, 0.0001235",
        "1.5e-9, 1.5E-9",
        "123456.7, 123457",
        "3e20, 3E+20",
        "-0.5, -0.5"
    })
    void numbersAreWrittenAsPeopleDo(double value, String text) {
        SequencedMap<String, String> groups = Race.candidates(2);
        Race race =
                Race.run(
                        Race.half(groups, 1, 1, 1),
                        groups,
                        (candidate, instance) -> candidate == 0 ? -1 : value);
        assertThat(race.reasons().getFirst())
                .startsWith("half: its mean %s after 1 instance is above -1".formatted(text));
    }

    @Test
    void failuresGoFirst() {
        SequencedMap<String, String> groups = Race.candidates(4);
        double[][] losses = {
            {1, INFINITY, 1}, {3, 3, 3}, {2, 2, 2}, {INFINITY, INFINITY, INFINITY}
        };
        Race race =
                Race.run(
                        Race.half(groups, 2, 3, 1),
                        groups,
                        (candidate, instance) -> losses[candidate][instance]);
        assertThat(race.reasons())
                .containsExactly(
                        "half: 1 of 2 instances failed",
                        "half: 2 of 2 instances failed",
                        "half: its mean 3 after 3 instances is above 2, the worst that was kept");
    }

    @Test
    void whereEverythingFailsTheIdDecidesAndTheFinalistSaysSo() {
        SequencedMap<String, String> groups = Race.candidates(7);
        Race race = Race.run(Race.half(groups, 2, 5, 2), groups, (candidate, instance) -> INFINITY);
        assertThat(race.finalists())
                .containsExactly(
                        new Ranked(id(0), "", INFINITY, 5), new Ranked(id(1), "", INFINITY, 5));
        assertThat(race.reasons())
                .first()
                .isEqualTo(
                        "half: 2 of 2 instances failed, and so did some of the worst that was kept;"
                                + " the id decides");
    }

    @ParameterizedTest
    @CsvSource({
        "1, 5, 50, 3",
        "2, 5, 50, 3",
        "2, 5, 50, 1",
        "3, 1, 1, 1",
        "9, 1, 1, 1",
        "8, 5, 5, 3",
        "8, 9, 5, 3",
        "4, 2, 6, 10",
        "100, 1, 20, 1",
        "48, 3, 10, 2",
        "101, 4, 7, 100"
    })
    void everyShapeOfRaceEndsWithTheCountItSaid(
            int candidates, int warmup, int instances, int survivors) {
        SequencedMap<String, String> groups = Race.candidates(candidates);
        SelectionAlgorithm algorithm = Race.half(groups, warmup, instances, survivors);
        Race race = Race.run(algorithm, groups, NOISY);
        assertThat(race.trainings())
                .isEqualTo(algorithm.trainingsAtMost())
                .isEqualTo(plainCount(candidates, warmup, instances, survivors));
        assertThat(race.finalists()).hasSizeGreaterThanOrEqualTo(Math.min(survivors, candidates));
        assertThat(race.finalists().size() + race.end().eliminations().size())
                .isEqualTo(candidates);
        assertThat(algorithm.instances()).isEqualTo(instances);
    }

    /** Algorithm 1 as a loop. */
    private static long plainCount(int candidates, int warmup, int instances, int survivors) {
        long count = 0;
        int alive = candidates;
        for (int i = 1; i <= instances; i++) {
            count += alive;
            if (i >= warmup) {
                alive = Math.min(alive, Math.max(alive / 2, survivors));
            }
        }
        return count;
    }

    @Test
    void theRuleHoldsAfterTheLastIterationToo() {
        SequencedMap<String, String> groups = Race.candidates(8);
        assertThat(Race.run(Race.half(groups, 5, 5, 3), groups, NOISY).finalists()).hasSize(4);
        assertThat(Race.run(Race.half(groups, 6, 5, 3), groups, NOISY).finalists()).hasSize(8);
    }

    @Test
    void aLimitDropsThoseAboveItButNeverTheSurvivors() {
        SequencedMap<String, String> groups = Race.candidates(6);
        SelectionAlgorithm algorithm =
                Race.progressive(groups, Race.MEAN, 2, 4, 2, new Drop.Above(2.0));
        Race some = Race.run(algorithm, groups, (candidate, instance) -> candidate + 0.0);
        assertThat(some.finalistIds())
                .containsExactly(id(0), id(1), id(2)); // 2.0 itself meets the limit
        assertThat(some.reasons())
                .first()
                .isEqualTo("above: its mean 3 after 2 instances is above the limit 2");
        assertThat(some.end().eliminations().getFirst().bar()).isEqualTo(2);
        assertThat(some.steps().stream().map(step -> step.cells().size()))
                .containsExactly(12, 3, 3);
        Race none = Race.run(algorithm, groups, (candidate, instance) -> 10.0 + candidate);
        assertThat(none.finalistIds()).containsExactly(id(0), id(1));
        assertThat(none.steps().stream().map(step -> step.cells().size())).containsExactly(12, 4);
        assertThat(algorithm.trainingsAtMost()).isEqualTo(24);
    }

    @Test
    void aCvLimitDropsTheUnsteadyAndTheFailedWhateverTheirMean() {
        SequencedMap<String, String> groups = Race.candidates(4);
        double[][] losses = {{1, 2, 1}, {5, 5, 5}, {6, 6.1, 6}, {0.1, INFINITY, 0.1}};
        Race race =
                Race.run(
                        Race.progressive(groups, Race.MEAN, 2, 3, 1, new Drop.CvAbove(0.1)),
                        groups,
                        (candidate, instance) -> losses[candidate][instance]);
        assertThat(race.finalistIds()).containsExactly(id(1), id(2));
        assertThat(race.reasons())
                .containsExactly(
                        "cv_above: its cv 0.4714 after 2 instances is above the limit 0.1",
                        "cv_above: 1 of 2 instances failed");
        assertThat(race.end().eliminations().getFirst().criterion())
                .isEqualTo(Math.sqrt(0.5) / 1.5);
    }

    @Test
    void whoMeetsALimitIsKeptBeforeABetterRankThatDoesNot() {
        SequencedMap<String, String> groups = Race.candidates(3);
        double[][] losses = {{1, 2}, {5, 5}, {1.5, 2.5}};
        Race race =
                Race.run(
                        Race.progressive(groups, Race.MEAN, 2, 2, 2, new Drop.CvAbove(0.1)),
                        groups,
                        (candidate, instance) -> losses[candidate][instance]);
        assertThat(race.finalistIds())
                .containsExactly(id(0), id(1)); // one place by the limit, one by rank
    }

    @Test
    void aMedianBelowTheLimitStaysDespiteAFailure() {
        SequencedMap<String, String> groups = Race.candidates(3);
        double[][] losses = {{1, 1, INFINITY}, {2, 2, 2}, {9, 9, 9}};
        Race race =
                Race.run(
                        Race.progressive(
                                groups, new Criterion.Median(), 3, 3, 1, new Drop.Above(5)),
                        groups,
                        (candidate, instance) -> losses[candidate][instance]);
        assertThat(race.finalistIds()).containsExactly(id(1), id(0));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void aRaceResumedFromAnyPartOfItsLossesEndsTheSame(int seed) {
        SequencedMap<String, String> groups = Race.groups(40, i -> i % 3 == 0 ? "a" : "b");
        SelectionAlgorithm algorithm = Race.half(groups, 3, 9, 3);
        Race whole = Race.run(algorithm, groups, NOISY);
        List<Cell> cells = new ArrayList<>();
        whole.steps().forEach(step -> cells.addAll(step.cells()));
        RandomStream random =
                new RandomStream(new Seed(6, Purpose.RACE, Seed.Source.INIT, seed), Stream.ORDER);
        int[] order = new int[cells.size()];
        Arrays.setAll(order, i -> i);
        random.shuffle(order, order.length);
        LossTable table = new LossTable(List.copyOf(groups.keySet()), 9);
        int known = random.nextInt(order.length + 1);
        for (int i = 0; i < known; i++) {
            Cell cell = cells.get(order[i]);
            table.put(
                    cell.candidate(),
                    cell.instance(),
                    NOISY.applyAsDouble(Race.number(cell.candidate()), cell.instance()));
        }
        Race resumed = Race.run(algorithm, table, NOISY);
        assertThat(resumed.end()).isEqualTo(whole.end());
        assertThat(resumed.trainings()).isEqualTo(whole.trainings() - known);
    }

    @Test
    void lossesOfDroppedCandidatesInARecordedTableChangeNothing() {
        SequencedMap<String, String> groups = Race.candidates(20);
        SelectionAlgorithm algorithm = Race.half(groups, 2, 6, 2);
        LossTable full =
                new LossTable(
                        List.copyOf(groups.keySet()), 8); // more instances than the race has, too
        for (int candidate = 0; candidate < 20; candidate++) {
            for (int instance = 0; instance < 8; instance++) {
                full.put(id(candidate), instance, NOISY.applyAsDouble(candidate, instance));
            }
        }
        assertThat(algorithm.select(full)).isEqualTo(Race.run(algorithm, groups, NOISY).end());
    }

    @Test
    void eliminationsOnlyGrow() {
        SequencedMap<String, String> groups = Race.candidates(30);
        SelectionAlgorithm algorithm = Race.half(groups, 2, 8, 2);
        LossTable table = new LossTable(List.copyOf(groups.keySet()), 8);
        List<Elimination> before = List.of();
        while (algorithm.select(table).next() instanceof Selection.Next.Train train) {
            List<Elimination> now = algorithm.select(table).eliminations();
            assertThat(now.subList(0, before.size())).isEqualTo(before);
            before = now;
            train.cells()
                    .forEach(cell ->
                            table.put(
                                    cell.candidate(),
                                    cell.instance(),
                                    NOISY.applyAsDouble(
                                            Race.number(cell.candidate()), cell.instance())));
        }
        assertThat(before).isNotEmpty();
    }
}
