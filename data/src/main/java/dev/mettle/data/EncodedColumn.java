package dev.mettle.data;

import dev.mettle.core.study.DataException;

import java.util.List;

/** Numbers that stand for the values of a column; NaN where one is missing. */
final class EncodedColumn implements DataArray {
    private final DataArray column;
    private final int[] codes;
    private final double[] numbers;

    /**
     * Takes a column and its encoding.
     *
     * @param codes for each row which of the column's values it has, or {@link Texts#MISSING}
     * @param numbers what stands for each of the values
     */
    EncodedColumn(DataArray column, int[] codes, double[] numbers) {
        this.column = column;
        this.codes = codes;
        this.numbers = numbers;
    }

    @Override
    public String name() {
        return column.name();
    }

    @Override
    public List<Long> shape() {
        return List.of(count());
    }

    @Override
    public long count() {
        return codes.length;
    }

    @Override
    public String shapeText() {
        return NpyHeader.shapeText(shape());
    }

    @Override
    public String describe() {
        return column.describe();
    }

    @Override
    public float[] toFloats() {
        float[] floats = new float[codes.length];
        for (int row = 0; row < floats.length; row++) {
            floats[row] = (float) number(row);
        }
        return floats;
    }

    @Override
    public double[] toDoubles() {
        double[] doubles = new double[codes.length];
        for (int row = 0; row < doubles.length; row++) {
            doubles[row] = number(row);
        }
        return doubles;
    }

    private double number(int row) {
        return codes[row] == Texts.MISSING ? Double.NaN : numbers[codes[row]];
    }

    @Override
    public DataException problem(String message) {
        return column.problem(message);
    }
}
