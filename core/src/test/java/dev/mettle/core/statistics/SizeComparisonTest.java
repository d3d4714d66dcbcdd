package dev.mettle.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Expected numbers: reference/sample_size.py; intervals by 100,000 resamples. */
class SizeComparisonTest {
    private static final Offset<Double> TINY = within(1e-9);
    private static final Robustness.Limits LIMITS = Robustness.Limits.DEFAULT;
    private static final double INFINITY = Double.POSITIVE_INFINITY;

    /** 2,000 resamples leave a limit of the 95 % interval uncertain by some 2 % here. */
    private static final Percentage RESAMPLING = Percentage.withPercentage(5);

    private static SizeComparison compare(boolean paired) {
        return SizeComparison.of(
                List.of(SizeTable.candidate(0), SizeTable.candidate(1)), paired, LIMITS, 0.05);
    }

    @Test
    void theCurveThatNeverRisesIsThatOfAllMinimaAndMaxima() {
        double[] cv = {0.5, 0.2, 0.3, 0.25, 0.1, 0.12, 0.02};
        double[] weights = {50, 50, 20, 50, 50, 10, 50};
        double pool = -1.4488839147018189;
        assertThat(CvCurve.fit(cv, weights))
                .containsExactly(
                        new double[] {
                            -0.6931471805599453,
                            pool,
                            pool,
                            pool,
                            -2.27219816686172,
                            -2.27219816686172,
                            -3.912023005428146
                        },
                        TINY);
    }

    @Test
    void pointsAreWhereTheCurvesCrossTheLimit() {
        SizeComparison comparison = compare(true);
        assertThat(comparison.candidates().get(0).point().low())
                .isCloseTo(294.53182541539667, TINY);
        assertThat(comparison.candidates().get(1).point().high())
                .isCloseTo(1087.0073039627787, TINY);
        Bracket ratio = comparison.ratios().getFirst().point();
        assertThat(ratio.isPoint()).isTrue();
        assertThat(ratio.low()).isCloseTo(1087.0073039627787 / 294.53182541539667, TINY);
    }

    @Test
    void pairedIntervalsAgreeWithABootstrapMadeElsewhere() {
        SizeComparison comparison = compare(true);
        requireNear(comparison.candidates().get(0).interval(), 187.153, 404.885);
        requireNear(comparison.candidates().get(1).interval(), 951.915, 1190.703);
        requireNear(comparison.ratios().getFirst().interval(), 2.65846, 5.56145);
    }

    @Test
    void intervalsOfUnpairedSizesToo() {
        SizeComparison comparison = compare(false);
        requireNear(comparison.candidates().get(0).interval(), 189.876, 403.371);
        requireNear(comparison.candidates().get(1).interval(), 960.188, 1177.983);
        requireNear(comparison.ratios().getFirst().interval(), 2.65005, 5.72987);
    }

    private static void requireNear(Bracket interval, double low, double high) {
        assertThat(interval.low()).isCloseTo(low, RESAMPLING);
        assertThat(interval.high()).isCloseTo(high, RESAMPLING);
    }

    @Test
    void theProvenRangeOfTheRatioUsesAQuarterOfAlphaForEachStatement() {
        // at 0.0125 the first is robust from 800 on and not at 100, the second from 1600, not at
        // 800
        SizeComparison comparison = compare(true);
        MinimalSize first = MinimalSize.of(SizeTable.candidate(0), LIMITS, 0.0125);
        MinimalSize second = MinimalSize.of(SizeTable.candidate(1), LIMITS, 0.0125);
        assertThat(first.robustFrom()).hasValue(800);
        assertThat(second.robustFrom()).hasValue(1600);
        assertThat(comparison.ratios().getFirst().proven())
                .isEqualTo(second.proven().over(first.proven()));
        assertThat(comparison.ratios().getFirst().proven().low()).isEqualTo(1);
    }

    @Test
    void aCandidateThatIsRobustNowhereGivesALowerLimitOfTheRatio() {
        List<SizedLosses> weak = SizeTable.candidate(1).subList(0, 4);
        SizeComparison comparison =
                SizeComparison.of(List.of(SizeTable.candidate(0), weak), true, LIMITS, 0.05);
        assertThat(comparison.candidates().get(1).point()).isEqualTo(new Bracket(800, INFINITY));
        SizeComparison.Ratio ratio = comparison.ratios().getFirst();
        assertThat(ratio.point().low()).isCloseTo(800 / 294.53182541539667, TINY);
        assertThat(ratio.point().hasHigh()).isFalse();
        assertThat(ratio.interval().hasHigh()).isFalse();
        assertThat(ratio.interval().low()).isBetween(1.9, 2.4); // 800 / 405
        assertThat(ratio.proven()).isEqualTo(new Bracket(1, INFINITY));
    }

