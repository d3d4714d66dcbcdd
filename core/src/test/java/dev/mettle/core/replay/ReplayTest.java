package dev.mettle.core.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mettle.core.selection.LossTable;
import dev.mettle.core.selection.Ranked;
import dev.mettle.core.selection.Selection;
import dev.mettle.core.selection.SelectionAlgorithm;
import dev.mettle.core.selection.SelectionAlgorithms;
import dev.mettle.core.statistics.Criterion;
import dev.mettle.core.statistics.Losses;
import dev.mettle.core.study.SelectionSettings;
import dev.mettle.core.study.SelectionSettings.Algorithm;
import dev.mettle.core.study.SelectionSettings.Drop;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SequencedMap;

class ReplayTest {
    private static final int CANDIDATES = 40;
    private static final int INSTANCES = 12;

    private static final List<Contestant> ALL =
            List.of(
                    contestant("progressive", new Algorithm.Progressive(3, 2, new Drop.Half())),
                    contestant("above", new Algorithm.Progressive(2, 1, new Drop.Above(1.5))),
                    contestant("cv", new Algorithm.Progressive(4, 2, new Drop.CvAbove(0.2))),
                    contestant("halving", new Algorithm.Halving(3, 1, 2)),
                    contestant("exhaustive", new Algorithm.Exhaustive()));

    private static Contestant contestant(String label, Algorithm algorithm) {
        return new Contestant(
                label,
                new SelectionSettings(
                        algorithm, new Criterion.Mean(), INSTANCES, Optional.empty(), 0));
    }

    private static LossTable table(long seed) {
        Random random = new Random(seed);
        LossTable table =
                new LossTable(
                        java.util.stream.IntStream.range(0, CANDIDATES)
                                .mapToObj("c%02d"::formatted)
                                .toList(),
                        INSTANCES);
        for (String candidate : table.candidates()) {
            double level = 1 + random.nextDouble();
            for (int j = 0; j < INSTANCES; j++) {
                table.put(
                        candidate,
                        j,
                        random.nextInt(60) == 0
                                ? Double.POSITIVE_INFINITY
                                : level * (1 + 0.2 * random.nextGaussian() * 0.5));
            }
        }
        return table;
    }

    private static Replay replay(LossTable table, int repeats, int threads) throws Exception {
        return Replay.of(table, Map.of(), ALL, repeats, threads, _ -> {});
    }

    /** The replay gives an algorithm all losses at once; a run gives it what it asks for. */
    @Test
    void theRaceIsTheOneThatAskingForLossesWouldGive() throws Exception {
        for (int seed = 0; seed < 5; seed++) {
            LossTable table = table(seed);
            Replay replay = replay(table, 3, 2);
            for (int r = 0; r < 3; r++) {
                LossTable permuted = table.columns(Replay.order(INSTANCES, r));
                for (int c = 0; c < ALL.size(); c++) {
                    assertThat(replay.scores().get(c).races().get(r))
                            .isEqualTo(asked(permuted, ALL.get(c)));
                }
            }
        }
    }

    private static Race asked(LossTable all, Contestant contestant) {
        SequencedMap<String, String> groups = new LinkedHashMap<>();
        all.candidates().forEach(candidate -> groups.put(candidate, ""));
        SelectionAlgorithm algorithm = SelectionAlgorithms.of(contestant.settings(), groups);
        LossTable known = new LossTable(all.candidates(), INSTANCES);
        long trainings = 0;
        while (true) {
            switch (algorithm.select(known).next()) {
                case Selection.Next.Train train -> {
                    for (var cell : train.cells()) {
                        double[] row = new double[INSTANCES];
                        for (int j = 0; j < INSTANCES; j++) {
                            row[j] = all.columns(j).first(cell.candidate(), 1).mean();
                        }
                        known.put(cell.candidate(), cell.instance(), row[cell.instance()]);
                        trainings++;
                    }
                }
                case Selection.Next.Done(List<Ranked> finalists, _) -> {
                    return new Race(
                            finalists.stream().map(Ranked::candidate).toList(), trainings, 0);
                }
            }
        }
    }

    @Test
    void threadsDoNotMatterAndMoreRepeatsBeginWithTheSame() throws Exception {
        LossTable table = table(7);
        Replay one = replay(table, 6, 1);
        Replay two = replay(table, 6, 2);
        Replay more = replay(table, 9, 2);
        for (int c = 0; c < ALL.size(); c++) {
            assertThat(two.scores().get(c).races()).isEqualTo(one.scores().get(c).races());
            assertThat(more.scores().get(c).races().subList(0, 6))
                    .isEqualTo(one.scores().get(c).races());
        }
    }

