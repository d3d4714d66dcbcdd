package dev.mettle.core.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mettle.core.data.Dataset;
import dev.mettle.core.data.Scale.Transform;
import dev.mettle.core.data.Shape;
import dev.mettle.core.data.Task;
import dev.mettle.core.study.HeldOutLoss;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Arrays;
import java.util.List;

/** Losses of one and of several targets. Expected numbers: reference/metrics.py. */
class HeldOutLossTest {
    private static final int ROWS = 43;
    private static final Offset<Double> ROUNDING = within(1e-13);

    private final double[] energy = new double[ROWS];
    private final double[] x = new double[ROWS];
    private final double[] predictedEnergy = new double[ROWS];
    private final double[] predictedX = new double[ROWS];

    HeldOutLossTest() {
        Arrays.setAll(energy, i -> 1 + (i * 7 % 43) / 4.0);
        Arrays.setAll(x, i -> ((i * 13 % 29) - 14) / 8.0);
        Arrays.setAll(predictedEnergy, i -> energy[i] + ((i * 11 % 17) - 8) / 32.0);
        Arrays.setAll(predictedX, i -> x[i] + ((i * 5 % 19) - 7) / 16.0);
    }

    @ParameterizedTest
    @CsvSource({
        "mse, 0.024005268895348836, 0.03564453125, 0.0244140625",
        "mae, 0.13444767441860464, 0.171875, 0.13541666666666666",
        "quantile(0.9), 0.06693313953488372, 0.1171875, 0.05520833333333333"
    })
    void theLossOfOneTargetIsInItsOwnUnit(String loss, double total, double first, double last) {
        Evaluation evaluation = one(Transform.IDENTITY, loss).evaluate(predictedEnergy);
        assertThat(evaluation.loss()).isCloseTo(total, ROUNDING);
        assertThat(evaluation.lossByBlock().get(0)).isCloseTo(first, ROUNDING);
        assertThat(evaluation.lossByBlock().get(19)).isCloseTo(last, ROUNDING);
        assertThat(evaluation.metrics().sequencedKeySet())
                .containsExactly("rmse", "mae", "r2", "sigma_eff", "bias");
    }

    @Test
    void absoluteErrorAndExplainedVarianceAgreeWithNumpy() {
        var plain = one(Transform.IDENTITY, "mse").evaluate(predictedEnergy).metrics();
        assertThat(plain.get(HeldOut.MAE)).isCloseTo(0.13444767441860464, ROUNDING);
        assertThat(plain.get(HeldOut.R2)).isCloseTo(0.997505946088795, ROUNDING);
        double[] logarithms = Arrays.stream(predictedEnergy).map(StrictMath::log).toArray();
        var relative = one(Transform.LOG, "mae").evaluate(logarithms).metrics();
        assertThat(relative.get(HeldOut.MAE)).isCloseTo(0.035976208212414096, ROUNDING);
        assertThat(relative.get(HeldOut.R2)).isCloseTo(0.9899009278689289, ROUNDING);
    }

    @ParameterizedTest
    @CsvSource({
        "mse, 0.06350928502952578, 0.004141005221733337, 0.1320857558139535,"
                + " 0.09695938500109551, 0.06336736074052753",
        "mae, 0.20584865844874153, 0.03677108000371363, 0.311046511627907,"
                + " 0.3108382912310249, 0.21056490545326167",
        "quantile(0.9), 0.4942875353547114, 0.02104707208760159, 0.1136627906976744,"
                + " 1.6694054627356625, 0.4598490630187479"
    })
    void theLossOfSeveralTargetsIsRelativeToTheBestConstants(
            String loss, double total, double energyLoss, double xLoss, double first, double last) {
        Evaluation evaluation = two(loss, x).evaluate(pairs());
        assertThat(evaluation.loss()).isCloseTo(total, ROUNDING);
        assertThat(evaluation.metrics().get("loss.energy")).isCloseTo(energyLoss, ROUNDING);
        assertThat(evaluation.metrics().get("loss.x")).isCloseTo(xLoss, ROUNDING);
        assertThat(evaluation.lossByBlock().get(0)).isCloseTo(first, ROUNDING);
        assertThat(evaluation.lossByBlock().get(19)).isCloseTo(last, ROUNDING);
        double weighted = 0;
        for (int b = 0; b < 20; b++) {
            weighted += evaluation.lossByBlock().get(b) * ((b + 1) * 43 / 20 - b * 43 / 20) / 43;
        }
        assertThat(weighted).isCloseTo(total, ROUNDING);
    }

