package dev.mettle.core.statistics.components;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mettle.core.statistics.components.VarianceComponents.Component;
import dev.mettle.core.statistics.components.VarianceComponents.Interval;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected numbers: reference/variance_components.R and .py. */
class VarianceComponentsTest {
    private static final Offset<Double> EXACT = within(1e-14);
    private static final int[] TWO = {5, 6};
    private static final int[] THREE = {3, 4, 3};

    private static VarianceComponents two() {
        return VarianceComponents.of(
                ReferenceGrids.logarithms(TWO, ReferenceGrids.TWO), SurrogateDraws.of(TWO));
    }

    private static VarianceComponents three() {
        return VarianceComponents.of(
                ReferenceGrids.logarithms(THREE, ReferenceGrids.THREE), SurrogateDraws.of(THREE));
    }

    private static void assertLimits(Interval actual, double low, double high) {
        assertThat(actual.low()).isCloseTo(low, within(0.015 * low));
        assertThat(actual.high()).isCloseTo(high, within(0.005 * high));
    }

    @Test
    void sumsOfSquaresAreThoseOfAnIndependentAnalysisOfVariance() {
        MeanSquares two = MeanSquares.of(ReferenceGrids.logarithms(TWO, ReferenceGrids.TWO));
        double[] expectedOfTwo = {0.232199871222583037, 0.182093398733277984, 0.023845485883735085};
        double[] degreesOfTwo = {4, 5, 20};
        for (int term = 1; term <= 3; term++) {
            assertThat(two.sumOfSquares(term)).isCloseTo(expectedOfTwo[term - 1], EXACT);
            assertThat(two.degrees(term)).isEqualTo(degreesOfTwo[term - 1]);
        }
        MeanSquares three = MeanSquares.of(ReferenceGrids.logarithms(THREE, ReferenceGrids.THREE));
        double[] expectedOfThree = { // init, sample, init:sample, order, init:order, sample:order
            0.5245214147512099467, 0.1623566779737277421, 0.0041720242664327802,
            0.2126692489268453556, 0.0012962532581139101, 0.0587205404529888217,
            0.0092942920091059322
        };
        double[] degreesOfThree = {2, 3, 6, 2, 4, 6, 12};
        for (int term = 1; term <= 7; term++) {
            assertThat(three.sumOfSquares(term)).isCloseTo(expectedOfThree[term - 1], EXACT);
            assertThat(three.degrees(term)).isEqualTo(degreesOfThree[term - 1]);
        }
    }

    @Test
    void componentsOfTwoSourcesAreThoseOfTheReference() {
        double[] variances = {0.00947628225190973, 0.007045281090493768, 0.0011922742941867625};
        double[] shares = {0.5349649492290267, 0.3977275413172363, 0.06730750945373708};
        double[] largest = {0.62746025, 0.37245275, 8.7e-05};
        for (Component component : two().components()) {
            int i = component.term() - 1;
            assertThat(component.raw()).isCloseTo(variances[i], EXACT);
            assertThat(component.variance().value()).isEqualTo(component.raw());
            assertThat(component.share().value()).isCloseTo(shares[i], within(1e-12));
            assertThat(component.dominates()).isCloseTo(largest[i], within(0.002));
        }
        assertThat(two().largest().term()).isEqualTo(1);
    }

    @Test
    void intervalsOfTwoSourcesAreThoseOfMillionsOfDraws() {
        VarianceComponents found = two();
        assertLimits(found.of(1).variance(), 0.003252404612897522, 0.07962094540670314);
        assertLimits(found.of(2).variance(), 0.0025672467200233452, 0.04354562781827864);
        assertLimits(found.of(3).variance(), 0.0006978328755717439, 0.002486326082370958);
        assertLimits(found.of(1).share(), 0.14146256294016454, 0.9101659544502871);
        assertLimits(found.of(2).share(), 0.06870854660740724, 0.8211740772954208);
        assertLimits(found.of(3).share(), 0.01080867940570175, 0.15759581265751896);
    }

    @Test
    void aScaledComponentHasTheIntervalsOfTheReference() {
        CrossedGrid grid = ReferenceGrids.logarithms(TWO, ReferenceGrids.TWO);
        VarianceComponents found =
                VarianceComponents.of(
                        MeanSquares.of(grid),
                        SurrogateDraws.of(TWO),
                        new double[] {1, 1, 1 / 0.8, 1});
        assertThat(found.of(2).raw()).isCloseTo(0.007045281090493768 / 0.8, EXACT);
        assertLimits(found.of(1).share(), 0.11782946463879791, 0.8946811139403035);
        assertLimits(found.of(2).share(), 0.08425904481154761, 0.8512607050692568);
        assertLimits(found.of(3).share(), 0.010017840980354038, 0.14409548378853668);
        assertThat(found.of(2).dominates()).isCloseTo(0.45696975, within(0.002));
    }

