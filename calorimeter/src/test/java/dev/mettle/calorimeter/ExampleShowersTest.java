package dev.mettle.calorimeter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mettle.core.data.Dataset;
import dev.mettle.core.data.Partition;
import dev.mettle.core.data.Scale;
import dev.mettle.core.data.Shape;
import dev.mettle.core.instance.Evaluation;
import dev.mettle.core.instance.HeldOut;
import dev.mettle.core.instance.RegressionBaseline;
import dev.mettle.core.random.Purpose;
import dev.mettle.core.random.Seed;
import dev.mettle.core.study.DataSettings;
import dev.mettle.core.study.FeatureSettings;
import dev.mettle.core.study.HeldOutLoss;
import dev.mettle.core.study.ScaleKind;
import dev.mettle.core.study.TargetSettings;
import dev.mettle.data.DataLoader;
import dev.mettle.data.PoolSampler;
import dev.mettle.data.Splitter;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * The whole way from the example's file to the baseline. Figures: reference/calorimeter/showers.py
 * and the data's README.
 */
class ExampleShowersTest {
    private static final DataSettings SETTINGS =
            new DataSettings(
                    "showers.npz",
                    1,
                    "cells",
                    ScaleKind.STANDARD,
                    TargetSettings.regression("energy", ScaleKind.LOG),
                    List.of(
                            new FeatureSettings(
                                    "energy_sum", 5, OptionalDouble.empty(), ScaleKind.LOG),
                            new FeatureSettings(
                                    "barycenter_x", 5, OptionalDouble.empty(), ScaleKind.STANDARD),
                            new FeatureSettings(
                                    "barycenter_y", 5, OptionalDouble.empty(), ScaleKind.STANDARD)),
                    3000,
                    3000);

    private static Dataset data;
    private static Partition partition;
    private static RegressionBaseline baseline;

    @BeforeAll
    static void load() {
        data =
                DataLoader.load(
                                SETTINGS,
                                Path.of("..", "examples", "calorimeter"),
                                List.of(new CalorimeterFeatures()))
                        .dataset();
        partition = Splitter.split(data.rows(), SETTINGS);
        List<Scale.Transform> log = List.of(Scale.Transform.LOG);
        baseline =
                new RegressionBaseline(
                        data,
                        log,
                        new HeldOutLoss.Mse(),
                        List.of(new EnergyModel(data, 0, Scale.Transform.LOG)));
    }

    @Test
    void theFileHoldsNineteenThousandPhotons() {
        assertThat(data.rows()).isEqualTo(19_000);
        assertThat(data.inputShape()).isEqualTo(new Shape(1, 15, 15));
        assertThat(CalorimeterFeatures.defaultThreshold(data.inputs(), data.inputShape()))
                .isCloseTo(3 * 1.4826, within(1e-12));
    }

    @Test
    void theBarycentreFollowsTheImpact() {
        // photons hit the central cell: within half a cell of the middle, a little more through
        // fluctuations
        for (int row = 0; row < data.rows(); row++) {
            assertThat(data.features()[3 * row + 1]).isBetween(-1f, 1f);
            assertThat(data.features()[3 * row + 2]).isBetween(-1f, 1f);
        }
    }

    @Test
    void theBaselineHasTheResolutionOfTheDetector() {
        PoolSampler sampler = new PoolSampler(data, partition, SETTINGS, 3000);
        for (int index = 0; index < 5; index++) {
            Seed seed = new Seed(20250522, Purpose.CERTIFY, Seed.Source.SAMPLE, index);
            Evaluation evaluation = baseline.fit(sampler.draw(seed), partition.test()).evaluation();
            // the line fitted on all 19,000 showers has 0.000470, 0.01556 and 0.00023
            assertThat(evaluation.loss()).isBetween(0.00042, 0.00053);
            assertThat(evaluation.metrics().get(HeldOut.SIGMA_EFF)).isBetween(0.0148, 0.0163);
            assertThat(evaluation.metrics().get(HeldOut.BIAS)).isBetween(-0.003, 0.003);
        }
    }

    @ParameterizedTest
    @CsvSource({"2, 5", "5, 10", "10, 20", "20, 40", "40, 60", "60, 80", "80, 100"})
    void theResolutionFollowsTheEnergyAsTheDetectorDoes(double from, double to) {
        int[] all = IntStream.range(0, data.rows()).toArray();
        PoolSampler sampler = new PoolSampler(data, partition, SETTINGS, 3000);
        int[] rows =
                IntStream.of(all)
                        .filter(row -> data.targets()[row] >= from && data.targets()[row] < to)
                        .toArray();
        double expected =
                IntStream.of(rows)
                        .mapToDouble(row -> resolution(data.targets()[row]))
                        .average()
                        .orElseThrow();
        Seed seed = new Seed(20250522, Purpose.CERTIFY, Seed.Source.SAMPLE, 0);
        Evaluation evaluation = baseline.fit(sampler.draw(seed), rows).evaluation();
        assertThat(evaluation.metrics().get(HeldOut.SIGMA_EFF))
                .isCloseTo(expected, within(0.1 * expected));
    }

    /** 7.5 %/√E ⊕ 0.9 % ⊕ 0.05 GeV/E, measured on the 5x5 sum without a threshold. */
    private static double resolution(double energyGeV) {
        return Math.sqrt(
                0.075 * 0.075 / energyGeV + 0.009 * 0.009 + 0.05 * 0.05 / (energyGeV * energyGeV));
    }
}
