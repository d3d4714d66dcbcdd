package dev.mettle.calorimeter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LeastSquaresTest {
    private static final double[] RAMP = {1, 2, 3, 4, 5};
    private static final double[] ONES = {1, 1, 1, 1, 1};

    @Test
    void aLineIsFoundExactly() {
        double[] line =
                LeastSquares.solve(new double[][] {ONES, RAMP}, 2, new double[] {5, 7, 9, 11, 13});
        assertThat(line[0]).isCloseTo(3, within(1e-12));
        assertThat(line[1]).isCloseTo(2, within(1e-12));
    }

    @Test
    void residualsAreLeastNotAbsent() {
        double[] mean = LeastSquares.solve(new double[][] {ONES}, 1, new double[] {1, 2, 3, 4, 10});
        assertThat(mean[0]).isCloseTo(4, within(1e-12));
    }

    @Test
    void collinearColumnsShareTheirWeight() {
        double[][] columns = {ONES, RAMP, RAMP.clone(), ONES.clone(), RAMP.clone(), new double[5]};
        double[] weights = LeastSquares.solve(columns, 6, new double[] {5, 7, 9, 11, 13});
        assertThat(weights[0]).isCloseTo(1.5, within(1e-9));
        assertThat(weights[1]).isCloseTo(2 / 3.0, within(1e-9));
        assertThat(weights[3]).isCloseTo(1.5, within(1e-9));
        assertThat(weights[4]).isCloseTo(2 / 3.0, within(1e-9));
        assertThat(weights[5]).isZero();
    }

    @Test
    void columnsOfVeryDifferentSizeKeepTheirPrecision() {
        double[] large = {1e9, 2e9, 3e9, 4e9, 5.5e9};
        double[] line =
                LeastSquares.solve(new double[][] {ONES, large}, 2, new double[] {3, 5, 7, 9, 12});
        assertThat(line[0]).isCloseTo(1, within(1e-9));
        assertThat(line[1]).isCloseTo(2e-9, within(1e-18));
    }

    @Test
    void fewerRowsThanColumnsAreSolvedToo() {
        double[] weights = LeastSquares.solve(new double[][] {{2}, {1}}, 2, new double[] {4});
        assertThat(2 * weights[0] + weights[1]).isCloseTo(4, within(1e-12));
    }
}