    @Test
    void aCandidateThatIsRobustEverywhereGivesAnUpperLimitOfItsOwnSize() {
        List<SizedLosses> sizes = SizeTable.candidate(0).subList(3, 5);
        SizeComparison comparison =
                SizeComparison.of(List.of(sizes, SizeTable.candidate(1)), true, LIMITS, 0.05);
        assertThat(comparison.candidates().getFirst().point()).isEqualTo(new Bracket(0, 800));
        assertThat(comparison.ratios().getFirst().point())
                .isEqualTo(new Bracket(1087.0073039627787 / 800, INFINITY));
    }

    @Test
    void aFailureMovesTheCrossingToTheNextSize() {
        double[] rows = {100, 200, 400, 800};
        double[] weights = {50, 50, 50, 50};
        double[] cv = {0.05, INFINITY, 0.05, 0.02};
        assertThat(CvCurve.crossing(rows, cv, weights, 0.1)).isEqualTo(Bracket.at(400));
        double[] last = {0.3, 0.2, 0.05, INFINITY};
        assertThat(CvCurve.crossing(rows, last, weights, 0.1))
                .isEqualTo(new Bracket(800, INFINITY));
    }

    @Test
    void aCvOfZeroIsBelowEveryLimit() {
        double[] rows = {100, 200};
        double[] weights = {50, 50};
        assertThat(CvCurve.crossing(rows, new double[] {0, 0}, weights, 0.1))
                .isEqualTo(new Bracket(0, 100));
        assertThat(CvCurve.crossing(rows, new double[] {0.2, 0}, weights, 0.1).low())
                .isBetween(100.0, 101.0);
    }

    @Test
    void theOrderOfInstancesChangesNoInterval() {
        List<SizedLosses> first = SizeTable.candidate(0).stream().map(turned()).toList();
        List<SizedLosses> second = SizeTable.candidate(1).stream().map(turned()).toList();
        for (boolean paired : new boolean[] {true, false}) {
            SizeComparison other = SizeComparison.of(List.of(first, second), paired, LIMITS, 0.05);
            assertThat(other.candidates()).isEqualTo(compare(paired).candidates());
            assertThat(other.ratios()).isEqualTo(compare(paired).ratios());
        }
    }

    private static UnaryOperator<SizedLosses> turned() {
        return size -> {
            List<Double> losses = new ArrayList<>();
            for (double loss : size.losses().toArray()) {
                losses.addFirst(loss);
            }
            return SizedLosses.of(
                    size.rows(), losses.stream().mapToDouble(Double::doubleValue).toArray());
        };
    }

    @Test
    void lossesInAnotherUnitGiveTheSameRatio() {
        List<List<SizedLosses>> scaled = new ArrayList<>();
        for (int c = 0; c < 2; c++) {
            double factor = c == 0 ? 2 : 1024; // each candidate in its own
            scaled.add(
                    SizeTable.candidate(c).stream()
                            .map(size -> {
                                double[] losses = size.losses().toArray();
                                for (int i = 0; i < losses.length; i++) {
                                    losses[i] *= factor;
                                }
                                return SizedLosses.of(size.rows(), losses);
                            })
                            .toList());
        }
        SizeComparison.Ratio ratio =
                SizeComparison.of(scaled, true, LIMITS, 0.05).ratios().getFirst();
        assertThat(ratio).isEqualTo(compare(true).ratios().getFirst());
    }

    @Test
    void pairedSizesOfDifferentNumbersAreRefused() {
        List<SizedLosses> sizes = List.of(SizedLosses.of(10, 1, 2, 3), SizedLosses.of(20, 1, 2));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SizeComparison.of(List.of(sizes), true, LIMITS, 0.05))
                .withMessageContaining("3 and 2");
        assertThat(SizeComparison.of(List.of(sizes), false, LIMITS, 0.05).candidates()).hasSize(1);
    }

    @Test
    void bracketsDivideAsTheirLimitsDo() {
        assertThat(new Bracket(2, 6).over(new Bracket(1, 3))).isEqualTo(new Bracket(2.0 / 3, 6));
        assertThat(new Bracket(2, 6).over(new Bracket(0, 3)))
                .isEqualTo(new Bracket(2.0 / 3, INFINITY));
        assertThat(new Bracket(0, INFINITY).over(new Bracket(0, INFINITY)))
                .isEqualTo(new Bracket(0, INFINITY));
        assertThat(new Bracket(4, INFINITY).inverse()).isEqualTo(new Bracket(0, 0.25));
        assertThatIllegalArgumentException().isThrownBy(() -> new Bracket(0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Bracket(2, 1));
    }
}
