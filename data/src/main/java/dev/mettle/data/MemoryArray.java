package dev.mettle.data;

import dev.mettle.core.study.DataException;

import java.util.List;
import java.util.function.Supplier;

/** An array of floats that is in memory, or will be once it is asked for. */
public final class MemoryArray implements DataArray {
    private final String key;
    private final String label;
    private final String name;
    private final List<Long> shape;
    private final Supplier<float[]> values;

    /**
     * Describes an array.
     *
     * @param key the study's key that asks for it, for messages
     * @param label what messages call its source
     * @param name the array's name
     * @param shape sizes of the axes
     * @param values gives as many values as the shape says, the last index running fastest
     */
    public MemoryArray(
            String key, String label, String name, List<Long> shape, Supplier<float[]> values) {
        this.key = key;
        this.label = label;
        this.name = name;
        this.shape = List.copyOf(shape);
        this.values = values;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Long> shape() {
        return shape;
    }

    @Override
    public long count() {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }

    @Override
    public String shapeText() {
        return NpyHeader.shapeText(shape);
    }

    @Override
    public String describe() {
        return "%s %s float32".formatted(name, shapeText());
    }

    @Override
    public float[] toFloats() {
        return values.get();
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
        return new DataException(key, "%s: array '%s' %s".formatted(label, name, message));
    }
}
