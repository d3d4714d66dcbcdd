package dev.mettle.data;

import dev.mettle.core.study.DataException;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.Supplier;

/** A column that is computed from others, once, when its values are asked for. */
final class ComputedArray implements DataArray {
    private final String key;
    private final String label;
    private final String name;
    private final int rows;
    private final Supplier<double[]> computation;
    private double @Nullable [] values;

    /**
     * Describes a column.
     *
     * @param key the study's key that asks for it
     * @param label what messages call the column
     * @param computation gives {@code rows} values
     */
    ComputedArray(String key, String label, String name, int rows, Supplier<double[]> computation) {
        this.key = key;
        this.label = label;
        this.name = name;
        this.rows = rows;
        this.computation = computation;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Long> shape() {
        return List.of((long) rows);
    }

    @Override
    public long count() {
        return rows;
    }

    @Override
    public String shapeText() {
        return NpyHeader.shapeText(shape());
    }

    @Override
    public String describe() {
        return "%s %s computed".formatted(name, shapeText());
    }

    @Override
    public float[] toFloats() {
        double[] doubles = toDoubles();
        float[] floats = new float[rows];
        for (int row = 0; row < rows; row++) {
            floats[row] = (float) doubles[row];
        }
        return floats;
    }

    @Override
    public double[] toDoubles() {
        if (values == null) {
            values = computation.get();
        }
        return values;
    }

    @Override
    public DataException problem(String message) {
        return new DataException(key, "%s %s".formatted(label, message));
    }
}
