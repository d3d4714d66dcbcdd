package dev.mettle.core.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mettle.core.data.Dataset;
import dev.mettle.core.data.Scale.Transform;
import dev.mettle.core.data.Shape;
import dev.mettle.core.data.Task;
import dev.mettle.core.study.HeldOutLoss;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;

/**
 * Expected numbers: reference/loss_statistics.py (NumPy): 43 rows, so that blocks differ in size.
 */
class HeldOutTest {
    private static final int ROWS = 43;
    private static final Offset<Double> ROUNDING = within(1e-13);

    private final double[] targets = new double[ROWS];
    private final double[] predictions = new double[ROWS];

    HeldOutTest() {
        Arrays.setAll(targets, i -> 1 + (i * 7 % 43) / 4.0);
        Arrays.setAll(predictions, i -> targets[i] + ((i * 11 % 17) - 8) / 32.0);
    }

    @Test
    void theOwnUnitAgreesWithNumpy() {
        Evaluation evaluation = heldOut(Transform.IDENTITY).evaluate(predictions);
        assertThat(evaluation.loss()).isCloseTo(0.024005268895348836, ROUNDING);
        assertThat(evaluation.lossByBlock().size()).isEqualTo(Evaluation.BLOCKS);
        assertThat(evaluation.lossByBlock().get(0)).isCloseTo(0.03564453125, ROUNDING);
        assertThat(evaluation.lossByBlock().get(19)).isCloseTo(0.0244140625, ROUNDING);
        assertThat(evaluation.metrics().get(HeldOut.RMSE)).isCloseTo(0.1549363382016912, ROUNDING);
        assertThat(evaluation.metrics().get(HeldOut.SIGMA_EFF)).isCloseTo(0.17625, ROUNDING);
        assertThat(evaluation.metrics().get(HeldOut.BIAS))
                .isCloseTo(0.0007267441860465116, ROUNDING);
    }

    @Test
    void theLogarithmHasRelativeDeviations() {
        double[] logarithms = Arrays.stream(predictions).map(StrictMath::log).toArray();
        Evaluation evaluation = heldOut(Transform.LOG).evaluate(logarithms);
        assertThat(evaluation.loss()).isCloseTo(0.004141005221733337, ROUNDING);
        assertThat(evaluation.lossByBlock().get(1)).isCloseTo(0.0009907551895516726, ROUNDING);
        assertThat(evaluation.metrics().get(HeldOut.RMSE)).isCloseTo(0.06108153725142697, ROUNDING);
        assertThat(evaluation.metrics().get(HeldOut.SIGMA_EFF))
                .isCloseTo(0.0308383270147976, ROUNDING);
        assertThat(evaluation.metrics().get(HeldOut.BIAS))
                .isCloseTo(-0.004661635650662391, ROUNDING);
    }

    @Test
    void onlyTheRowsNamedAreJudgedInTheirOrder() {
        HeldOut two =
                HeldOut.of(
                        dataset(),
                        new int[] {5, 1},
                        List.of(Transform.IDENTITY),
                        new HeldOutLoss.Mse());
        Evaluation evaluation = two.evaluate(new double[] {targets[5] + 1, targets[1] - 2});
        assertThat(evaluation.loss()).isEqualTo(2.5);
        assertThat(evaluation.lossByBlock().toArray())
                .containsExactly(1, 4); // fewer rows than blocks
        assertThat(two.rows()).isEqualTo(2);
    }

    @Test
    void predictionsThatAreNotFiniteGiveALossWithoutMetrics() {
        predictions[7] = Double.NaN;
        Evaluation nan = heldOut(Transform.IDENTITY).evaluate(predictions);
        assertThat(nan.loss()).isNaN();
        assertThat(nan.metrics()).isEmpty();
        predictions[7] = Double.NEGATIVE_INFINITY;
        assertThat(heldOut(Transform.IDENTITY).evaluate(predictions).loss()).isInfinite();
    }

    private HeldOut heldOut(Transform transform) {
        int[] rows = new int[ROWS];
        Arrays.setAll(rows, i -> i);
        return HeldOut.of(dataset(), rows, List.of(transform), new HeldOutLoss.Mse());
    }

    private Dataset dataset() {
        return new Dataset(
                Shape.flat(1),
                new float[ROWS],
                List.of(),
                new float[0],
                Task.regression("y"),
                targets,
                "checksum");
    }
}
