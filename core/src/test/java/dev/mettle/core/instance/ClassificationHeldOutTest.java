package dev.mettle.core.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mettle.core.data.Dataset;
import dev.mettle.core.data.Shape;
import dev.mettle.core.data.Task;
import dev.mettle.core.study.HeldOutLoss;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Arrays;
import java.util.List;

/** Expected numbers: reference/metrics.py (NumPy, SciPy, PyTorch). */
class ClassificationHeldOutTest {
    private static final int ROWS = 43;
    private static final Offset<Double> ROUNDING = within(1e-13);
    private static final HeldOutLoss ENTROPY = new HeldOutLoss.CrossEntropy();
    private static final HeldOutLoss ERRORS = new HeldOutLoss.ErrorRate();

    @ParameterizedTest
    @CsvSource({
        "2, 0.5463938158323682, 0.13953488372093023, 0.44728022927134886, 0.529235879700881,"
                + " 0, 0, 0.7922077922077922",
        "10, 2.0171454188839504, 0.627906976744186, 2.6410478455381883, 1.73305462150004,"
                + " 1, 0.3333333333333333, 0.707199730094467"
    })
    void lossesAndMetricsAgreeWithPythons(
            int classes,
            double entropy,
            double errors,
            double firstEntropy,
            double lastEntropy,
            double firstErrors,
            double lastErrors,
            double area) {
        Evaluation one = heldOut(classes, ENTROPY).evaluate(logits(classes));
        assertThat(one.loss()).isCloseTo(entropy, ROUNDING);
        assertThat(one.lossByBlock().get(0)).isCloseTo(firstEntropy, ROUNDING);
        assertThat(one.lossByBlock().get(19)).isCloseTo(lastEntropy, ROUNDING);
        Evaluation other = heldOut(classes, ERRORS).evaluate(logits(classes));
        assertThat(other.loss()).isCloseTo(errors, ROUNDING);
        assertThat(other.lossByBlock().get(0)).isCloseTo(firstErrors, ROUNDING);
        assertThat(other.lossByBlock().get(19)).isCloseTo(lastErrors, ROUNDING);
        assertThat(other.metrics()).isEqualTo(one.metrics());
        assertThat(one.metrics().sequencedKeySet())
                .containsExactly("cross_entropy", "error_rate", "accuracy", "auc");
        assertThat(one.metrics().get("cross_entropy")).isEqualTo(one.loss());
        assertThat(one.metrics().get("error_rate")).isEqualTo(other.loss());
        assertThat(one.metrics().get("accuracy")).isCloseTo(1 - errors, ROUNDING);
        assertThat(one.metrics().get("auc")).isCloseTo(area, ROUNDING);
    }

    @Test
    void oneLogitOfClassOneIsTheSameAsTwo() {
        double[] both = logits(2);
        double[] one = new double[ROWS];
        Arrays.setAll(one, i -> both[2 * i + 1] - both[2 * i]);
        Evaluation expected = heldOut(2, ENTROPY).evaluate(both);
        Evaluation actual = heldOut(2, ENTROPY).evaluate(one);
        assertThat(actual.loss()).isCloseTo(expected.loss(), ROUNDING);
        expected.metrics()
                .forEach((name, value) ->
                        assertThat(actual.metrics().get(name)).isCloseTo(value, ROUNDING));
    }

    @Test
    void ofEquallyProbableClassesTheFirstIsPredicted() {
        HeldOut heldOut = of(new double[] {0, 1, 2}, 3, ERRORS);
        assertThat(heldOut.evaluate(new double[9]).loss()).isCloseTo(2.0 / 3, ROUNDING);
        assertThat(heldOut.evaluate(new double[] {0, 1, 1, 0, 1, 1, 0, 1, 1}).loss())
                .isCloseTo(2.0 / 3, ROUNDING);
        assertThat(of(new double[] {0, 1}, 2, ERRORS).evaluate(new double[2]).loss())
                .isEqualTo(0.5); // a logit of 0 is a tie too
    }

    @Test
    void logitsOfAnySizeGiveAFiniteLoss() {
        HeldOut heldOut = of(new double[] {0, 1}, 2, ENTROPY);
        assertThat(heldOut.evaluate(new double[] {3e38, -3e38, 0, 2000}).loss()).isZero();
        assertThat(heldOut.evaluate(new double[] {-2000, 2000, 0, 0}).loss())
                .isCloseTo((4000 + Math.log(2)) / 2, ROUNDING);
    }

    @Test
    void aLogitThatIsNotFiniteGivesNoLossAndNoMetrics() {
        for (HeldOutLoss loss : List.of(ENTROPY, ERRORS)) {
            for (double bad :
                    new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
                for (int at : new int[] {8, 9, 10, 11}) {
                    double[] logits = logits(10);
                    logits[at] = bad;
                    Evaluation evaluation = heldOut(10, loss).evaluate(logits);
                    assertThat(evaluation.loss()).isNaN();
                    assertThat(evaluation.metrics()).isEmpty();
                }
            }
        }
    }

    @Test
    void theAreaIsLeftOutWhereTheRowsLackAClass() {
        assertThat(of(new double[] {1, 1, 1}, 2, ENTROPY).evaluate(new double[6]).metrics())
                .doesNotContainKey("auc");
        assertThat(of(new double[] {0, 1, 1}, 3, ENTROPY).evaluate(new double[9]).metrics())
                .doesNotContainKey("auc");
    }

    @Test
    void tiesCountHalfInTheArea() {
        double[] scores = {1, 2, 2, 2, 3, 3, 0, 5, 5, 1};
        int[] labels = {0, 1, 0, 1, 1, 0, 0, 1, 0, 1};
        assertThat(RocArea.of(scores, 1, 1, new int[10])).isEmpty();
        double[] both = new double[20];
        for (int i = 0; i < 10; i++) {
            both[2 * i + 1] = scores[i];
        }
        assertThat(RocArea.of(both, 2, 1, labels)).hasValue(0.58);
    }

    @Test
    void aLossOfTheOtherTaskIsRefused() {
        assertThatThrownBy(() -> heldOut(2, new HeldOutLoss.Mse()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static HeldOut heldOut(int classes, HeldOutLoss loss) {
        double[] labels = new double[ROWS];
        Arrays.setAll(labels, i -> i * 7 % 43 % classes);
        return of(labels, classes, loss);
    }

    private static HeldOut of(double[] labels, int classes, HeldOutLoss loss) {
        int[] rows = new int[labels.length];
        Arrays.setAll(rows, i -> i);
        Task task = new Task.Classification("label", Task.Classification.numbered(classes));
        Dataset data =
                new Dataset(
                        Shape.flat(1),
                        new float[labels.length],
                        List.of(),
                        new float[0],
                        task,
                        labels,
                        "");
        return HeldOut.of(data, rows, List.of(), loss);
    }

    private static double[] logits(int classes) {
        double[] logits = new double[ROWS * classes];
        for (int i = 0; i < ROWS; i++) {
            for (int k = 0; k < classes; k++) {
                logits[i * classes + k] =
                        ((i * 5 + k * 3) % 11 - 5) / 4.0 + (i * 7 % 43 % classes == k ? 0.75 : 0);
            }
        }
        return logits;
    }
}
