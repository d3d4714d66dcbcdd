package dev.mettle.data;

import dev.mettle.core.data.Scale;
import dev.mettle.core.study.ScaleKind;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/**
 * Fits {@link Scale}s on the rows of a sample (docs/math/scales.md): mean and standard deviation
 * with n, of g(x). All sums are doubles and run in the order of the rows, so the same sample gives
 * the same bits everywhere.
 *
 * <p>One pass, on numbers shifted by the sample's first one, k: mean = k + Σ(g-k)/n, variance =
 * Σ(g-k)²/n - (Σ(g-k)/n)². As k is one of the numbers, (k - mean)² ≤ (n - 1)·variance (Samuelson
 * 1968), which bounds what the subtraction can lose; equal numbers give a variance of exactly 0.
 */
final class ScaleFit {
    private ScaleFit() {}

    /** Fits one scale on {@code count} numbers. */
    static Scale of(ScaleKind kind, IntToDoubleFunction values, int count) {
        if (kind == ScaleKind.NONE) {
            return Scale.NONE;
        }
        Scale.Transform transform = kind.transform();
        double shift = transform.apply(values.applyAsDouble(0), 1);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < count; i++) {
            double value = transform.apply(values.applyAsDouble(i), 1) - shift;
            sum += value;
            squares += value * value;
        }
        return scale(transform, 1, shift, sum, squares, count);
    }

    /** Fits one scale per column of a table [.., columns] on the rows given. */
    static List<Scale> columns(ScaleKind kind, float[] table, int columns, int[] rows) {
        if (kind == ScaleKind.NONE) {
            return Collections.nCopies(columns, Scale.NONE);
        }
        double[] units = new double[columns];
        if (kind == ScaleKind.ASINH) {
            addSizes(table, rows, units);
            for (int c = 0; c < columns; c++) {
                units[c] = unit(units[c], rows.length);
            }
        } else {
            Arrays.fill(units, 1);
        }
        double[] shifts = new double[columns];
        for (int c = 0; c < columns; c++) {
            shifts[c] = kind.transform().apply(table[rows[0] * columns + c], units[c]);
        }
        Sums sums = new Sums(kind.transform(), units, shifts);
        sums.add(table, rows);
        List<Scale> scales = new ArrayList<>(columns);
        for (int c = 0; c < columns; c++) {
            scales.add(
                    scale(
                            kind.transform(),
                            units[c],
                            shifts[c],
                            sums.sum[c],
                            sums.squares[c],
                            rows.length));
        }
        return scales;
    }

    /**
     * Fits one scale for all values of the rows given: sums by position first, each in the order of
     * the rows, then over the positions. Columns that don't wait for one another are what makes
     * this fast.
     */
    static Scale whole(ScaleKind kind, float[] values, int rowSize, int[] rows) {
        if (kind == ScaleKind.NONE) {
            return Scale.NONE;
        }
        long count = (long) rows.length * rowSize;
        double unit = 1;
        if (kind == ScaleKind.ASINH) {
            double[] sizes = new double[rowSize];
            addSizes(values, rows, sizes);
            unit = unit(total(sizes), count);
        }
        double shift = kind.transform().apply(values[rows[0] * rowSize], unit);
        double[] units = new double[rowSize];
        double[] shifts = new double[rowSize];
        Arrays.fill(units, unit);
        Arrays.fill(shifts, shift);
        Sums sums = new Sums(kind.transform(), units, shifts);
        sums.add(values, rows);
        return scale(kind.transform(), unit, shift, total(sums.sum), total(sums.squares), count);
    }

    private static double unit(double sizes, long count) {
        double unit = sizes / count;
        return unit > 0 ? unit : 1;
    }

    private static double total(double[] values) {
        double total = 0;
        for (double value : values) {
            total += value;
        }
        return total;
    }

    private static void addSizes(float[] values, int[] rows, double[] sizes) {
        int columns = sizes.length;
        for (int row : rows) {
            int start = row * columns;
            for (int c = 0; c < columns; c++) {
                sizes[c] += Math.abs(values[start + c]);
            }
        }
    }

    private static Scale scale(
            Scale.Transform transform,
            double unit,
            double shift,
            double sum,
            double squares,
            long count) {
        double mean = sum / count;
        double variance = squares / count - mean * mean;
        double deviation = Math.sqrt(Math.max(variance, 0));
        return new Scale(transform, unit, shift + mean, deviation > 0 ? deviation : 1);
    }

    /** Running sums of g(x) - shift and of its square, one pair per column. */
    private static final class Sums {
        private final Scale.Transform transform;
        private final double[] units;
        private final double[] shifts;
        private final double[] sum;
        private final double[] squares;

        Sums(Scale.Transform transform, double[] units, double[] shifts) {
            this.transform = transform;
            this.units = units;
            this.shifts = shifts;
            this.sum = new double[units.length];
            this.squares = new double[units.length];
        }

        void add(float[] values, int[] rows) {
            for (int row : rows) {
                if (transform == Scale.Transform.IDENTITY) {
                    addPlain(values, row * sum.length);
                } else {
                    addTransformed(values, row * sum.length);
                }
            }
        }

        /**
         * Apart from the general case, so that the loop holds no call and the compiler can make
         * vector code of it.
         */
        private void addPlain(float[] values, int start) {
            for (int c = 0; c < sum.length; c++) {
                double value = values[start + c] - shifts[c];
                sum[c] += value;
                squares[c] += value * value;
            }
        }

        private void addTransformed(float[] values, int start) {
            for (int c = 0; c < sum.length; c++) {
                double value = transform.apply(values[start + c], units[c]) - shifts[c];
                sum[c] += value;
                squares[c] += value * value;
            }
        }
    }
}
