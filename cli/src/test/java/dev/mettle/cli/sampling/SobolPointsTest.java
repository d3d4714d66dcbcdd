package dev.mettle.cli.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Arrays;
import java.util.function.Supplier;

/** Expected numbers: reference/sobol.py, from SciPy. */
class SobolPointsTest {
    private final SobolPoints sobol = new SobolPoints();

    @Test
    void theFirstPointsAreThoseOfSciPy() {
        double[][] expected = {
            {0.0, 0.0, 0.0, 0.0, 0.0, 0.0},
            {0.5, 0.5, 0.5, 0.5, 0.5, 0.5},
            {0.75, 0.25, 0.25, 0.25, 0.75, 0.75},
            {0.25, 0.75, 0.75, 0.75, 0.25, 0.25},
            {0.375, 0.375, 0.625, 0.875, 0.375, 0.125},
            {0.875, 0.875, 0.125, 0.375, 0.875, 0.625},
            {0.625, 0.125, 0.875, 0.625, 0.625, 0.875},
            {0.125, 0.625, 0.375, 0.125, 0.125, 0.375},
            {0.1875, 0.3125, 0.9375, 0.4375, 0.5625, 0.3125}
        };
        Supplier<double[]> points = sobol.points(6);
        for (double[] point : expected) {
            assertThat(points.get()).containsExactly(point);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "40, 5, 0.125, 0.375, 0.875, 0.375",
        "40, 100, 0.9765625, 0.4765625, 0.8984375, 0.1328125",
        "40, 1000, 0.8486328125, 0.8310546875, 0.3076171875, 0.4794921875",
        "1000, 777, 0.5126953125, 0.1083984375, 0.0107421875, 0.3837890625"
    })
    void laterPointsOfManyCoordinatesAreThoseOfSciPy(
            int coordinates, int index, double a, double b, double c, double d) {
        Supplier<double[]> points = sobol.points(coordinates);
        for (int i = 0; i < index; i++) {
            points.get();
        }
        assertThat(Arrays.copyOfRange(points.get(), coordinates - 4, coordinates))
                .containsExactly(a, b, c, d);
    }

    @Test
    void thereAreDirectionNumbersForAllCoordinatesPromisedAndNoMore() {
        assertThat(sobol.points(sobol.mostCoordinates()).get()).hasSize(sobol.mostCoordinates());
        assertThatException().isThrownBy(() -> sobol.points(sobol.mostCoordinates() + 1));
    }
}
