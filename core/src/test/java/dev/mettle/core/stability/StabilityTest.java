package dev.mettle.core.stability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mettle.core.selection.LossTable;
import dev.mettle.core.selection.Ranked;
import dev.mettle.core.stability.Choices.Pick;
import dev.mettle.core.statistics.Criterion;
import dev.mettle.core.statistics.Criterion.Max;
import dev.mettle.core.statistics.Criterion.Mean;
import dev.mettle.core.statistics.Proportion;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/** Expected numbers: reference/stability.py. */
class StabilityTest {
    private static final double INFINITY = Double.POSITIVE_INFINITY;
    private static final List<Integer> COUNTS = List.of(3, 5, 10, 20);
    private static final int CANDIDATES = 12;
    private static final int INSTANCES = 20;

    private static String id(int candidate) {
        return "c%02d".formatted(candidate);
    }

    /** The table of the script; its candidates in another order, which must not matter. */
    private static LossTable reference() {
        List<String> ids = new ArrayList<>();
        for (int c = 0; c < CANDIDATES; c++) {
            ids.add(id(c));
        }
        Collections.rotate(ids, 5);
        LossTable table = new LossTable(ids, INSTANCES);
        for (int c = 0; c < CANDIDATES; c++) {
            for (int j = 0; j < INSTANCES; j++) {
                boolean failed = c == 7 && j == 4 || c == 9 && (j == 11 || j == 18);
                double loss =
                        1000 + 9 * c + 30 * (j * j % 7) + (c * 271 + j * 97 + c * c * j * 31) % 211;
                table.put(id(c), j, failed ? INFINITY : loss);
            }
        }
        return table;
    }

    private static Stability reference(Criterion criterion) {
        return Stability.of(reference(), new StabilitySettings(criterion, COUNTS, 200));
    }

    private static void expect(
            Choices choices,
            double trainings,
            int best,
            int within,
            int failed,
            double mean,
            double median,
            double rank) {
        assertThat(choices.trainings()).isEqualTo(trainings);
        assertThat(choices.best()).isEqualTo(new Proportion(best, 200));
        assertThat(choices.within(0.02)).isEqualTo(new Proportion(within, 200));
        assertThat(choices.failed()).isEqualTo(new Proportion(failed, 200));
        if (Double.isInfinite(mean)) {
            assertThat(choices.regrets().mean()).isEqualTo(mean);
        } else {
            assertThat(choices.regrets().mean()).isCloseTo(mean, within(1e-14));
        }
        assertThat(choices.regrets().quantile(0.5)).isCloseTo(median, within(1e-14));
        assertThat(choices.ranks().mean()).isCloseTo(rank, within(1e-12));
    }

    private static void expectFresh(
            Stability.AtCount at, int agreed, int within, int failed, double low, double high) {
        FreshJudgement fresh = at.fresh().orElseThrow();
        assertThat(fresh.agreement()).isEqualTo(new Proportion(agreed, 200));
        assertThat(fresh.within()).isEqualTo(new Proportion(within, 200));
        assertThat(fresh.failed()).isEqualTo(new Proportion(failed, 200));
        if (failed > 0) {
            assertThat(fresh.atLeast()).isEmpty();
            assertThat(fresh.atMost()).isEmpty();
        } else {
            assertThat(fresh.atLeast().orElseThrow()).isCloseTo(low, within(1e-12));
            assertThat(fresh.atMost().orElseThrow()).isCloseTo(high, within(1e-12));
        }
    }

    @Test
    void picksRegretsAndRacesByTheMeanAreThoseOfTheScript() {
        Stability stability = reference(new Mean());
        assertThat(stability.ranking().stream().map(Ranked::candidate).limit(4))
                .containsExactly("c00", "c01", "c02", "c04");
        assertThat(stability.best().criterion()).isEqualTo(1170.65);
        assertThat(stability.trainings()).isEqualTo(240);
        List<Stability.AtCount> counts = stability.counts();
        double half = 0.01567505232135985;
        expect(counts.get(0).exhaustive(), 36, 70, 138, 0, 0.014641224960491993, half, 2.775);
        expect(counts.get(0).progressive(), 36, 70, 138, 0, 0.014641224960491993, half, 2.775);
        expect(counts.get(1).exhaustive(), 60, 91, 163, 1, INFINITY, 0.013112373467731524, 2.28);
        expect(counts.get(2).exhaustive(), 120, 103, 169, 0, 0.00875069405885616, 0, 2.065);
        expect(counts.get(2).progressive(), 78, 101, 168, 0, 0.009032375176184137, 0, 2.095);
        expect(counts.get(3).exhaustive(), 240, 128, 194, 0, 0.005459787297655122, 0, 1.575);
        expect(counts.get(3).progressive(), 108, 118, 191, 0, 0.006391534617520151, 0, 1.7);
        assertThat(counts.get(3).exhaustive().picks())
                .startsWith(
                        new Pick("c00", 1, 0, 128),
                        new Pick("c01", 2, 0.013112373467731524, 37),
                        new Pick("c02", 3, half, 29));
    }

