package dev.mettle.calorimeter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mettle.core.data.Dataset;
import dev.mettle.core.data.Scale;
import dev.mettle.core.data.Shape;
import dev.mettle.core.data.Task;
import dev.mettle.core.instance.Baseline;
import dev.mettle.core.instance.RegressionBaseline;
import dev.mettle.core.instance.TargetModel;
import dev.mettle.core.study.HeldOutLoss;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Reference values: reference/calorimeter/showers.py (NumPy's QR), on 40 showers. */
class EnergyModelTest {
    private static final int[] ALL = IntStream.range(0, 40).toArray();

    private static EnergyModel model(double[] energies, Scale.Transform transform) {
        return new EnergyModel(FortyShowers.with(energies), 0, transform);
    }

    private static Baseline baseline(double[] energies, Scale.Transform transform) {
        Dataset data = FortyShowers.with(energies);
        return new RegressionBaseline(
                data,
                List.of(transform),
                new HeldOutLoss.Mse(),
                List.of(new EnergyModel(data, 0, transform)));
    }

    @ParameterizedTest
    @CsvSource({"LOG, energy_log", "IDENTITY, energy_plain"})
    void termsCoefficientsAndLossAgreeWithNumPy(Scale.Transform transform, String name) {
        double[] expected = FortyShowers.array(name); // loss, reference sum, coefficients
        Baseline.Fit fit =
                baseline(FortyShowers.array("energy"), transform)
                        .fit(FortyShowers.sample(ALL), ALL);
        assertThat(fit.evaluation().loss()).isCloseTo(expected[0], within(1e-8 * expected[0]));
        List<Double> constants = new ArrayList<>(fit.constants().values());
        assertThat(constants).hasSize(expected.length - 1);
        for (int i = 0; i < constants.size(); i++) {
            assertThat(constants.get(i))
                    .isCloseTo(
                            expected[i + 1], within(1e-7 * Math.max(1, Math.abs(expected[i + 1]))));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Scale.Transform.class,
            names = {"LOG", "IDENTITY"})
    void aProportionalEnergyNeedsOneTerm(Scale.Transform transform) {
        double[] features = FortyShowers.array("features");
        double[] energies = new double[40];
        for (int row = 0; row < 40; row++) {
            energies[row] = 0.005 * features[3 * row];
        }
        TargetModel.Fitted fitted = model(energies, transform).fit(FortyShowers.sample(ALL));
        assertThat(fitted.constants()).containsOnlyKeys("reference_sum", "scale");
        for (int row = 0; row < 40; row++) {
            double goal = transform.apply(energies[row], 1);
            assertThat(fitted.predict(row)).isCloseTo(goal, within(1e-9 * energies[row]));
        }
    }

    @Test
    void leakageThatGrowsWithTheLogarithmIsCorrected() {
        double[] features = FortyShowers.array("features");
        double[] energies = new double[40];
        for (int row = 0; row < 40; row++) {
            double sum = features[3 * row];
            energies[row] = 0.005 * sum * (1 + 0.03 * StrictMath.log(sum));
        }
        TargetModel.Fitted fitted =
                model(energies, Scale.Transform.IDENTITY).fit(FortyShowers.sample(ALL));
        assertThat(fitted.constants()).containsKeys("scale", "offset", "log");
        for (int row = 0; row < 40; row++) {
            assertThat(fitted.predict(row)).isCloseTo(energies[row], within(1e-6 * energies[row]));
        }
    }

    @Test
    void theFitSeesTheSampleAndNothingElse() {
        double[] energies = FortyShowers.array("energy");
        double[] other = energies.clone();
        for (int row = 20; row < 40; row++) {
            other[row] *= 3;
        }
        int[] first = IntStream.range(0, 20).toArray();
        int[] few = {2, 3, 5, 7};
        Baseline.Fit fit =
                baseline(energies, Scale.Transform.LOG).fit(FortyShowers.sample(first), few);
        assertThat(baseline(other, Scale.Transform.LOG).fit(FortyShowers.sample(first), few))
                .isEqualTo(fit);
        assertThat(
                        baseline(energies, Scale.Transform.LOG)
                                .fit(FortyShowers.sample(8, 9, 10, 11), few))
                .isNotEqualTo(fit);
    }

    @ParameterizedTest
    @EnumSource(
            value = Scale.Transform.class,
            names = {"LOG", "IDENTITY"})
    void aSampleOfOneShowerIsFitted(Scale.Transform transform) {
        double[] energies = FortyShowers.array("energy");
        assertThat(model(energies, transform).fit(FortyShowers.sample(7)).predict(7))
                .isCloseTo(transform.apply(energies[7], 1), within(1e-9 * energies[7]));
    }

    @ParameterizedTest
    @EnumSource(
            value = Scale.Transform.class,
            names = {"LOG", "IDENTITY"})
    void showersWithoutEnergyGiveFinitePredictions(Scale.Transform transform) {
        Dataset dark =
                new Dataset(
                        new Shape(1, 15, 15),
                        new float[4 * 225],
                        List.of(),
                        new float[0],
                        Task.regression("energy"),
                        new double[] {1, 2, 3, 4},
                        "");
        TargetModel.Fitted fitted =
                new EnergyModel(dark, 0, transform).fit(FortyShowers.sample(0, 1, 2));
        assertThat(fitted.predict(3)).isFinite();
    }

    @Test
    void aFitHasTheSameBitsHoweverOftenAndWhereverItRuns() {
        Baseline baseline = baseline(FortyShowers.array("energy"), Scale.Transform.LOG);
        // enough repetitions for the compiler to replace the interpreted code
        assertThat(
                        IntStream.range(0, 2000)
                                .parallel()
                                .mapToObj(_ -> baseline.fit(FortyShowers.sample(ALL), ALL))
                                .distinct())
                .containsExactly(baseline.fit(FortyShowers.sample(ALL), ALL));
    }

    @Test
    void inputsMustBeMatricesOfCells() {
        Dataset table =
                new Dataset(
                        new Shape(1, 1, 8),
                        new float[8],
                        List.of(),
                        new float[0],
                        Task.regression("energy"),
                        new double[] {1},
                        "");
        assertThatThrownBy(() -> new EnergyModel(table, 0, Scale.Transform.LOG))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
