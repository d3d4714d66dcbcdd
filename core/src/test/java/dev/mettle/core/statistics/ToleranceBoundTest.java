package dev.mettle.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.mettle.core.random.Purpose;
import dev.mettle.core.random.RandomStream;
import dev.mettle.core.random.Seed;
import dev.mettle.core.random.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Arrays;

/** Expected numbers: reference/loss_statistics.py (SciPy's binomial distribution). */
class ToleranceBoundTest {
    @ParameterizedTest
    @CsvSource({
        "0.95, 0.95, 59",
        "0.95, 0.975, 72",
        "0.99, 0.95, 299",
        "0.9, 0.95, 29",
        "0.999, 0.999, 6905"
    })
    void theLargestLossNeedsThatManyInstances(double coverage, double confidence, int expected) {
        assertThat(ToleranceBound.instancesNeeded(coverage, confidence)).isEqualTo(expected);
    }

    @Test
    void threeAttemptsShareTheErrorAndNeedEightyInstances() {
        assertThat(ToleranceBound.instancesNeeded(0.95, 1 - 0.05 / 3)).isEqualTo(80);
    }

    @ParameterizedTest
    @CsvSource({
        "0.9, 0.19, 2",
        "0.1, 0.9, 1",
        "0.5, 0.75, 2",
        "0.9, 0.3439, 4",
        "0.8, 0.488, 3",
        "0.99, 0.0199, 2"
    })
    void aConfidenceReachedExactlyInDecimalsCountsInBinary(
            double coverage, double confidence, int n) {
        assertThat(ToleranceBound.instancesNeeded(coverage, confidence)).isEqualTo(n);
        assertThat(ToleranceBound.rank(n, coverage, confidence)).isPositive();
        assertThat(ToleranceBound.rank(n - 1, coverage, confidence)).isZero();
    }

    @Test
    void aCoverageBeyondReachNeedsTheGreatestNumber() {
        assertThat(ToleranceBound.instancesNeeded(1 - 1e-12, 0.95)).isEqualTo(Integer.MAX_VALUE);
    }

    @ParameterizedTest
    @CsvSource({
        "0.95, 0.95, 1, 59", "0.95, 0.95, 2, 93", "0.95, 0.95, 3, 124", "0.95, 0.95, 4, 153",
                "0.95, 0.95, 5, 181",
        "0.95, 0.95, 6, 208", "0.9, 0.99, 1, 44", "0.9, 0.99, 2, 64", "0.9, 0.99, 3, 81",
                "0.9, 0.99, 4, 97",
        "0.9, 0.99, 5, 113", "0.9, 0.99, 6, 127"
    })
    void aRankHoldsFromThatNumberOfInstancesOn(
            double coverage, double confidence, int rank, int n) {
        assertThat(ToleranceBound.rank(n, coverage, confidence)).isEqualTo(rank);
        assertThat(ToleranceBound.rank(n - 1, coverage, confidence)).isEqualTo(rank - 1);
    }

    @Test
    void noRankHoldsForNoLosses() {
        assertThat(ToleranceBound.rank(0, 0.95, 0.95)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "59, 1, 0.95, 0.9515054747505769",
        "93, 2, 0.95, 0.9500242047573837",
        "153, 4, 0.95, 0.95055520195698",
        "127, 6, 0.9, 0.9900349614882301"
    })
    void theConfidenceReachedIsTheBinomialTail(int n, int rank, double coverage, double expected) {
        assertThat(ToleranceBound.confidenceReached(n, rank, coverage))
                .isCloseTo(expected, within(1e-14));
    }

    @Test
    void theBoundIsTheRankThLargestLoss() {
        Losses losses = Losses.of(3, 1, Double.POSITIVE_INFINITY, 2);
        assertThat(ToleranceBound.bound(losses, 1)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(ToleranceBound.bound(losses, 2)).isEqualTo(3);
        assertThat(ToleranceBound.bound(losses, 4)).isEqualTo(1);
    }

    @Test
    void whatIsNotInRangeIsRefused() {
        Losses losses = Losses.of(1, 2);
        assertThatIllegalArgumentException().isThrownBy(() -> ToleranceBound.bound(losses, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> ToleranceBound.bound(losses, 3));
        assertThatIllegalArgumentException().isThrownBy(() -> ToleranceBound.rank(10, 1, 0.95));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ToleranceBound.instancesNeeded(0.95, Double.NaN));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ToleranceBound.confidenceReached(10, 11, 0.95));
    }

    /**
     * Of 4,000 certificates on uniform losses 95.0 % should hold at rank 2 of 93; 4 binomial
     * deviations are 1.4 %.
     */
    @Test
    void theBoundCoversAsOftenAsItClaims() {
        RandomStream random =
                new RandomStream(
                        new Seed(11, Purpose.ASSESS, Seed.Source.INIT, 0), Stream.RESAMPLES);
        int held = 0;
        for (int repeat = 0; repeat < 4000; repeat++) {
            double[] losses = new double[93];
            Arrays.setAll(losses, _ -> random.nextDouble());
            held += ToleranceBound.bound(Losses.of(losses), 2) >= 0.95 ? 1 : 0;
        }
        assertThat(held / 4000.0).isCloseTo(0.95, within(0.014));
    }
}
