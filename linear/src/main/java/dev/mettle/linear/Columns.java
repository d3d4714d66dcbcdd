package dev.mettle.linear;

import dev.mettle.core.data.Categories;
import dev.mettle.core.data.Dataset;
import dev.mettle.core.data.Sample;
import dev.mettle.core.data.Scale;

import java.util.Arrays;
import java.util.List;

/**
 * All inputs of a row, flattened, then its features, scaled as networks see them, then a column for
 * each code of each categorical column (1 for the row's code, 0 for the others); all standardised
 * on the sample to mean 0 and variance 1. A column that is constant on the sample is 0 everywhere.
 * Sums run in the order of the rows; the bits are the same everywhere. Safe for several threads.
 */
final class Columns {
    /** Deviations below this part of a column's size are rounding. */
    private static final double NEGLIGIBLE = 1e-12;

    private final Dataset data;
    private final Sample sample;
    private final double[] means;

    /** 0 for a constant column. */
    private final double[] factors;

    /** Standardises on the rows of the sample. */
    Columns(Dataset data, Sample sample) {
        this.data = data;
        this.sample = sample;
        this.means = new double[count(data)];
        this.factors = new double[means.length];
        double[] values = new double[means.length];
        for (int row : sample.rows()) {
            scale(row, values);
            for (int j = 0; j < means.length; j++) {
                means[j] += values[j];
            }
        }
        int rows = sample.rows().length;
        for (int j = 0; j < means.length; j++) {
            means[j] /= rows;
        }
        double[] squares = new double[means.length];
        for (int row : sample.rows()) {
            scale(row, values);
            for (int j = 0; j < means.length; j++) {
                squares[j] += (values[j] - means[j]) * (values[j] - means[j]);
            }
        }
        for (int j = 0; j < means.length; j++) {
            double deviation = Math.sqrt(squares[j] / rows);
            boolean varies = deviation > NEGLIGIBLE * Math.abs(means[j]);
            factors[j] = varies ? 1 / deviation : 0;
        }
    }

    /** Returns the number of columns. */
    static int count(Dataset data) {
        int count = Math.addExact(data.inputShape().size(), data.featureCount());
        for (Categories.Column column : data.categories().columns()) {
            count = Math.addExact(count, column.count());
        }
        return count;
    }

    /** Returns the number of columns. */
    int count() {
        return means.length;
    }

    /** Writes the standardised columns of any row. */
    void write(int row, double[] values) {
        scale(row, values);
        for (int j = 0; j < means.length; j++) {
            values[j] = (values[j] - means[j]) * factors[j];
        }
    }

    /** Returns the standardised columns of the sample, [row][column]. */
    double[][] ofSample() {
        double[][] matrix = new double[sample.rows().length][means.length];
        for (int i = 0; i < matrix.length; i++) {
            write(sample.rows()[i], matrix[i]);
        }
        return matrix;
    }

    private void scale(int row, double[] values) {
        int inputs = data.inputShape().size();
        scale(data.inputs(), row, inputs, sample.inputScales(), values, 0);
        scale(data.features(), row, data.featureCount(), sample.featureScales(), values, inputs);
        writeCodes(row, values, inputs + data.featureCount());
    }

    private void writeCodes(int row, double[] to, int start) {
        Categories categories = data.categories();
        Arrays.fill(to, start, to.length, 0);
        int first = start;
        for (int c = 0; c < categories.columnCount(); c++) {
            to[first + categories.code(row, c)] = 1;
            first += categories.columns().get(c).count();
        }
    }

    /** One scale stands for all values, or each has its own. */
    private static void scale(
            float[] from, int row, int size, List<Scale> scales, double[] to, int start) {
        for (int j = 0; j < size; j++) {
            Scale scale = scales.size() == 1 ? scales.getFirst() : scales.get(j);
            to[start + j] = scale.apply(from[row * size + j]);
        }
    }
}
