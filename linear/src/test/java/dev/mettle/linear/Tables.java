package dev.mettle.linear;

import dev.mettle.core.data.Dataset;
import dev.mettle.core.data.Sample;
import dev.mettle.core.data.Scale;
import dev.mettle.core.data.Shape;
import dev.mettle.core.data.Task;

import java.util.List;
import java.util.stream.IntStream;

/** The data of reference/linear/linear.py: remainders of whole numbers. */
final class Tables {
    private Tables() {}

    /** Returns [row][column], from 0 to 1. */
    static double[][] table(int rows, int columns) {
        double[][] table = new double[rows][columns];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                table[i][j] = (i * 37 + j * 101 + i * j * 13) % 97 / 97.0;
            }
        }
        return table;
    }

    /** Returns a number without a trend, from 0 to 1. */
    static double noise(int row) {
        return (row * row * 7 + row * 3) % 41 / 41.0;
    }

    /** Gives every column the mean 0 and the variance 1. */
    static double[][] standardised(double[][] table) {
        double[][] standardised = new double[table.length][table[0].length];
        for (int j = 0; j < table[0].length; j++) {
            int column = j;
            double mean = IntStream.range(0, table.length).mapToDouble(i -> table[i][column]).sum();
            mean /= table.length;
            double squares = 0;
            for (double[] row : table) {
                squares += (row[j] - mean) * (row[j] - mean);
            }
            for (int i = 0; i < table.length; i++) {
                standardised[i][j] = (table[i][j] - mean) / Math.sqrt(squares / table.length);
            }
        }
        return standardised;
    }

    /** Returns data whose rows are a table as it is. */
    static Dataset dataset(double[][] table, Task task, double[] targets) {
        float[] inputs = new float[table.length * table[0].length];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = (float) table[i / table[0].length][i % table[0].length];
        }
        return new Dataset(
                new Shape(1, 1, table[0].length),
                inputs,
                List.of(),
                new float[0],
                task,
                targets,
                "");
    }

    /** Returns rows from {@code from} to before {@code to}. */
    static int[] rows(int from, int to) {
        return IntStream.range(from, to).toArray();
    }

    /** Returns a sample without scales. */
    static Sample sample(int... rows) {
        return new Sample(rows, List.of(Scale.NONE), List.of(), List.of(Scale.NONE));
    }
}
