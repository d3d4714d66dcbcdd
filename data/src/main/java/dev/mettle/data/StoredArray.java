package dev.mettle.data;

import dev.mettle.core.study.DataException;

import java.io.IOException;

/**
 * An array whose numbers lie in a file. They are read and converted when asked for, through small
 * buffers, so that little but the result takes memory.
 */
abstract class StoredArray implements DataArray {
    /** The longest array that every Java machine can make. */
    static final int MOST_VALUES = Integer.MAX_VALUE - 8;

    private final String key;
    private final String label;
    private final String name;

    /**
     * Names an array.
     *
     * @param key the study's key that asks for it, for messages
     * @param label what messages call its source
     * @param name the array's name
     */
    StoredArray(String key, String label, String name) {
        this.key = key;
        this.label = label;
        this.name = name;
    }

    /** Takes the value of one position of the result; every position is given once. */
    interface Sink {
        void accept(int position, double value);
    }

    /** Returns the type of the numbers as NumPy calls it, such as "int16". */
    abstract String typeLabel();

    /**
     * Requires, before memory is taken for the values, that the file holds as many as the shape
     * says.
     *
     * @throws DataException when it does not
     */
    void requireHonest() {}

    /** Gives all values to the sink; they are known to fit an array. */
    abstract void read(Sink sink) throws IOException, NpyFormatException;

    @Override
    public final String name() {
        return name;
    }

    @Override
    public String shapeText() {
        return NpyHeader.shapeText(shape());
    }

    @Override
    public final String describe() {
        return "%s %s %s".formatted(name, shapeText(), typeLabel());
    }

    @Override
    public final float[] toFloats() {
        requireHonest();
        requireMemory(Float.BYTES);
        float[] values = new float[(int) count()];
        readAll((i, value) -> values[i] = (float) value);
        return values;
    }

    @Override
    public final double[] toDoubles() {
        requireHonest();
        requireMemory(Double.BYTES);
        double[] values = new double[(int) count()];
        readAll((i, value) -> values[i] = value);
        return values;
    }

    private void readAll(Sink sink) {
        try {
            read(sink);
        } catch (DataException e) {
            throw e;
        } catch (NpyFormatException | IOException | RuntimeException e) {
            throw damaged(e);
        }
    }

    @Override
    public final DataException problem(String message) {
        return new DataException(key, "%s: array '%s' %s".formatted(label, name, message));
    }

    /** Returns the exception for a file that ends early or contradicts itself. */
    final DataException damaged(Exception cause) {
        return problem(
                "is damaged (%s). Copy or download the file again.".formatted(Damage.why(cause)));
    }

    private void requireMemory(int bytesEach) {
        long limit = Runtime.getRuntime().maxMemory();
        if (count() > MOST_VALUES || count() * bytesEach > limit) {
            throw problem(
                    ("of shape %s needs %d MB of memory; at most %d values and %d MB are possible"
                                    + " here. Use fewer rows, or raise the limit:"
                                    + " METTLE_JAVA_OPTIONS=-Xmx16g, for example.")
                            .formatted(
                                    shapeText(),
                                    count() / (1 << 20) * bytesEach,
                                    MOST_VALUES,
                                    limit / (1 << 20)));
        }
    }
}
