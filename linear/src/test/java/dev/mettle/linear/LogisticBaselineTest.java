package dev.mettle.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mettle.core.data.Dataset;
import dev.mettle.core.data.Task;
import dev.mettle.core.instance.Baseline;
import dev.mettle.core.instance.HeldOut;
import dev.mettle.core.study.HeldOutLoss;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Reference values: reference/linear/linear.py (Newton's method). */
class LogisticBaselineTest {
    private static final double[][] TABLE = Tables.table(90, 4);
    private static final Task CLASSES = new Task.Classification("label", List.of("a", "b", "c"));
    private static final int[] HELD_OUT = Tables.rows(60, 90);

    private static double[] labels() {
        return IntStream.range(0, 90)
                .mapToDouble(
                        i -> Math.floor(3 * ((float) TABLE[i][0] + 0.3 * Tables.noise(i)) / 1.3))
                .toArray();
    }

    private static LogisticBaseline baseline(double[] labels) {
        return new LogisticBaseline(
                Tables.dataset(TABLE, CLASSES, labels), new HeldOutLoss.CrossEntropy());
    }

    @Test
    void lossAndErrorRateAgreeWithSciPy() {
        Baseline.Fit fit = baseline(labels()).fit(Tables.sample(Tables.rows(0, 60)), HELD_OUT);
        assertThat(fit.evaluation().loss()).isCloseTo(0.47067597051863397, within(1e-6));
        assertThat(fit.evaluation().metrics().get(HeldOut.ERROR_RATE))
                .isCloseTo(5 / 30.0, within(1e-12));
        assertThat(fit.constants()).containsEntry("penalty", 1.0);
    }

    /** Labels that hardly follow the columns: weak penalties would be worse than no fit at all. */
    private static double[] blurred() {
        return IntStream.range(0, 90)
                .mapToDouble(i ->
                        Math.floor(3 * (0.1 * (float) TABLE[i][0] + i * i * 29 % 83 / 83.0) / 1.1))
                .toArray();
    }

    @Test
    void noiseHasTheStrongestPenalty() {
        Baseline.Fit fit = baseline(blurred()).fit(Tables.sample(Tables.rows(0, 60)), HELD_OUT);
        assertThat(fit.constants()).containsEntry("penalty", 1000.0);
        assertThat(fit.evaluation().loss()).isCloseTo(1.0883193120288481, within(1e-6));
    }

    @Test
    void tooFewRowsForATestHaveTheStrongestPenalty() {
        Baseline.Fit four = baseline(labels()).fit(Tables.sample(Tables.rows(0, 4)), HELD_OUT);
        assertThat(four.constants()).containsEntry("penalty", 1000.0);
        Baseline.Fit one = baseline(labels()).fit(Tables.sample(Tables.rows(0, 1)), HELD_OUT);
        assertThat(one.evaluation().loss()).isFinite();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4, 5, 7, 8, 9})
    void rowsSideBySideHaveTheBitsOfRowByRow(int rows) {
        double[][] matrix = Tables.table(rows, 5);
        int[] labels = IntStream.range(0, rows).map(i -> i % 3).toArray();
        double[] weights = IntStream.range(0, 18).mapToDouble(Tables::noise).toArray();
        for (int offset = 5; offset < 18; offset += 6) {
            weights[offset] = 0; // else the penalty of offsets would be in the value
        }
        double[] gradient = new double[18];
        Softmax whole = new Softmax(matrix, labels, 3, 0);
        double value = whole.valueAndGradient(weights, gradient);
        double[] added = new double[18];
        for (int i = 0; i < rows; i++) {
            double[] ofRow = new double[18];
            new Softmax(new double[][] {matrix[i]}, new int[] {labels[i]}, 3, 0)
                    .valueAndGradient(weights, ofRow);
            Arrays.setAll(added, w -> added[w] + ofRow[w]);
        }
        assertThat(value).isEqualTo(whole.loss(weights));
        assertThat(gradient).containsExactly(added);
    }

    @Test
    void theGradientIsTheSlopeOfTheValue() {
        double[][] matrix = Tables.standardised(Tables.table(20, 3));
        int[] labels = IntStream.range(0, 20).map(i -> i * i % 3).toArray();
        Softmax softmax = new Softmax(matrix, labels, 3, 2.5);
        double[] point = IntStream.range(0, 12).mapToDouble(Tables::noise).toArray();
        double[] gradient = new double[12];
        softmax.valueAndGradient(point, gradient);
        double step = 1e-5;
        for (int w = 0; w < 12; w++) {
            double[] up = point.clone();
            double[] down = point.clone();
            up[w] += step;
            down[w] -= step;
            double slope =
                    (softmax.valueAndGradient(up, new double[12])
                                    - softmax.valueAndGradient(down, new double[12]))
                            / (2 * step);
            assertThat(gradient[w]).isCloseTo(slope, within(1e-7));
        }
    }

    @Test
    void itSeesTheSampleAndNothingElse() {
        double[] other = labels();
        for (int row = 60; row < 70; row++) {
            other[row] = 2 - other[row];
        }
        int[] heldOut = Tables.rows(70, 90);
        var sample = Tables.sample(Tables.rows(0, 60));
        assertThat(baseline(other).fit(sample, heldOut))
                .isEqualTo(baseline(labels()).fit(sample, heldOut));
    }

    @Test
    void aClassThatTheSampleLacksIsUnlikelyButNotImpossible() {
        double[] labels = labels();
        int[] sample = IntStream.range(0, 60).filter(row -> labels[row] != 2).toArray();
        double loss = baseline(labels).fit(Tables.sample(sample), HELD_OUT).evaluation().loss();
        assertThat(loss).isFinite().isBetween(0.8, 20.0);
    }

    @Test
    void aSampleOfOneClassIsFitted() {
        double[] labels = labels();
        int[] sample = IntStream.range(0, 60).filter(row -> labels[row] == 1).toArray();
        Baseline.Fit fit = baseline(labels).fit(Tables.sample(sample), HELD_OUT);
        assertThat(fit.evaluation().loss()).isFinite();
        double others = IntStream.of(HELD_OUT).filter(row -> labels[row] != 1).count() / 30.0;
        assertThat(fit.evaluation().metrics().get(HeldOut.ERROR_RATE))
                .isCloseTo(others, within(1e-12));
    }

    @Test
    void separableClassesKeepFiniteWeights() {
        double[] labels =
                IntStream.range(0, 90).mapToDouble(i -> TABLE[i][0] < 0.5 ? 0 : 2).toArray();
        Baseline.Fit fit = baseline(labels).fit(Tables.sample(Tables.rows(0, 60)), HELD_OUT);
        assertThat(fit.evaluation().loss()).isBetween(0.01, 0.3);
    }

    @Test
    void itFindsClassesAlone() {
        Dataset regression = Tables.dataset(TABLE, Task.regression("y"), labels());
        assertThatThrownBy(() -> new LogisticBaseline(regression, new HeldOutLoss.Mse()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("finds classes");
    }

    @Test
    void itSuitsWhatIsFittedInSeconds() {
        Dataset digits = Tables.dataset(new double[1][784], CLASSES, new double[1]);
        assertThat(LogisticBaseline.suits(digits, 2500, 10)).isTrue();
        assertThat(LogisticBaseline.suits(digits, 2600, 10)).isFalse();
    }

    @Test
    void aFitHasTheSameBitsHoweverOftenAndWhereverItRuns() {
        LogisticBaseline baseline = baseline(labels());
        var sample = Tables.sample(Tables.rows(0, 60));
        assertThat(
                        IntStream.range(0, 200)
                                .parallel()
                                .mapToObj(_ -> baseline.fit(sample, HELD_OUT))
                                .distinct())
                .containsExactly(baseline.fit(sample, HELD_OUT));
    }
}
