package dev.mettle.calorimeter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mettle.core.data.Dataset;
import dev.mettle.core.data.Sample;
import dev.mettle.core.data.Scale;
import dev.mettle.core.data.Shape;
import dev.mettle.core.data.Task;
import dev.mettle.core.instance.Evaluation;
import dev.mettle.core.study.DataSettings;
import dev.mettle.core.study.HeldOutLoss;
import dev.mettle.core.study.ScaleKind;
import dev.mettle.core.study.TargetSettings;
import dev.mettle.data.NpzFile;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Reference lines: reference/calorimeter/showers.py (scipy.optimize.least_squares), on 40 showers
 * of the example.
 */
class EnergySumBaselineTest {
    private static double[] sums;
    private static double[] energies;
    private static float[] cells;

    @BeforeAll
    static void readShowers() {
        try (NpzFile file = NpzFile.open(Path.of("src", "test", "resources", "showers40.npz"))) {
            cells = file.array("", "cells").toFloats();
            energies = file.array("", "energy").toDoubles();
            double[] features = file.array("", "features").toDoubles();
            sums = IntStream.range(0, 40).mapToDouble(row -> features[3 * row]).toArray();
        }
    }

    private static double[] expectedLine(Scale.Transform transform) {
        try (NpzFile file = NpzFile.open(Path.of("src", "test", "resources", "showers40.npz"))) {
            return file.array("", transform == Scale.Transform.LOG ? "line_log" : "line_plain")
                    .toDoubles();
        }
    }

    private static DataSettings settings(ScaleKind targetScale) {
        return new DataSettings(
                "showers.npz",
                1,
                "cells",
                ScaleKind.STANDARD,
                TargetSettings.regression("energy", targetScale),
                List.of(),
                10,
                10);
    }

    private static Sample sample(int... rows) {
        return new Sample(rows, List.of(Scale.NONE), List.of(), List.of(Scale.NONE));
    }

    @ParameterizedTest
    @CsvSource({"LOG, LOG", "STANDARD, IDENTITY", "NONE, IDENTITY"})
    void theFittedLineAndItsLossAgreeWithSciPy(ScaleKind kind, Scale.Transform transform) {
        double[] expected = expectedLine(transform);
        EnergyCalibration line =
                EnergyCalibration.fit(sums, energies, transform, EnergyCalibration.MAX_EVALUATIONS);
        assertThat(line.offset()).isCloseTo(expected[0], within(2e-6));
        assertThat(line.slope()).isCloseTo(expected[1], within(1e-8));

        Dataset data =
                new Dataset(
                        new Shape(1, 15, 15),
                        cells,
                        List.of(),
                        new float[0],
                        Task.regression("energy"),
                        energies,
                        "");
        int[] rows = IntStream.range(0, 40).toArray();
        Evaluation evaluation =
                new EnergySumBaseline(data, settings(kind), new HeldOutLoss.Mse())
                        .evaluate(sample(rows), rows);
        assertThat(evaluation.loss()).isCloseTo(expected[2], within(1e-9 * expected[2]));
    }

    @Test
    void theFitSeesTheSampleAndNothingElse() {
        Dataset data =
                new Dataset(
                        new Shape(1, 15, 15),
                        cells,
                        List.of(),
                        new float[0],
                        Task.regression("energy"),
                        energies,
                        "");
        double[] other = energies.clone();
        for (int row = 20; row < 40; row++) {
            other[row] *= 3;
        }
        Dataset changed =
                new Dataset(
                        new Shape(1, 15, 15),
                        cells,
                        List.of(),
                        new float[0],
                        Task.regression("energy"),
                        other,
                        "");
        int[] first = IntStream.range(0, 20).toArray();
        int[] few = {2, 3, 5, 7};
        Evaluation evaluation =
                new EnergySumBaseline(data, settings(ScaleKind.LOG), new HeldOutLoss.Mse())
                        .evaluate(sample(first), few);
        assertThat(
                        new EnergySumBaseline(
                                        changed, settings(ScaleKind.LOG), new HeldOutLoss.Mse())
                                .evaluate(sample(first), few))
                .isEqualTo(evaluation);
        assertThat(
                        new EnergySumBaseline(data, settings(ScaleKind.LOG), new HeldOutLoss.Mse())
                                .evaluate(sample(8, 9, 10, 11), few))
                .isNotEqualTo(evaluation);
    }