    @Test
    void everyTargetHasItsMetricsUnderItsName() {
        var metrics = two("mse", x).evaluate(pairs()).metrics();
        assertThat(metrics.sequencedKeySet())
                .containsExactly(
                        "loss.energy",
                        "rmse.energy",
                        "mae.energy",
                        "r2.energy",
                        "sigma_eff.energy",
                        "bias.energy",
                        "loss.x",
                        "rmse.x",
                        "mae.x",
                        "r2.x",
                        "sigma_eff.x",
                        "bias.x");
        assertThat(metrics.get("rmse.x")).isCloseTo(0.3634360408847112, ROUNDING);
        assertThat(metrics.get("mae.x")).isCloseTo(0.311046511627907, ROUNDING);
        assertThat(metrics.get("r2.x")).isCloseTo(0.8830805020720195, ROUNDING);
        assertThat(metrics.get("bias.x")).isCloseTo(0.10465116279069768, ROUNDING);
    }

    @ParameterizedTest
    @CsvSource({"mse", "mae", "quantile(0.3)"})
    void theBestConstantsHaveALossOfOne(String loss) {
        double[] values = {3, 1, 4, 1, 5, 9, 2, 6};
        double best =
                switch (loss) {
                    case "mse" -> 31.0 / 8;
                    case "mae" -> 3.5;
                    default -> 2;
                };
        double[] both = new double[16];
        double[] predictions = new double[16];
        for (int i = 0; i < 8; i++) {
            both[2 * i] = values[i];
            both[2 * i + 1] = -1000 + 10 * values[i];
            predictions[2 * i] = best;
            predictions[2 * i + 1] = -1000 + 10 * best;
        }
        Dataset data = dataset(new Task.Regression(List.of("a", "b")), both);
        HeldOut heldOut =
                HeldOut.of(
                        data,
                        rows(8),
                        List.of(Transform.IDENTITY, Transform.IDENTITY),
                        HeldOutLoss.of(loss));
        assertThat(heldOut.evaluate(predictions).loss()).isCloseTo(1, ROUNDING);
    }

    @Test
    void explainedVarianceIsLeftOutWhereTargetsDoNotVary() {
        Dataset data = dataset(Task.regression("y"), new double[] {2, 2, 2});
        HeldOut heldOut =
                HeldOut.of(data, rows(3), List.of(Transform.IDENTITY), new HeldOutLoss.Mse());
        assertThat(heldOut.evaluate(new double[] {1, 2, 3}).metrics().sequencedKeySet())
                .containsExactly("rmse", "mae", "sigma_eff", "bias");
    }

    @Test
    void oneOfSeveralTargetsThatDoesNotVaryIsRefused() {
        assertThatThrownBy(() -> two("mae", new double[ROWS]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("target 'x' has the same value in all 43 held-out rows");
    }

    @Test
    void aPredictionThatIsNotFiniteGivesSuchALossWithoutMetrics() {
        for (String loss : List.of("mse", "mae", "quantile(0.9)")) {
            double[] predictions = pairs();
            predictions[7] = Double.NaN;
            assertThat(two(loss, x).evaluate(predictions).loss()).isNaN();
            assertThat(two(loss, x).evaluate(predictions).metrics()).isEmpty();
            predictions[7] = Double.NEGATIVE_INFINITY;
            assertThat(two(loss, x).evaluate(predictions).loss())
                    .isEqualTo(Double.POSITIVE_INFINITY);
        }
    }

    @Test
    void aLossOfTheOtherTaskIsRefused() {
        assertThatThrownBy(() -> one(Transform.IDENTITY, "error_rate"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private HeldOut one(Transform transform, String loss) {
        return HeldOut.of(
                dataset(Task.regression("energy"), energy),
                rows(ROWS),
                List.of(transform),
                HeldOutLoss.of(loss));
    }

    private HeldOut two(String loss, double[] second) {
        double[] targets = new double[2 * ROWS];
        for (int i = 0; i < ROWS; i++) {
            targets[2 * i] = energy[i];
            targets[2 * i + 1] = second[i];
        }
        return HeldOut.of(
                dataset(new Task.Regression(List.of("energy", "x")), targets),
                rows(ROWS),
                List.of(Transform.LOG, Transform.IDENTITY),
                HeldOutLoss.of(loss));
    }

    private double[] pairs() {
        double[] predictions = new double[2 * ROWS];
        for (int i = 0; i < ROWS; i++) {
            predictions[2 * i] = StrictMath.log(predictedEnergy[i]);
            predictions[2 * i + 1] = predictedX[i];
        }
        return predictions;
    }

    private static int[] rows(int count) {
        int[] rows = new int[count];
        Arrays.setAll(rows, i -> i);
        return rows;
    }

    private static Dataset dataset(Task task, double[] targets) {
        return new Dataset(
                Shape.flat(1),
                new float[targets.length / task.targetCount()],
                List.of(),
                new float[0],
                task,
                targets,
                "checksum");
    }
}