    @Test
    void halvesThatJudgeEachOtherAreThoseOfTheScript() {
        List<Stability.AtCount> counts = reference(new Mean()).counts();
        expectFresh(counts.get(0), 39, 110, 0, 0.003327441733990577, 0.0213971984042316);
        expectFresh(counts.get(1), 34, 110, 1, 0, 0);
        expectFresh(counts.get(2), 62, 127, 0, 0, 0.0180098300102427);
        assertThat(counts.get(2).fresh().orElseThrow().judgedBy()).isEqualTo(10);
        assertThat(counts.get(3).fresh()).as("20 of 20 leave none to judge").isEmpty();
    }

    @Test
    void anotherCriterionAgreesTooAndARaceMayDoBetterThanAllInstances() {
        List<Stability.AtCount> counts = reference(new Max()).counts();
        double half = 0.0182648401826484;
        expect(counts.get(0).exhaustive(), 36, 54, 128, 1, INFINITY, half, 4.1);
        expect(counts.get(2).progressive(), 78, 91, 150, 4, INFINITY, 0.01598173515981735, 3.31);
        expect(counts.get(3).exhaustive(), 240, 93, 143, 1, INFINITY, half, 3.445);
        expect(counts.get(3).progressive(), 108, 106, 163, 0, 0.010555555555555554, 0, 2.86);
        expectFresh(counts.get(2), 15, 51, 3, 0, 0);
    }

    @Test
    void threadsDoNotChangeABit() throws InterruptedException {
        StabilitySettings settings = new StabilitySettings(new Mean(), COUNTS, 30);
        List<Integer> told = new ArrayList<>();
        assertThat(Stability.of(reference(), settings, 4, told::add))
                .isEqualTo(Stability.of(reference(), settings));
        assertThat(told).hasSize(30).isSorted().endsWith(30);
    }

    @Test
    void theFirstRepeatsAreTheSameHoweverManyFollow() {
        Stability few = Stability.of(reference(), new StabilitySettings(new Mean(), COUNTS, 1));
        Stability more = Stability.of(reference(), new StabilitySettings(new Mean(), COUNTS, 50));
        String first = few.counts().get(1).exhaustive().picks().getFirst().candidate();
        assertThat(more.counts().get(1).exhaustive().picks())
                .anyMatch(pick -> pick.candidate().equals(first));
        assertThat(more.counts().get(1).exhaustive().repeats()).isEqualTo(50);
    }

    /** Doubling is exact, so every comparison and every ratio stays as it is. */
    @Test
    void doubledLossesChangeNothing() {
        LossTable table = reference();
        LossTable doubled = new LossTable(table.candidates(), INSTANCES);
        for (String candidate : table.candidates()) {
            for (int j = 0; j < INSTANCES; j++) {
                doubled.put(candidate, j, 2 * table.columns(j).first(candidate, 1).min());
            }
        }
        StabilitySettings settings = new StabilitySettings(new Mean(), COUNTS, 40);
        assertThat(Stability.of(doubled, settings).counts())
                .isEqualTo(Stability.of(table, settings).counts());
    }

    @Test
    void aClearlyBestCandidateIsPickedByOneInstanceAlready() {
        LossTable table = table(j -> 1 + 0.01 * j, j -> 2 + 0.01 * j, j -> 3 + 0.01 * j);
        Stability stability =
                Stability.of(table, new StabilitySettings(new Mean(), List.of(1, 2), 50));
        for (Stability.AtCount at : stability.counts()) {
            assertThat(at.exhaustive().best().value()).isEqualTo(1);
            assertThat(at.exhaustive().regrets().max()).isZero();
            assertThat(at.fresh().orElseThrow().agreement().value()).isEqualTo(1);
            assertThat(at.fresh().orElseThrow().atMost()).hasValue(0);
        }
    }

    /** Two candidates of equal means whose losses differ in every block: a toss-up at any n. */
    @Test
    void equalCandidatesAreTossUpsAndAreSaidToBeWithinTwoPerCent() {
        LossTable table = table(j -> j % 2 == 0 ? 1.0 : 1.2, j -> j % 2 == 0 ? 1.2 : 1.0);
        Stability stability =
                Stability.of(table, new StabilitySettings(new Mean(), List.of(5), 400));
        Choices choices = stability.counts().getFirst().exhaustive();
        assertThat(choices.best().value()).isBetween(0.4, 0.6); // four deviations
        assertThat(choices.within(0.02).value()).isEqualTo(1);
        assertThat(choices.regrets().max()).isZero();
    }

