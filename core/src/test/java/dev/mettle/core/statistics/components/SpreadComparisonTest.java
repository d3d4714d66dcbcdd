package dev.mettle.core.statistics.components;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mettle.core.statistics.Losses;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

import java.util.Arrays;

/** Expected numbers: reference/variance_components.py. */
class SpreadComparisonTest {
    private static final Offset<Double> EXACT = within(1e-12);
    private static final double[] A = {
        0.11, 0.25, -0.13, 0.42, 0.05, -0.31, 0.18, 0.02, -0.22, 0.37, 0.29, -0.08
    };
    private static final double[] B = {
        1.9, 0.4, -1.2, 2.8, 0.1, -0.6, 1.1, -2.3, 0.7, 0.2, -0.9, 3.1, 0.5, 1.4, -1.7
    };
    private static final double[] C = {
        0.12, -0.35, 0.51, 0.08, -0.27, 0.33, -0.44, 0.21, 0.02, -0.11
    };

    private static void assertFound(
            double[] second, double std, double ratio, double low, double high, double p) {
        SpreadComparison found = SpreadComparison.of(A, second);
        assertThat(found.firstStd()).isCloseTo(0.2335285979502426, EXACT);
        assertThat(found.secondStd()).isCloseTo(std, EXACT);
        assertThat(found.varianceRatio().value()).isCloseTo(ratio, EXACT);
        assertThat(found.varianceRatio().low()).isCloseTo(low, EXACT);
        assertThat(found.varianceRatio().high()).isCloseTo(high, within(1e-11));
        assertThat(found.pValue()).isCloseTo(p, EXACT);
    }

    @Test
    void testAndIntervalAreThoseOfTheReference() {
        assertFound(
                B,
                1.5573175961370547,
                0.022486701890295065,
                0.005640875135602939,
                0.09677697715726216,
                0.0013006271626357598);
        assertFound(
                C,
                0.304484993244513,
                0.5882316089950318,
                0.20066610348573294,
                1.5923210528047476,
                0.4465014049694976);
    }

    @Test
    void theOtherWayRoundTheRatioIsTheInverse() {
        SpreadComparison one = SpreadComparison.of(A, B);
        SpreadComparison other = SpreadComparison.of(B, A);
        assertThat(other.pValue()).isCloseTo(one.pValue(), EXACT);
        assertThat(other.varianceRatio().low())
                .isCloseTo(1 / one.varianceRatio().high(), within(1e-9));
        assertThat(other.varianceRatio().high())
                .isCloseTo(1 / one.varianceRatio().low(), within(1e-9));
    }

    @Test
    void fewOrEqualNumbersAreRefused() {
        assertThatThrownBy(() -> SpreadComparison.of(A, new double[9]))
                .hasMessageContaining("10 or more");
        assertThatThrownBy(() -> SpreadComparison.of(new double[20], A))
                .hasMessageContaining("not all equal");
    }

    @Test
    void armsCompareLogarithmsOfTheTrainingsThatCompleted() {
        double[] inits = Arrays.stream(A).map(StrictMath::exp).toArray();
        double[] samples = Arrays.stream(B).map(StrictMath::exp).toArray();
        double[] failed = Arrays.copyOf(samples, samples.length + 2);
        failed[samples.length] = Double.POSITIVE_INFINITY;
        failed[samples.length + 1] = Double.POSITIVE_INFINITY;
        Arms arms = Arms.of(Losses.of(inits), Losses.of(failed));
        assertThat(arms.logarithmic()).isTrue();
        assertThat(arms.samples().failures()).isEqualTo(2);
        assertThat(arms.comparison().orElseThrow().pValue())
                .isCloseTo(0.0013006271626357598, within(1e-10));
        assertThat(arms.verdict())
                .contains("0.022 times", "0.0056 to 0.097", "fresh samples spread the loss more");
        assertThat(Arms.of(Losses.of(failed), Losses.of(inits)).verdict())
                .contains("fresh initial weights spread the loss more");
    }

    @Test
    void armsOfLossesThatAreNotPositiveCompareTheLossesThemselves() {
        Arms arms = Arms.of(Losses.of(A), Losses.of(C));
        assertThat(arms.logarithmic()).isFalse();
        assertThat(arms.comparison().orElseThrow().varianceRatio().value())
                .isCloseTo(0.5882316089950318, EXACT);
        assertThat(arms.verdict()).contains("variance of loss", "no difference is shown");
    }

    @Test
    void whereTestAndIntervalDisagreeNothingIsDecided() {
        double[] narrow = new double[30];
        double[] wide = new double[30];
        for (int i = 0; i < 30; i++) {
            narrow[i] = StrictMath.exp(0.1 * (i - 14.5) / 30);
            wide[i] = StrictMath.exp(0.16 * (i - 14.5) / 30);
        }
        wide[0] = StrictMath.exp(-0.3); // one far out: the kurtosis widens the interval
        Arms arms = Arms.of(Losses.of(narrow), Losses.of(wide));
        SpreadComparison found = arms.comparison().orElseThrow();
        assertThat(found.pValue()).isLessThan(0.05);
        assertThat(found.varianceRatio().contains(1)).isTrue();
        assertThat(arms.verdict())
                .endsWith("test and interval disagree, so it is undecided which is larger.");
    }

    @Test
    void armsWithTooFewCompletedTrainingsAreNotCompared() {
        double[] few = new double[12];
        Arrays.fill(few, Double.POSITIVE_INFINITY);
        few[0] = 1;
        assertThat(Arms.of(Losses.of(few), Losses.of(A)).comparison()).isEmpty();
        assertThat(Arms.of(Losses.of(new double[12]), Losses.of(A)).verdict())
                .contains("cannot be compared", "10 completed");
    }
}
