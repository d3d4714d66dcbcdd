package dev.mettle.calorimeter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mettle.core.data.Dataset;
import dev.mettle.core.data.Scale;
import dev.mettle.core.instance.Baseline;
import dev.mettle.core.instance.RegressionBaseline;
import dev.mettle.core.study.DataSettings;
import dev.mettle.core.study.HeldOutLoss;
import dev.mettle.core.study.ScaleKind;
import dev.mettle.core.study.TargetSettings;
import dev.mettle.data.DataLoader;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** Reference values: reference/calorimeter/showers.py (scipy.optimize.least_squares). */
class PositionModelTest {
    private static final int[] EVERY_40TH =
            IntStream.iterate(0, row -> row < 19_000, row -> row + 40).toArray();

    private static Dataset showers(String target) {
        DataSettings settings =
                new DataSettings(
                        "showers.npz",
                        1,
                        "cells",
                        ScaleKind.STANDARD,
                        TargetSettings.regression(target, ScaleKind.STANDARD),
                        List.of(),
                        3000,
                        3000);
        return DataLoader.load(settings, Path.of("..", "examples", "calorimeter"), List.of())
                .dataset();
    }

    @ParameterizedTest
    @CsvSource({
        "x, X, 0.031230398089823006, 21.88902560664722, 0.21719265664116055, 0.3826331531804397",
        "y, Y, -0.0432986398991216, 21.41628421753999, 0.20548743281568901, 0.4883788475238529"
    })
    void theSCurveOfRealShowersAgreesWithSciPy(
            String target, Axis axis, double offset, double pitch, double width, double loss) {
        Dataset data = showers(target);
        Baseline.Fit fit =
                new RegressionBaseline(
                                data,
                                List.of(Scale.Transform.IDENTITY),
                                new HeldOutLoss.Mse(),
                                List.of(new PositionModel(data, 0, axis)))
                        .fit(FortyShowers.sample(EVERY_40TH), EVERY_40TH);
        assertThat(fit.evaluation().loss()).isCloseTo(loss, within(1e-9 * loss));
        assertThat(fit.constants().get("offset")).isCloseTo(offset, within(1e-5));
        assertThat(fit.constants().get("pitch")).isCloseTo(pitch, within(1e-4));
        assertThat(fit.constants().get("width")).isCloseTo(width, within(1e-5));
    }

    private static double[] positions(SCurve curve, double[] cells, double[] places) {
        return IntStream.range(0, cells.length)
                .mapToDouble(i -> curve.predict(cells[i], places[i]))
                .toArray();
    }

    @ParameterizedTest
    @CsvSource({"0.1", "0.25", "0.6", "2"})
    void aCurveIsFoundFromItsOwnPoints(double width) {
        double[] cells = IntStream.range(0, 300).mapToDouble(i -> i % 3 - 1).toArray();
        double[] places =
                IntStream.range(0, 300).mapToDouble(i -> i * 37 % 100 / 100.0 - 0.495).toArray();
        double[] positions = positions(new SCurve(3, 40, StrictMath.log(width)), cells, places);
        SCurve found = SCurve.fit(cells, places, positions, SCurve.MAX_EVALUATIONS);
        assertThat(found.offset()).isCloseTo(3, within(1e-6));
        assertThat(found.pitch()).isCloseTo(40, within(1e-4));
        assertThat(found.width()).isCloseTo(width, within(1e-4 * width));
    }

    @ParameterizedTest
    @CsvSource({"0.01", "0.2", "1", "1000"})
    void theCurveGoesThroughTheMiddleAndTheBordersOfACell(double width) {
        SCurve curve = new SCurve(0, 1, StrictMath.log(width));
        assertThat(curve.predict(2, 0)).isEqualTo(2);
        assertThat(curve.predict(2, 0.5)).isCloseTo(2.5, within(1e-9));
        assertThat(curve.predict(2, -0.5)).isCloseTo(1.5, within(1e-9));
    }

    @Test
    void narrowShowersBendTheCurveAndWideOnesDoNot() {
        assertThat(new SCurve(0, 1, StrictMath.log(0.15)).predict(0, 0.1)).isGreaterThan(0.2);
        assertThat(new SCurve(0, 1, StrictMath.log(50)).predict(0, 0.1))
                .isCloseTo(0.1, within(1e-3));
    }

    @Test
    void aFitThatMayNotGoOnLeavesTheStart() {
        double[] cells = {0, 0, 0, 0};
        double[] places = {-0.3, -0.1, 0.1, 0.3};
        double[] positions = {-9, -5, 5, 9};
        assertThat(SCurve.fit(cells, places, positions, 1))
                .isEqualTo(SCurve.start(cells, places, positions));
    }

    @Test
    void aSingleShowerAndEqualShowersAreFitted() {
        assertThat(SCurve.fit(new double[1], new double[1], new double[] {4}, 200).predict(0, 0))
                .isCloseTo(4, within(1e-9));
        SCurve same =
                SCurve.fit(new double[] {1, 1}, new double[] {0.2, 0.2}, new double[] {3, 5}, 200);
        assertThat(same.predict(1, 0.2)).isCloseTo(4, within(1e-6));
    }
}
