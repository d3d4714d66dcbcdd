package dev.mettle.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.mettle.core.random.Purpose;
import dev.mettle.core.random.RandomStream;
import dev.mettle.core.random.Seed;
import dev.mettle.core.random.Stream;
import dev.mettle.core.statistics.SizeStep.Proof;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** Expected numbers: reference/sample_size.py. */
class MinimalSizeTest {
    private static final Offset<Double> TINY = within(1e-10);
    private static final Robustness.Limits LIMITS = Robustness.Limits.DEFAULT;

    @Test
    void oneSidedLimitsAreTheOuterOnesOfLogLossesAndLosses() {
        CvLimits losses = CvLimits.of(ReferenceLosses.TWENTY, 0.05);
        assertThat(losses.lower()).isCloseTo(0.09460605028726532, TINY);
        assertThat(losses.upper()).isCloseTo(0.36105933543076896, TINY);
        CvLimits surer = CvLimits.of(ReferenceLosses.TWENTY, 0.0125);
        assertThat(surer.lower()).isCloseTo(0.08303715079669721, TINY);
        assertThat(surer.upper()).isCloseTo(0.5190057521951356, TINY);
        CvLimits mixed = CvLimits.of(ReferenceLosses.MIXED, 0.05);
        assertThat(mixed.lower()).isCloseTo(0.888634062865145, TINY);
        assertThat(mixed.upper()).isCloseTo(3.195192410292346, TINY);
    }

    @Test
    void nothingIsKnownFromOneLossOrAMeanThatIsNotPositive() {
        CvLimits unknown = new CvLimits(0, Double.POSITIVE_INFINITY);
        assertThat(CvLimits.of(Losses.of(1), 0.05)).isEqualTo(unknown);
        assertThat(CvLimits.of(Losses.of(-1, -2, 3), 0.05)).isEqualTo(unknown);
    }

    @Test
    void everySizeHasItsCvWithBothLimits() {
        List<SizeStep> steps = MinimalSize.of(SizeTable.candidate(0)).steps();
        assertThat(steps).extracting(SizeStep::rows).containsExactly(100, 200, 400, 800, 1600);
        SizeStep second = steps.get(1);
        assertThat(second.cv()).isCloseTo(0.12356448213992782, TINY);
        assertThat(second.lower()).isCloseTo(0.10200167745083703, TINY);
        assertThat(second.upper()).isCloseTo(0.1642049200370656, TINY);
        assertThat(steps)
                .extracting(SizeStep::proof)
                .containsExactly(
                        Proof.NOT_ROBUST, Proof.NOT_ROBUST, Proof.OPEN, Proof.ROBUST, Proof.ROBUST);
    }

    @Test
    void bothDirectionsBracketTheMinimalSize() {
        MinimalSize first = MinimalSize.of(SizeTable.candidate(0));
        assertThat(first.robustFrom()).hasValue(800);
        assertThat(first.notRobustUpTo()).hasValue(200);
        assertThat(first.proven()).isEqualTo(new Bracket(200, 800));
        assertThat(first.heavyTails()).isFalse();
        MinimalSize second = MinimalSize.of(SizeTable.candidate(1));
        assertThat(second.proven()).isEqualTo(new Bracket(800, 1600));
    }

    @Test
    void testingEndsAtTheFirstSizeThatIsNotProved() {
        List<SizedLosses> sizes =
                List.of(spread(100, 0.02), spread(200, 0.10), spread(400, 0.02), spread(800, 0.02));
        MinimalSize minimal = MinimalSize.of(sizes);
        assertThat(minimal.robustFrom()).hasValue(400);
        assertThat(minimal.steps().getFirst().proof()).isEqualTo(Proof.ROBUST);
        assertThat(minimal.notRobustUpTo()).isEmpty();
    }

    @Test
    void aLargestSizeThatIsNotProvedProvesNothing() {
        MinimalSize minimal =
                MinimalSize.of(List.of(spread(100, 0.02), spread(200, 0.02), spread(400, 0.10)));
        assertThat(minimal.robustFrom()).isEmpty();
        assertThat(minimal.proven()).isEqualTo(new Bracket(0, Double.POSITIVE_INFINITY));
    }

