package dev.mettle.data;

import dev.mettle.core.study.DataException;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** An input (n, d) made of d columns, each an array of n numbers. */
final class ColumnTable implements DataArray {
    private final List<DataArray> columns;
    private final long rows;

    /** Takes columns of equal numbers of rows, at least one. */
    ColumnTable(List<DataArray> columns) {
        this.columns = List.copyOf(columns);
        this.rows = columns.getFirst().count();
    }

    /** Returns the columns. */
    List<DataArray> columns() {
        return columns;
    }

    @Override
    public String name() {
        return String.join(", ", columns.stream().map(DataArray::name).toList());
    }

    @Override
    public List<Long> shape() {
        return List.of(rows, (long) columns.size());
    }

    @Override
    public long count() {
        return Math.multiplyExact(rows, (long) columns.size());
    }

    @Override
    public String shapeText() {
        return NpyHeader.shapeText(shape());
    }

    @Override
    public String describe() {
        return "%d columns %s".formatted(columns.size(), shapeText());
    }

    @Override
    public float[] toFloats() {
        float[] floats = new float[(int) count()];
        for (int c = 0; c < columns.size(); c++) {
            copy(columns.get(c).toFloats(), floats, c);
        }
        return floats;
    }

    /**
     * Returns the values [rows, columns], row after row; empty when any is not finite or no number.
     *
     * @param locations what messages call a column
     * @param faults collects what is wrong with each
     */
    Optional<float[]> checked(Function<String, Location> locations, Faults faults) {
        float[] floats = new float[(int) count()];
        boolean right = true;
        for (int c = 0; c < columns.size(); c++) {
            DataArray column = columns.get(c);
            Optional<float[]> values =
                    faults.collect(() -> {
                        float[] one = column.toFloats();
                        Location where = locations.apply(column.name());
                        Checks.finite("input", where, i -> one[i], one.length, List.of());
                        return one;
                    });
            right &= values.isPresent();
            if (right) {
                copy(values.orElseThrow(), floats, c);
            }
        }
        return right ? Optional.of(floats) : Optional.empty();
    }

    private void copy(float[] column, float[] floats, int c) {
        int width = columns.size();
        for (int row = 0; row < column.length; row++) {
            floats[row * width + c] = column[row];
        }
    }

    @Override
    public double[] toDoubles() {
        float[] floats = toFloats();
        double[] doubles = new double[floats.length];
        for (int i = 0; i < floats.length; i++) {
            doubles[i] = floats[i];
        }
        return doubles;
    }

    @Override
    public DataException problem(String message) {
        return new DataException("input", "the input [%s] %s".formatted(name(), message));
    }
}
