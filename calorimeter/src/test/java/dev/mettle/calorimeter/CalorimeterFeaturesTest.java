package dev.mettle.calorimeter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mettle.core.data.Shape;
import dev.mettle.core.study.FeatureSettings;
import dev.mettle.core.study.ScaleKind;
import dev.mettle.data.NpzFile;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.Random;

/**
 * Reference features: reference/calorimeter/showers.py (NumPy and SciPy), on 40 showers of the
 * example.
 */
class CalorimeterFeaturesTest {
    private static final Path SHOWERS = Path.of("src", "test", "resources", "showers40.npz");
    private static final String[] NAMES = {
        CalorimeterFeatures.ENERGY_SUM,
        CalorimeterFeatures.BARYCENTER_X,
        CalorimeterFeatures.BARYCENTER_Y
    };

    private final CalorimeterFeatures port = new CalorimeterFeatures();

    private static FeatureSettings feature(String name, int window, OptionalDouble threshold) {
        return new FeatureSettings(name, window, threshold, ScaleKind.STANDARD);
    }

    private float single(
            String name, int window, double threshold, int height, int width, float... cells) {
        return port.compute(
                        feature(name, window, OptionalDouble.of(threshold)),
                        cells,
                        new Shape(1, height, width))[0];
    }

    @ParameterizedTest
    @CsvSource({"features, 5, -1", "window3, 3, -1", "threshold20, 7, 20"})
    void featuresAgreeWithNumPy(String expectedName, int window, double threshold) {
        try (NpzFile file = NpzFile.open(SHOWERS)) {
            float[] cells = file.array("", "cells").toFloats();
            double[] expected = file.array("", expectedName).toDoubles();
            for (int f = 0; f < NAMES.length; f++) {
                OptionalDouble option =
                        threshold < 0 ? OptionalDouble.empty() : OptionalDouble.of(threshold);
                float[] values =
                        port.compute(
                                feature(NAMES[f], window, option), cells, new Shape(1, 15, 15));
                assertThat(values).hasSize(40);
                for (int row = 0; row < 40; row++) {
                    assertThat(values[row]).isCloseTo((float) expected[row * 3 + f], within(1e-6f));
                }
            }
        }
    }

    @Test
    void theNoiseAgreesWithSciPy() {
        try (NpzFile file = NpzFile.open(SHOWERS)) {
            double sigma =
                    CellNoise.sigma(file.array("", "cells").toFloats(), new Shape(1, 15, 15));
            assertThat(sigma).isCloseTo(file.array("", "sigma").toDoubles()[0], within(1e-12));
        }
    }

    @Test
    void theNoiseOfNormalBorderCellsIsTheirStandardDeviationWhateverIsInside() {
        Random random = new Random(42);
        float[] cells = new float[2000 * 25];
        for (int i = 0; i < cells.length; i++) {
            int x = i % 25 / 5;
            int y = i % 5;
            boolean border = x == 0 || y == 0 || x == 4 || y == 4;
            cells[i] = border ? (float) (7 + 3 * random.nextGaussian()) : 1e6f;
        }
        // the relative error of the median absolute deviation of 32,000 numbers is about 0.7 %
        assertThat(CellNoise.sigma(cells, new Shape(1, 5, 5))).isCloseTo(3, within(0.07));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 8, 9, 100, 1001, 5000})
    void theMedianIsTheMiddleOfTheSortedValues(int count) {
        Random random = new Random(count);
        for (int values : new int[] {2, 10, 1_000_000}) { // few values: many ties
            float[] numbers = new float[count];
            for (int i = 0; i < count; i++) {
                numbers[i] = random.nextInt(values) - values / 2;
            }
            float[] sorted = numbers.clone();
            Arrays.sort(sorted);
            double expected = ((double) sorted[(count - 1) / 2] + sorted[count / 2]) / 2;
            assertThat(Median.of(numbers)).isEqualTo(expected);
        }
    }

    @Test
    void theMedianOfSortedAndEqualValuesIsFoundInTime() {
        float[] ramp = new float[1_000_000];
        for (int i = 0; i < ramp.length; i++) {
            ramp[i] = i;
        }
        assertThat(Median.of(ramp)).isEqualTo(499_999.5);
        assertThat(Median.of(new float[1_000_001])).isZero();
    }

    @Test
    void theWindowIsClippedAtTheBorder() {
        float[] cells = {
            9, 1, 1, 1,
            1, 1, 1, 1,
            1, 1, 1, 1
        };
        assertThat(single("energy_sum", 3, 0, 3, 4, cells)).isEqualTo(12);
        // cells (0,0) (0,1) (1,0) (1,1), middle of the matrix at (1, 1.5)
        assertThat(single("barycenter_x", 3, 0, 3, 4, cells)).isEqualTo(-10f / 12);
        assertThat(single("barycenter_y", 3, 0, 3, 4, cells))
                .isEqualTo(-(10 * 1.5f + 2 * 0.5f) / 12);
    }

    @Test
    void theFirstOfEqualCellsIsTheCentre() {
        float[] cells = {
            0, 0, 5,
            0, 0, 0,
            5, 0, 1
        };
        assertThat(single("energy_sum", 1, 0, 3, 3, cells)).isEqualTo(5);
        assertThat(single("barycenter_x", 1, 0, 3, 3, cells)).isEqualTo(-1);
        assertThat(single("barycenter_y", 1, 0, 3, 3, cells)).isEqualTo(1);
    }

    @Test
    void cellsBelowTheThresholdReadAsZeroAndCellsAtItCount() {
        float[] cells = {1, 2, 3, 4, 10, 4, 3, 2, -1};
        assertThat(single("energy_sum", 3, 3, 3, 3, cells)).isEqualTo(24);
        assertThat(single("energy_sum", 3, 0, 3, 3, cells)).isEqualTo(29);
    }

    @Test
    void anEmptyWindowHasNoEnergyAndItsBarycentreInTheMiddle() {
        float[] cells = {-1, -2, 0, -3, -1, -2, -1, -1, -1};
        for (String name : NAMES) {
            assertThat(single(name, 3, 0, 3, 3, cells)).isZero();
            assertThat(single(name, 3, 50, 3, 3, cells)).isZero();
        }
    }

    @Test
    void shapesThatAreNoMatrixAreRefused() {
        assertThatThrownBy(() ->
                        port.compute(
                                feature("energy_sum", 5, OptionalDouble.empty()),
                                new float[24],
                                new Shape(1, 4, 6)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("window of 5 x 5")
                .hasMessageContaining("4 x 6");
        assertThatThrownBy(() ->
                        port.compute(
                                feature("energy_sum", 1, OptionalDouble.empty()),
                                new float[24],
                                Shape.flat(6)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("6 columns of a table");
        assertThatThrownBy(() ->
                        port.compute(
                                feature("energy_sum", 1, OptionalDouble.empty()),
                                new float[24],
                                new Shape(2, 3, 4)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 matrices of 3 x 4");
        assertThatThrownBy(() ->
                        port.compute(
                                feature("energy", 1, OptionalDouble.empty()),
                                new float[12],
                                new Shape(1, 3, 4)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("barycenter_x, barycenter_y, energy_sum");
    }
}