    @Test
    void aFailingCandidateHasInfiniteRegretWhateverItsMedianIs() {
        IntToDoubleFunction failing = j -> j == 0 ? INFINITY : 1 + 0.001 * j;
        LossTable table = table(j -> 2 + 0.001 * j, failing);
        Stability stability =
                Stability.of(
                        table, new StabilitySettings(new Criterion.Median(), List.of(2, 8), 100));
        assertThat(stability.best().candidate()).isEqualTo("c00");
        Choices few = stability.counts().getFirst().exhaustive();
        assertThat(few.failed().successes()).isPositive().isLessThan(100);
        assertThat(few.picks())
                .anySatisfy(pick -> {
                    assertThat(pick.candidate()).isEqualTo("c01");
                    assertThat(pick.regret()).isEqualTo(INFINITY);
                });
        assertThat(few.within(0.02)).isEqualTo(few.best());
    }

    @Test
    void whereEverybodyFailsNobodyIsTheBestOfAMeanButSomebodyOfAMedian() {
        LossTable table = table(j -> j == 0 ? INFINITY : 1, j -> j == 1 ? INFINITY : 2);
        assertThatThrownBy(() -> Stability.of(table, StabilitySettings.usual(new Mean(), 8, 10)))
                .isInstanceOf(NoBestCandidateException.class);
        Stability byMedian =
                Stability.of(table, StabilitySettings.usual(new Criterion.Median(), 8, 10));
        assertThat(byMedian.best().candidate()).isEqualTo("c00");
        assertThat(byMedian.counts().getFirst().exhaustive().failed().successes()).isZero();
    }

    @Test
    void aBestLossOfZeroOrLessHasARegretToo() {
        LossTable zero = table(_ -> 0, _ -> 1);
        Choices choices =
                Stability.of(zero, StabilitySettings.usual(new Mean(), 8, 10))
                        .counts()
                        .getFirst()
                        .exhaustive();
        assertThat(choices.best().value()).isEqualTo(1);
        assertThat(FullTable.relative(1, 0)).isEqualTo(INFINITY);
        assertThat(FullTable.relative(0, 0)).isZero();
        assertThat(FullTable.relative(-1, -2)).isEqualTo(0.5);
    }

    @Test
    void tiesAreBrokenAsInEveryRanking() {
        LossTable table = table(_ -> 1, _ -> 1, _ -> 1);
        assertThat(new FullTable(table, new Mean()).best(table, 8)).isZero();
        assertThat(new FullTable(table, new Mean()).rank(2)).isEqualTo(3);
    }

    /** The linear search picks whom the ranking of all selection algorithms puts first. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 20})
    void theFastPickIsTheFirstOfTheRanking(int count) {
        LossTable table = reference();
        FullTable full = new FullTable(table, new Mean());
        int[] columns = new int[count];
        for (int start = 0; start < INSTANCES; start++) {
            int from = start;
            Arrays.setAll(columns, k -> (from + 3 * k) % INSTANCES);
            LossTable drawn = table.columns(columns);
            assertThat(full.id(full.best(drawn, count)))
                    .isEqualTo(new FullTable(drawn, new Mean()).ranking().getFirst().candidate());
        }
    }

    @Test
    void impossibleQuestionsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StabilitySettings(new Mean(), List.of(), 10));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StabilitySettings(new Mean(), List.of(5, 5), 10));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StabilitySettings(new Mean(), List.of(0), 10));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StabilitySettings(new Mean(), List.of(5), 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Stability.of(
                                reference(), new StabilitySettings(new Mean(), List.of(21), 1)))
                .withMessageContaining("20 instances per candidate; 21");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Stability.of(table(_ -> 1), StabilitySettings.usual(new Mean(), 8, 1)));
        LossTable holes = new LossTable(List.of("a", "b"), 2);
        holes.put("a", 0, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Stability.of(holes, StabilitySettings.usual(new Mean(), 2, 1)))
                .withMessageContaining("3 losses are missing");
    }

    @Test
    void theUsualNumbersEndWithTheTablesOwn() {
        assertThat(StabilitySettings.usual(new Mean(), 50, 1).instances())
                .containsExactly(5, 10, 20, 50);
        assertThat(StabilitySettings.usual(new Mean(), 30, 1).instances())
                .containsExactly(5, 10, 20, 30);
        assertThat(StabilitySettings.usual(new Mean(), 4, 1).instances()).containsExactly(4);
        assertThat(StabilitySettings.usual(new Mean(), 200, 1).instances())
                .containsExactly(5, 10, 20, 50, 200);
    }

    /** Returns a table of eight instances; each function gives the losses of a candidate. */
    private static LossTable table(IntToDoubleFunction... losses) {
        List<String> ids = new ArrayList<>();
        for (int c = 0; c < losses.length; c++) {
            ids.add(id(c));
        }
        LossTable table = new LossTable(ids, 8);
        for (int c = 0; c < losses.length; c++) {
            for (int j = 0; j < 8; j++) {
                table.put(id(c), j, losses[c].applyAsDouble(j));
            }
        }
        return table;
    }
}