    @Test
    void ordersAreTheSameInEveryVersionAndEveryOneIsAPermutation() {
        assertThat(Replay.order(8, 0)).isEqualTo(Replay.order(8, 0));
        assertThat(Replay.order(50, 1)).isNotEqualTo(Replay.order(50, 2));
        int[] sorted = Replay.order(50, 3);
        Arrays.sort(sorted);
        assertThat(sorted).isEqualTo(java.util.stream.IntStream.range(0, 50).toArray());
    }

    /** Candidate a is best, b 1 % worse, c fails once, d is 50 % worse. */
    private static LossTable four() {
        LossTable table = new LossTable(List.of("a", "b", "c", "d"), 2);
        double[][] losses = {{1.0, 1.0}, {1.01, 1.01}, {0.5, Double.POSITIVE_INFINITY}, {2, 1}};
        for (int c = 0; c < 4; c++) {
            for (int j = 0; j < 2; j++) {
                table.put(table.candidates().get(c), j, losses[c][j]);
            }
        }
        return table;
    }

    private static Score score(Truth truth, List<String> picks) {
        return new Score(
                ALL.getLast(),
                picks.stream().map(pick -> new Race(List.of(pick, "d"), 8, 0)).toList(),
                truth);
    }

    @Test
    void scoresAreWhatACountByHandGives() {
        Score score =
                score(new Truth(four(), Map.of()), List.of("a", "b", "b", "d", "c", "a", "a", "b"));
        assertThat(score.trainings()).isEqualTo(8);
        assertThat(score.picksBest().value()).isEqualTo(3.0 / 8);
        assertThat(score.picksGood().value()).isEqualTo(6.0 / 8);
        assertThat(score.keepsGood().value()).isEqualTo(6.0 / 8);
        assertThat(score.fails().value()).isEqualTo(1.0 / 8);
        assertThat(score.regrets().max()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(score.meanRegret().orElseThrow().value())
                .isCloseTo((3 * 0.01 + 0.5) / 7, within(1e-12)); // without the failing pick
        assertThat(score.picks())
                .containsExactly(
                        new Score.Pick("a", 3),
                        new Score.Pick("b", 3),
                        new Score.Pick("c", 1),
                        new Score.Pick("d", 1));
    }

    @Test
    void differencesArePairedAndLeaveOutRepeatsInWhichEitherFails() {
        Truth truth = new Truth(four(), Map.of());
        Score first = score(truth, List.of("a", "b", "c", "d"));
        Score second = score(truth, List.of("b", "b", "c", "a"));
        assertThat(second.regretBeyond(first).orElseThrow().value())
                .isCloseTo((0.01 + 0 - 0.5) / 3, within(1e-12));
        assertThat(score(truth, List.of("c")).regretBeyond(score(truth, List.of("a")))).isEmpty();
        assertThat(score(truth, List.of("c")).meanRegret()).isEmpty();
    }

    @Test
    void freshInstancesJudgeAndTheBestIsOneOfThem() {
        Truth truth =
                new Truth(
                        four(),
                        Map.of("b", Losses.of(1.0, 1.2, 1.4), "d", Losses.of(1.3, 1.3, 1.3)));
        assertThat(truth.best()).isEqualTo("b"); // a has no fresh instances
        assertThat(truth.leastMean()).isCloseTo(1.2, within(1e-12));
        assertThat(truth.leastTail()).isCloseTo(1.3, within(1e-12));
        assertThat(truth.fresh()).isEqualTo(2);
        assertThat(truth.regret("d")).isCloseTo(0.1 / 1.2, within(1e-12));
        assertThat(truth.tailRegret("b")).isCloseTo(0.08 / 1.3, within(1e-12)); // 1.38, type 7
        assertThat(truth.regret("a")).isNegative(); // judged by the table, and so flattered
        assertThat(truth.of("a").fresh()).isFalse();
        assertThat(score(truth, List.of("a", "b")).picksUnjudged().value()).isEqualTo(0.5);
    }

    @Test
    void whereEveryCandidateFailsNobodyIsJudged() {
        LossTable table = new LossTable(List.of("a", "b"), 1);
        table.put("a", 0, Double.POSITIVE_INFINITY);
        table.put("b", 0, Double.POSITIVE_INFINITY);
        assertThatThrownBy(() -> new Truth(table, Map.of()))
                .isInstanceOf(NoFiniteTruthException.class);
    }
}
