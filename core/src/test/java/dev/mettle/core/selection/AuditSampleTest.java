package dev.mettle.core.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mettle.core.random.Purpose;
import dev.mettle.core.random.RandomStream;
import dev.mettle.core.random.Seed;
import dev.mettle.core.random.Stream;
import dev.mettle.core.statistics.WeightedProportion;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

class AuditSampleTest {
    private static final int CANDIDATES = 864;

    @ParameterizedTest
    @CsvSource({
        "6902, 0.015, 104",
        "854, 0.015, 20",
        "15, 0.015, 15",
        "0, 0.5, 0",
        "100, 0, 0",
        "100, 1, 100"
    })
    void aShareIsAuditedAtLeastTwentyAtMostAll(int dropped, double share, int count) {
        assertThat(AuditSample.count(dropped, share)).isEqualTo(count);
    }

    @Test
    void theCostIsKnownBeforehand() {
        assertThat(AuditSample.trainingsAtMost(6902, 49, 0.015)).isEqualTo(104 * 49);
        assertThat(AuditSample.trainingsAtMost(6912, 0, 0.015)).isZero();
        assertThat(AuditSample.trainingsAtMost(0, 49, 0.015)).isZero();
        assertThat(AuditSample.trainingsAtMost(6912, 49, 0)).isZero();
    }

    @Test
    void probabilitiesAddUpAndTheCloseOnesHaveTheGreater() {
        double[] probabilities = AuditSample.probabilities(dropped(), CANDIDATES, 40);
        assertThat(Arrays.stream(probabilities).sum()).isCloseTo(40, within(1e-9));
        assertThat(probabilities[0]).as("next to the bar").isGreaterThan(2.5 * probabilities[755]);
        assertThat(probabilities[755]).isGreaterThan(0.5 * 40 / probabilities.length);
        assertThat(probabilities[756]).as("next to the second bar").isEqualTo(probabilities[0]);
    }

    @Test
    void whoWouldHaveMoreThanCertaintyIsCertain() {
        double[] probabilities = AuditSample.probabilities(dropped(), CANDIDATES, 600);
        assertThat(Arrays.stream(probabilities).sum()).isCloseTo(600, within(1e-9));
        assertThat(Arrays.stream(probabilities)).allMatch(p -> p > 0 && p <= 1).contains(1.0);
        assertThat(AuditSample.probabilities(dropped(), CANDIDATES, dropped().size()))
                .containsOnly(1.0);
    }

    @Test
    void asManyAreDrawnAsAskedForEachOnceAndTheSameOnesAgain() {
        for (int seed = 0; seed < 200; seed++) {
            List<AuditSample.Drawn> drawn = draw(seed, 0.05);
            assertThat(drawn).hasSize(AuditSample.count(dropped().size(), 0.05));
            assertThat(drawn).extracting(AuditSample.Drawn::elimination).doesNotHaveDuplicates();
            assertThat(draw(seed, 0.05)).isEqualTo(drawn);
        }
        assertThat(draw(1, 0.05)).isNotEqualTo(draw(2, 0.05));
        assertThat(draw(1, 1)).hasSize(dropped().size());
    }

    @Test
    void eachIsDrawnAsOftenAsItsProbabilitySays() {
        int repeats = 4000;
        double[] probabilities = AuditSample.probabilities(dropped(), CANDIDATES, 43);
        int[] times = new int[dropped().size()];
        for (int seed = 0; seed < repeats; seed++) {
            for (AuditSample.Drawn drawn : draw(seed, 0.05)) {
                int place = Race.number(drawn.elimination().candidate());
                times[place]++;
                assertThat(drawn.probability()).isEqualTo(probabilities[place]);
            }
        }
        double squares = 0;
        for (int i = 0; i < times.length; i++) {
            double expected = repeats * probabilities[i];
            squares += Math.pow(times[i] - expected, 2) / (expected * (1 - probabilities[i]));
        }
        assertThat(squares / times.length).as("chi-square per degree").isBetween(0.85, 1.15);
    }

    @ParameterizedTest
    @ValueSource(strings = {"everywhere", "near", "far"})
    void theIntervalHoldsTheShareOfAllDropped(String where) {
        int candidates = dropped().size();
        IntPredicate possible =
                switch (where) {
                    case "near" -> place -> place < 200;
                    case "far" -> place -> place > 500 && place < 756;
                    default -> _ -> true;
                };
        int covered = 0;
        int repeats = 2000;
        for (int seed = 0; seed < repeats; seed++) {
            RandomStream random = random(seed + repeats);
            boolean[] better = new boolean[candidates];
            int all = 0;
            for (int i = 0; i < candidates; i++) {
                better[i] = possible.test(i) && random.nextDouble() < 0.08;
                all += better[i] ? 1 : 0;
            }
            WeightedProportion found = estimate(draw(seed, 0.1), better);
            double truth = (double) all / candidates;
            covered += found.low() <= truth && truth <= found.high() ? 1 : 0;
        }
        assertThat((double) covered / repeats).isGreaterThan(0.945);
    }

    private static WeightedProportion estimate(List<AuditSample.Drawn> drawn, boolean[] better) {
        boolean[] has = new boolean[drawn.size()];
        double[] probabilities = new double[drawn.size()];
        for (int i = 0; i < has.length; i++) {
            has[i] = better[Race.number(drawn.get(i).elimination().candidate())];
            probabilities[i] = drawn.get(i).probability();
        }
        return WeightedProportion.of(has, probabilities);
    }

    private static List<AuditSample.Drawn> draw(int seed, double share) {
        return AuditSample.draw(dropped(), CANDIDATES, share, random(seed));
    }

    private static RandomStream random(int seed) {
        return new RandomStream(
                new Seed(seed, Purpose.RACE, Seed.Source.SAMPLE, 0), Stream.CANDIDATES);
    }

    /** The eliminations of a race of 864: 756 after one instance, then 64, 26 and 8. */
    private static List<Elimination> dropped() {
        List<Elimination> dropped = new ArrayList<>();
        int[] counts = {756, 64, 26, 8};
        for (int look = 0; look < counts.length; look++) {
            for (int i = 0; i < counts[look]; i++) {
                dropped.add(new Elimination(Race.id(dropped.size()), 1 << look, i, 0, ""));
            }
        }
        return dropped;
    }
}