    @Test
    void aFailureProvesThatASizeIsNotRobust() {
        MinimalSize minimal =
                MinimalSize.of(List.of(failing(spread(100, 0.02)), spread(200, 0.02)));
        assertThat(minimal.proven()).isEqualTo(new Bracket(100, 200));
        assertThat(minimal.steps().getFirst().cv()).isInfinite();
        assertThat(minimal.steps().getFirst().failures()).isEqualTo(1);
    }

    @Test
    void fewerInstancesThanAVerdictNeedsNeverProveASizeRobust() {
        double[] equal = new double[20];
        Arrays.fill(equal, 0.25);
        assertThat(MinimalSize.of(List.of(SizedLosses.of(100, equal))).robustFrom()).hasValue(100);
        double[] fewer = Arrays.copyOf(equal, 19);
        assertThat(MinimalSize.of(List.of(SizedLosses.of(100, fewer))).robustFrom()).isEmpty();
    }

    @Test
    void anAddedInfinityNeverMakesASizeRobust() {
        for (int c = 0; c < 2; c++) {
            List<SizedLosses> sizes = SizeTable.candidate(c);
            for (int k = 0; k < sizes.size(); k++) {
                List<SizedLosses> more = new ArrayList<>(sizes);
                more.set(k, failing(sizes.get(k)));
                Bracket before = MinimalSize.of(sizes).proven();
                Bracket after = MinimalSize.of(more).proven();
                assertThat(after.high()).isGreaterThanOrEqualTo(before.high());
                assertThat(after.low()).isGreaterThanOrEqualTo(before.low());
                assertThat(MinimalSize.of(more).steps().get(k).proof()).isEqualTo(Proof.NOT_ROBUST);
            }
        }
    }

    @Test
    void lossesInAnotherUnitGiveTheSameAnswer() {
        for (double factor : new double[] {2, 0.1, 1e9}) {
            List<SizedLosses> scaled = mapped(SizeTable.candidate(0), loss -> factor * loss);
            MinimalSize minimal = MinimalSize.of(scaled);
            assertThat(minimal.proven()).isEqualTo(new Bracket(200, 800));
            assertThat(minimal.steps().get(1).upper()).isCloseTo(0.1642049200370656, TINY);
        }
    }

    @Test
    void theOrderOfInstancesChangesNothing() {
        List<SizedLosses> sizes = SizeTable.candidate(1);
        List<SizedLosses> turned = sizes.stream().map(MinimalSizeTest::turned).toList();
        assertThat(MinimalSize.of(turned)).isEqualTo(MinimalSize.of(sizes));
    }

    @Test
    void anEndlessPoolAsksForASmallerSpread() {
        List<SizedLosses> sizes = SizeTable.candidate(1);
        assertThat(MinimalSize.withEndlessPool(sizes, LIMITS, 0.05, 1_000_000).proven())
                .isEqualTo(new Bracket(800, 1600));
        MinimalSize half = MinimalSize.withEndlessPool(sizes, LIMITS, 0.05, 3200);
        assertThat(half.steps().getLast().limit()).isCloseTo(0.1 * Math.sqrt(0.5), TINY);
        assertThat(half.robustFrom()).isEmpty(); // 0.07085 is above 0.07071
        assertThatIllegalArgumentException().isThrownBy(() -> MinimalSize.poolFactor(10, 10));
    }

    @Test
    void lossesWithFarOnesAtManySizesAreFlagged() {
        RandomStream random = stream(3);
        List<SizedLosses> normal = new ArrayList<>();
        List<SizedLosses> heavy = new ArrayList<>();
        for (int k = 1; k <= 6; k++) {
            normal.add(drawn(100 * k, 50, 0.05, random));
            double[] losses = drawn(100 * k, 50, 0.05, random).losses().toArray();
            losses[7 * k] *= 1.4;
            heavy.add(SizedLosses.of(100 * k, losses));
        }
        assertThat(MinimalSize.of(normal).heavyTails()).isFalse();
        assertThat(MinimalSize.of(heavy).heavyTails()).isTrue();
    }