    @ParameterizedTest
    @CsvSource({"LOG", "IDENTITY"})
    void anExactLineIsFoundExactly(Scale.Transform transform) {
        double[] s = {100, 300, 1000, 5000, 20000};
        double[] e = IntStream.range(0, 5).mapToDouble(i -> 0.25 + 0.005 * s[i]).toArray();
        EnergyCalibration line =
                EnergyCalibration.fit(s, e, transform, EnergyCalibration.MAX_EVALUATIONS);
        assertThat(line.offset()).isCloseTo(0.25, within(1e-9));
        assertThat(line.slope()).isCloseTo(0.005, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({"LOG", "IDENTITY"})
    void equalSumsGiveAConstant(Scale.Transform transform) {
        double[] e = {1, 2, 4};
        EnergyCalibration line =
                EnergyCalibration.fit(
                        new double[] {7, 7, 7}, e, transform, EnergyCalibration.MAX_EVALUATIONS);
        double expected =
                transform == Scale.Transform.LOG
                        ? Math.log(2)
                        : 7.0 / 3; // geometric mean 2, mean 7/3
        assertThat(line.predict(7)).isCloseTo(expected, within(1e-6));
    }

    @ParameterizedTest
    @CsvSource({"LOG", "IDENTITY"})
    void aSampleOfOneShowerIsFitted(Scale.Transform transform) {
        EnergyCalibration line =
                EnergyCalibration.fit(
                        new double[] {200},
                        new double[] {3},
                        transform,
                        EnergyCalibration.MAX_EVALUATIONS);
        assertThat(line.predict(200)).isCloseTo(transform.apply(3, 1), within(1e-9));
    }

    @Test
    void showersWithoutEnergyGiveFinitePredictions() {
        double[] s = {0, 0, 100, 300, 1000, 5000};
        double[] e = {1, 50, 1, 2, 6, 30};
        EnergyCalibration line =
                EnergyCalibration.fit(s, e, Scale.Transform.LOG, EnergyCalibration.MAX_EVALUATIONS);
        assertThat(line.predict(0)).isFinite();
        assertThat(line.predict(-1e6)).isFinite().isLessThan(line.predict(0));
    }

    @Test
    void theTangentContinuesTheLogarithmSmoothly() {
        EnergyCalibration line = new EnergyCalibration(0, 1, Scale.Transform.LOG, 0.5);
        assertThat(line.predict(0.5)).isEqualTo(StrictMath.log(0.5));
        double below = line.predict(0.5) - line.predict(0.5 - 1e-7);
        double above = line.predict(0.5 + 1e-7) - line.predict(0.5);
        assertThat(below).isCloseTo(above, within(1e-12));
        assertThat(line.predict(-1)).isEqualTo(StrictMath.log(0.5) - 3);
    }

    @Test
    void aFitThatDoesNotConvergeLeavesTheWeightedLine() {
        assertThat(EnergyCalibration.fit(sums, energies, Scale.Transform.LOG, 1))
                .isEqualTo(EnergyCalibration.start(sums, energies, Scale.Transform.LOG));
    }

    @Test
    void aFitHasTheSameBitsHoweverOftenAndWhereverItRuns() {
        EnergyCalibration first = EnergyCalibration.fit(sums, energies, Scale.Transform.LOG, 200);
        // enough repetitions for the compiler to replace the interpreted code
        List<EnergyCalibration> again =
                IntStream.range(0, 2000)
                        .parallel()
                        .mapToObj(i ->
                                EnergyCalibration.fit(sums, energies, Scale.Transform.LOG, 200))
                        .distinct()
                        .toList();
        assertThat(again).containsExactly(first);
    }

    @Test
    void itReportsTheHeldOutLossOfTheStudy() {
        Dataset data = dataset(Task.regression("energy"));
        int[] rows = IntStream.range(0, 40).toArray();
        Evaluation squared =
                new EnergySumBaseline(data, settings(ScaleKind.LOG), new HeldOutLoss.Mse())
                        .evaluate(sample(rows), rows);
        Evaluation absolute =
                new EnergySumBaseline(data, settings(ScaleKind.LOG), new HeldOutLoss.Mae())
                        .evaluate(sample(rows), rows);
        assertThat(absolute.loss()).isBetween(0.0, Math.sqrt(squared.loss()));
        assertThat(absolute.metrics()).isEqualTo(squared.metrics());
    }

    @Test
    void itPredictsOneNumberAlone() {
        Task pair = new Task.Classification("energy", List.of("low", "high"));
        Dataset data = dataset(pair);
        assertThatThrownBy(() ->
                        new EnergySumBaseline(data, settings(ScaleKind.LOG), new HeldOutLoss.Mse()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the energy sum predicts one number");
    }

    private Dataset dataset(Task task) {
        return new Dataset(
                new Shape(1, 15, 15), cells, List.of(), new float[0], task, energies, "");
    }

    @Test
    void itsNameIsThatOfTheReport() {
        Dataset data =
                new Dataset(
                        new Shape(1, 15, 15),
                        cells,
                        List.of(),
                        new float[0],
                        Task.regression("energy"),
                        energies,
                        "");
        assertThat(
                        new EnergySumBaseline(data, settings(ScaleKind.LOG), new HeldOutLoss.Mse())
                                .name())
                .isEqualTo("calibrated energy sum");
    }
}