    @Test
    void componentsOfThreeSourcesAreThoseOfTheReferenceAndNegativeOnesAreShownAsNothing() {
        VarianceComponents found = three();
        double[] raw = {
            0.021834652584785785,
            0.004934591430233075,
            -2.6395652117754928e-05,
            0.008083194061735112,
            -0.00011261525489090116,
            0.0030040774693575524,
            0.00077452433409216
        };
        double total = 0;
        for (Component component : found.components()) {
            double expected = raw[component.term() - 1];
            assertThat(component.raw()).isCloseTo(expected, EXACT);
            assertThat(component.variance().value()).isCloseTo(Math.max(0, expected), EXACT);
            total += Math.max(0, expected);
        }
        assertThat(found.total()).isCloseTo(total, EXACT);
        assertThat(found.components().stream().mapToDouble(c -> c.share().value()).sum())
                .isCloseTo(1, within(1e-12));
        assertThat(found.components().stream().mapToDouble(Component::dominates).sum())
                .isCloseTo(1, within(1e-12));
        assertThat(found.of(3).variance().value()).isZero();
        assertThat(found.of(3).variance().low()).isZero();
    }

    @ParameterizedTest
    @CsvSource({ // term, variance from, to, share from, to, largest
        "1, 0.0058552535060000625, 0.8588657214005672, 0.047277726395486754, 0.971562227525896,"
                + " 0.64306775",
        "2, 0, 0.0820934003668575, 0, 0.6384592015545356, 0.098296",
        "3, 0, 0.0008406419383265516, 0, 0.014798886671060763, 1.2e-05",
        "4, 0.0009630653445052037, 0.34870312956535104, 0.003686462199125006, 0.8902309832997712,"
                + " 0.2464265",
        "5, 0, 0.00045684695203907194, 0, 0.0069824850193249246, 3.125e-05",
        "6, 0.00101725335448363, 0.015536199339023527, 0.0020952474495490436, 0.28980524483413084,"
                + " 0.012165",
        "7, 0.000398179874270077, 0.0021141446678923665, 0.0005888356305052609,"
                + " 0.050314293333134384, 1.5e-06"
    })
    void intervalsOfThreeSourcesAreThoseOfMillionsOfDraws(
            int term, double low, double high, double shareLow, double shareHigh, double largest) {
        Component found = three().of(term);
        // two degrees of freedom: the outer limits of 10,000 draws are uncertain by several per
        // cent
        assertThat(found.variance().low()).isCloseTo(low, within(0.02 * low));
        assertThat(found.variance().high()).isCloseTo(high, within(0.02 * high));
        assertThat(found.share().low()).isCloseTo(shareLow, within(0.05 * shareLow));
        assertThat(found.share().high()).isCloseTo(shareHigh, within(0.02 * shareHigh));
        assertThat(found.dominates()).isCloseTo(largest, within(0.002));
    }

    @Test
    void aGridThatCannotBeDecomposedIsRefused() {
        assertThatThrownBy(() ->
                        VarianceComponents.of(
                                CrossedGrid.of(new int[] {2, 2}, new double[] {1, 1, 1, 1}),
                                SurrogateDraws.of(2, 2)))
                .hasMessageContaining("no variance");
        assertThatThrownBy(() ->
                        VarianceComponents.of(
                                ReferenceGrids.logarithms(TWO, ReferenceGrids.TWO),
                                SurrogateDraws.of(6, 5)))
                .hasMessageContaining("another shape");
        assertThatThrownBy(() -> CrossedGrid.of(new int[] {2, 1}, new double[2]))
                .hasMessageContaining("2 or more levels");
        assertThatThrownBy(() -> CrossedGrid.of(new int[] {2, 2}, new double[3]))
                .hasMessageContaining("4 cells");
        assertThatThrownBy(() -> CrossedGrid.of(new int[] {4}, new double[4]))
                .hasMessageContaining("2 or 3 factors");
        assertThatThrownBy(() ->
                        CrossedGrid.of(
                                new int[] {2, 2}, new double[] {1, 2, Double.POSITIVE_INFINITY, 3}))
                .hasMessageContaining("not finite");
    }
}
