package dev.mettle.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Against torch.nn.init.orthogonal_ of PyTorch 1.13: reference/engine/initialisation.py made
 * orthogonal.txt.
 */
class OrthogonalTest {
    @ParameterizedTest
    @CsvSource({"1, 5", "5, 1", "3, 3", "4, 9", "9, 4", "6, 7", "1, 1"})
    void aKnownMatrixGivesThatOfPyTorch(int rows, int columns) throws IOException {
        float[] numbers = WholeTrainingTest.numbers(rows * columns, 3);
        double[][] matrix = new double[rows][columns];
        for (int i = 0; i < numbers.length; i++) {
            matrix[i / columns][i % columns] = numbers[i];
        }
        double[][] before = Arrays.stream(matrix).map(double[]::clone).toArray(double[][]::new);
        double[] actual =
                Arrays.stream(Orthogonal.of(matrix)).flatMapToDouble(Arrays::stream).toArray();
        assertThat(actual).containsExactly(expected(rows + "x" + columns), within(1e-14));
        assertThat(matrix).isDeepEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({"64, 576", "300, 40", "101, 101"})
    void rowsOrColumnsAreOrthonormal(int rows, int columns) {
        float[] numbers = WholeTrainingTest.numbers(rows * columns, 5);
        double[][] matrix = new double[rows][columns];
        for (int i = 0; i < numbers.length; i++) {
            matrix[i / columns][i % columns] = numbers[i];
        }
        double[][] q = Orthogonal.of(matrix);
        int count = Math.min(rows, columns);
        for (int a = 0; a < count; a++) {
            for (int b = 0; b <= a; b++) {
                double product = 0;
                for (int i = 0; i < Math.max(rows, columns); i++) {
                    product += rows < columns ? q[a][i] * q[b][i] : q[i][a] * q[i][b];
                }
                assertThat(product).isCloseTo(a == b ? 1 : 0, within(1e-13));
            }
        }
    }

    /** Without a direction of its own a vector gets any that is orthogonal to the others. */
    @ParameterizedTest
    @CsvSource({"0", "1"})
    void aMatrixWithoutFullRankGivesFiniteNumbers(double second) {
        double[][] q = Orthogonal.of(new double[][] {{1, 2, 3}, {second, 2 * second, 3 * second}});
        assertThat(q[0][0] * q[1][0] + q[0][1] * q[1][1] + q[0][2] * q[1][2])
                .isCloseTo(0, within(1e-12));
        assertThat(q[1][0] * q[1][0] + q[1][1] * q[1][1] + q[1][2] * q[1][2])
                .isCloseTo(1, within(1e-12));
    }

    private static double[] expected(String name) throws IOException {
        try (var stream = OrthogonalTest.class.getResourceAsStream("orthogonal.txt")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith(name + " "))
                    .flatMap(line -> Arrays.stream(line.split(" ")).skip(1))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
        }
    }
}
