package dev.mettle.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Reference values: reference/linear/linear.py (normal equations, trace of the hat matrix). */
class RidgeTest {
    private static double[] goal(double[][] matrix, double signal) {
        double[] goal = new double[matrix.length];
        for (int i = 0; i < goal.length; i++) {
            goal[i] = signal * (matrix[i][0] - 0.5 * matrix[i][1]) + Tables.noise(i);
        }
        double mean = Arrays.stream(goal).sum() / goal.length;
        return Arrays.stream(goal).map(y -> y - mean).toArray();
    }

    private static double prediction(Ridge ridge, int columns, int column) {
        double[] unit = new double[columns];
        unit[column] = 1;
        return ridge.predict(unit);
    }

    @Test
    void moreRowsThanColumnsAgreeWithNumPy() {
        double[][] matrix = Tables.standardised(Tables.table(60, 5));
        Ridge ridge = Ridge.fit(matrix, goal(matrix, 1));
        assertThat(ridge.penalty()).isCloseTo(0.25206864872317025, within(1e-9));
        assertThat(ridge.freedom()).isCloseTo(5.978253449830918, within(1e-9));
        assertThat(prediction(ridge, 5, 0)).isCloseTo(1.06178563, within(1e-8));
        assertThat(prediction(ridge, 5, 1)).isCloseTo(-0.45283667, within(1e-8));
        assertThat(ridge.predict(new double[] {1, 1, 1, 1, 1}))
                .isCloseTo(0.6637104288049118, within(1e-9));
    }

    @Test
    void moreColumnsThanRowsAgreeWithNumPy() {
        double[][] matrix = Tables.standardised(Tables.table(15, 22));
        Ridge ridge = Ridge.fit(matrix, goal(matrix, 0.1));
        assertThat(ridge.penalty()).isCloseTo(4.682662584931983, within(1e-7));
        assertThat(ridge.freedom()).isCloseTo(10.963767427524521, within(1e-8));
        assertThat(prediction(ridge, 22, 0)).isCloseTo(0.09946081558964295, within(1e-8));
        assertThat(prediction(ridge, 22, 2)).isCloseTo(0.009875493199988514, within(1e-8));
    }

    @Test
    void collinearColumnsShareTheirWeight() {
        double[][] one = Tables.standardised(Tables.table(40, 1));
        double[][] twice = new double[40][];
        Arrays.setAll(twice, i -> new double[] {one[i][0], one[i][0]});
        double[] goal = IntStream.range(0, 40).mapToDouble(i -> 3 * one[i][0]).toArray();
        Ridge ridge = Ridge.fit(twice, goal);
        assertThat(prediction(ridge, 2, 0)).isCloseTo(1.5, within(1e-6));
        assertThat(prediction(ridge, 2, 1)).isCloseTo(prediction(ridge, 2, 0), within(1e-6));
    }

    @Test
    void aTableThatLacksRankIsFittedWhicheverSideIsLonger() {
        for (int rows = 5; rows <= 60; rows += 5) {
            double[][] few = Tables.standardised(Tables.table(rows, 3));
            double[][] matrix = new double[rows][24];
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < 24; j++) {
                    matrix[i][j] = few[i][j % 3];
                }
            }
            Ridge ridge = Ridge.fit(matrix, goal(matrix, 1));
            assertThat(ridge.freedom()).isBetween(1.0, 4.0 + 1e-9);
            double[] ones = new double[24];
            Arrays.fill(ones, 1);
            assertThat(ridge.predict(ones)).isFinite();
        }
    }

    @Test
    void constantColumnsAloneLeaveTheMean() {
        Ridge ridge = Ridge.fit(new double[5][3], new double[] {1, -1, 2, -2, 0});
        assertThat(ridge.predict(new double[] {7, 7, 7})).isZero();
        assertThat(ridge.penalty()).isZero();
        assertThat(ridge.freedom()).isEqualTo(1);
    }

    @Test
    void noiseIsShrunkAndASignalIsNot() {
        double[][] matrix = Tables.standardised(Tables.table(60, 5));
        double[] noise = IntStream.range(0, 60).mapToDouble(i -> Tables.noise(i) - 0.5).toArray();
        assertThat(Ridge.fit(matrix, noise).freedom()).isLessThan(5);
        double[] exact = Arrays.stream(matrix).mapToDouble(row -> row[0] + row[4]).toArray();
        Ridge ridge = Ridge.fit(matrix, exact);
        assertThat(ridge.freedom()).isCloseTo(6, within(1e-4));
        assertThat(prediction(ridge, 5, 4)).isCloseTo(1, within(1e-5));
    }

    @Test
    void aSingleRowHasAnAnswer() {
        assertThat(Ridge.fit(new double[1][4], new double[1]).predict(new double[] {1, 1, 1, 1}))
                .isZero();
    }
}