    /**
     * The worst case of the family-wise error: sizes that are robust beyond doubt, then one whose
     * cv is exactly the limit. 3,000 repeats; the bounds are 4 standard errors above alpha.
     */
    @ParameterizedTest
    @CsvSource({"normal, 50", "log-normal, 50", "normal, 20", "log-normal, 20"})
    void theFamilyWiseErrorFromAboveIsAtMostAlpha(String distribution, int instances) {
        int repeats = 3000;
        int wrong = 0;
        RandomStream random = stream(instances);
        for (int r = 0; r < repeats; r++) {
            List<SizedLosses> sizes = new ArrayList<>();
            double[] cvs = {0.3, 0.1, 0.02, 0.02};
            for (int k = 0; k < cvs.length; k++) {
                sizes.add(draw(distribution, 100 << k, instances, cvs[k], random));
            }
            wrong += MinimalSize.of(sizes).robustFrom().orElse(1000) <= 200 ? 1 : 0;
        }
        assertThat((double) wrong / repeats)
                .isBetween(0.02, 0.05 + 4 * Math.sqrt(0.05 * 0.95 / repeats));
    }

    @ParameterizedTest
    @CsvSource({"normal, 50", "log-normal, 50", "normal, 20", "log-normal, 20"})
    void theFamilyWiseErrorFromBelowIsAtMostAlpha(String distribution, int instances) {
        int repeats = 3000;
        int wrong = 0;
        RandomStream random = stream(100 + instances);
        for (int r = 0; r < repeats; r++) {
            List<SizedLosses> sizes = new ArrayList<>();
            double[] cvs = {0.6, 0.5, 0.1, 0.05};
            for (int k = 0; k < cvs.length; k++) {
                sizes.add(draw(distribution, 100 << k, instances, cvs[k], random));
            }
            wrong += MinimalSize.of(sizes).notRobustUpTo().orElse(0) >= 400 ? 1 : 0;
        }
        assertThat((double) wrong / repeats)
                .isBetween(0.02, 0.05 + 4 * Math.sqrt(0.05 * 0.95 / repeats));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5, -1, Double.NaN})
    void anImpossibleAlphaIsRefused(double alpha) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MinimalSize.of(SizeTable.candidate(0), LIMITS, alpha));
    }

    @Test
    void sizesThatDoNotIncreaseAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> MinimalSize.of(List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MinimalSize.of(List.of(spread(200, 0.1), spread(200, 0.1))));
        assertThatIllegalArgumentException().isThrownBy(() -> SizedLosses.of(0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> SizedLosses.of(10, Double.NaN));
    }

    private static RandomStream stream(int index) {
        return new RandomStream(
                new Seed(99, Purpose.ASSESS, Seed.Source.SAMPLE, index), Stream.RESAMPLES);
    }

    private static SizedLosses draw(
            String distribution, int rows, int instances, double cv, RandomStream random) {
        return distribution.equals("normal")
                ? mapped(drawn(rows, instances, cv, random), loss -> Math.max(loss, 1e-3))
                : mapped(
                        drawn(rows, instances, Math.sqrt(Math.log1p(cv * cv)), random),
                        loss -> Math.exp(loss - 1));
    }

    /** Draws normal losses of mean 1. */
    private static SizedLosses drawn(int rows, int instances, double std, RandomStream random) {
        double[] losses = new double[instances];
        for (int i = 0; i < instances; i++) {
            losses[i] = 1 + std * random.nextGaussian();
        }
        return SizedLosses.of(rows, losses);
    }

    /** Returns 30 losses whose logarithms are evenly spread, with about this cv. */
    private static SizedLosses spread(int rows, double cv) {
        double[] losses = new double[30];
        for (int i = 0; i < losses.length; i++) {
            losses[i] = Math.exp(cv * (i - 14.5) / 8.66);
        }
        return SizedLosses.of(rows, losses);
    }

    private static SizedLosses failing(SizedLosses size) {
        double[] losses = Arrays.copyOf(size.losses().toArray(), size.losses().size() + 1);
        losses[losses.length - 1] = Double.POSITIVE_INFINITY;
        return SizedLosses.of(size.rows(), losses);
    }

    private static SizedLosses turned(SizedLosses size) {
        double[] losses = size.losses().toArray();
        for (int i = 0, j = losses.length - 1; i < j; i++, j--) {
            double kept = losses[i];
            losses[i] = losses[j];
            losses[j] = kept;
        }
        return SizedLosses.of(size.rows(), losses);
    }

    private static SizedLosses mapped(SizedLosses size, DoubleUnaryOperator change) {
        return SizedLosses.of(
                size.rows(), Arrays.stream(size.losses().toArray()).map(change).toArray());
    }

    private static List<SizedLosses> mapped(List<SizedLosses> sizes, DoubleUnaryOperator change) {
        return sizes.stream().map(size -> mapped(size, change)).toList();
    }
}
