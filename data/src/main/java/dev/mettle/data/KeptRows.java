package dev.mettle.data;

import dev.mettle.core.study.DataException;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An array of which some rows are left out. */
final class KeptRows implements DataArray {
    private final DataArray array;
    private final int[] rows;
    private final boolean forgetful;

    /** Takes the rows that stay, in their order; they are shared. */
    KeptRows(DataArray array, int[] rows) {
        this(array, rows, false);
    }

    /**
     * Takes the rows that stay.
     *
     * @param forgetful whether texts that only rows have that are left out are forgotten
     */
    KeptRows(DataArray array, int[] rows, boolean forgetful) {
        this.array = array;
        this.rows = rows;
        this.forgetful = forgetful;
    }

    @Override
    public String name() {
        return array.name();
    }

    @Override
    public List<Long> shape() {
        List<Long> shape = new ArrayList<>(array.shape());
        shape.set(0, (long) rows.length);
        return List.copyOf(shape);
    }

    @Override
    public long count() {
        return rows.length * rowSize();
    }

    private long rowSize() {
        return array.count() / array.shape().getFirst();
    }

    @Override
    public String shapeText() {
        return NpyHeader.shapeText(shape());
    }

    @Override
    public String describe() {
        return "%s, of which %d rows stay".formatted(array.describe(), rows.length);
    }

    @Override
    public float[] toFloats() {
        int size = (int) rowSize();
        float[] all = array.toFloats();
        float[] kept = new float[rows.length * size];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(all, rows[i] * size, kept, i * size, size);
        }
        return kept;
    }

    @Override
    public double[] toDoubles() {
        int size = (int) rowSize();
        double[] all = array.toDoubles();
        double[] kept = new double[rows.length * size];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(all, rows[i] * size, kept, i * size, size);
        }
        return kept;
    }

    /** Returns the texts of the rows that stay. */
    @Override
    public Optional<Texts> texts() {
        return array.texts().map(this::kept);
    }

    @Override
    public Optional<Texts> manyTexts() {
        return array.manyTexts().map(this::kept);
    }

    private Texts kept(Texts texts) {
        int[] codes = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            codes[i] = texts.codes()[rows[i]];
        }
        Texts kept = new Texts(texts.names(), codes);
        return forgetful ? kept.inUse() : kept;
    }

    @Override
    public DataException problem(String message) {
        return array.problem(message);
    }
}
