package dev.mettle.core.selection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mettle.core.replay.Repeats;
import dev.mettle.core.statistics.Criterion;
import dev.mettle.core.study.SelectionSettings;
import dev.mettle.core.study.SelectionSettings.Algorithm;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;

/** What racing says about itself, against what happens, over many races. */
class RacingErrorTest {
    private static final int REPEATS = 1000;
    private static final int FEWER_REPEATS = 300;
    private static final int CANDIDATES = 200;
    private static final int INSTANCES = 50;
    private static final double SPREAD = 0.3;
    private static final SelectionAlgorithm RACING =
            SelectionAlgorithms.of(
                    new SelectionSettings(
                            new Algorithm.Racing(3, OptionalInt.empty()),
                            new Criterion.Mean(),
                            INSTANCES,
                            Optional.empty(),
                            0),
                    Race.candidates(CANDIDATES));

    /** A finished race. */
    private record Outcome(
            String winner, boolean kept, OptionalDouble error, double share, int passes) {}

    /**
     * All candidates are equal, so any one is dropped as often as the share of those dropped says.
     * The race must not say that it is sure. Its figure is too small here: of the luck of the best
     * of 200 it takes away only that of the best of the finalists.
     */
    @Test
    void amongEqualsTheRaceSaysThatItDropsAsGoodOnes() throws InterruptedException {
        List<Outcome> outcomes = repeat(REPEATS, (_, _) -> 1, (_, _) -> 0);
        long sure = outcomes.stream().filter(o -> o.error().orElse(1) <= RaceCheck.LIMIT).count();
        double dropped = outcomes.stream().mapToDouble(Outcome::share).average().orElseThrow();
        double stated =
                outcomes.stream().mapToDouble(o -> o.error().orElse(1)).average().orElseThrow();
        assertThat(sure).isLessThanOrEqualTo((long) (RaceCheck.LIMIT * REPEATS));
        assertThat(outcomes).allMatch(outcome -> outcome.passes() == 3, "lets in what it may");
        assertThat(dropped).isBetween(0.93, 0.95); // 10 to 12 finalists of 200
        assertThat(stated).isBetween(0.6, dropped);
    }

    /** One candidate is better than all others by so much that 50 trainings show it. */
    @ParameterizedTest
    @ValueSource(doubles = {0.15, 0.3})
    void whereTheRaceIsSureTheBestIsDroppedNoMoreOftenThanItSays(double gap)
            throws InterruptedException {
        List<Outcome> outcomes =
                repeat(
                        FEWER_REPEATS,
                        (candidate, random) ->
                                candidate == 17
                                        ? 1
                                        : (1 + gap) * Math.exp(Math.abs(random.nextGaussian())),
                        (_, _) -> 0);
        List<Outcome> sure =
                outcomes.stream().filter(o -> o.error().orElse(1) <= RaceCheck.LIMIT).toList();
        long lost = sure.stream().filter(outcome -> !outcome.kept()).count();
        assertThat(sure).hasSizeGreaterThan(FEWER_REPEATS / 5);
        assertThat((double) lost / sure.size()).isLessThanOrEqualTo(RaceCheck.LIMIT);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.02, 0.05})
    void aCandidateThatFailsNowAndThenWinsOnlyIfAllItsTrainingsWentWell(double probability)
            throws InterruptedException {
        List<Outcome> outcomes =
                repeat(
                        FEWER_REPEATS,
                        (candidate, random) ->
                                candidate == 17 ? 1 : 1.5 * Math.exp(random.nextDouble()),
                        (candidate, _) -> candidate == 17 ? probability : 0);
        double won =
                (double) outcomes.stream().filter(o -> o.winner().equals(Race.id(17))).count()
                        / FEWER_REPEATS;
        double passes = Math.pow(1 - probability, INSTANCES);
        double error = Math.sqrt(passes * (1 - passes) / FEWER_REPEATS);
        assertThat(won).isBetween(passes - 3.5 * error, passes + 3.5 * error);
    }

    /** Something of a candidate, by its number and random numbers of its own. */
    private interface Law {
        double of(int candidate, Random random);
    }

    private static List<Outcome> repeat(int repeats, Law level, Law failing)
            throws InterruptedException {
        return Repeats.of(repeats, 2, _ -> {}, repeat -> race(repeat, level, failing));
    }

    private static Outcome race(int repeat, Law level, Law failing) {
        Random random = new Random(0x5EED_0000L + repeat); // the first number of near seeds is near
        random.nextDouble();
        LossTable table =
                new LossTable(
                        List.copyOf(Race.candidates(CANDIDATES).sequencedKeySet()), INSTANCES);
        double[] blocks = random.doubles(INSTANCES).map(u -> 0.2 * (u - 0.5)).toArray();
        for (int c = 0; c < CANDIDATES; c++) {
            double own = level.of(c, random);
            double fails = failing.of(c, random);
            for (int j = 0; j < INSTANCES; j++) {
                double loss = own * Math.exp(blocks[j] + SPREAD * random.nextGaussian());
                table.put(
                        Race.id(c),
                        j,
                        random.nextDouble() < fails ? Double.POSITIVE_INFINITY : loss);
            }
        }
        Selection.Next.Done end = (Selection.Next.Done) RACING.select(table).next();
        List<Ranked> finalists = end.finalists();
        RaceCheck check = end.check().orElseThrow();
        return new Outcome(
                finalists.getFirst().candidate(),
                finalists.stream().anyMatch(f -> f.candidate().equals(Race.id(17))),
                check.error(),
                1 - (double) finalists.size() / CANDIDATES,
                check.checks());
    }
}
