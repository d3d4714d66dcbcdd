package dev.mettle.data;

import dev.mettle.core.study.CategorySettings;
import dev.mettle.core.study.DataException;

import java.util.List;
import java.util.Optional;

/** One column of a {@link CsvFile}. */
final class CsvColumn implements DataArray {
    /** More texts that differ are not kept. */
    private static final int MANY_TEXTS = 5_000_000;

    private final String key;
    private final String name;
    private final CsvFile file;
    private final ColumnValues values;

    CsvColumn(String key, String name, CsvFile file, ColumnValues values) {
        this.key = key;
        this.name = name;
        this.file = file;
        this.values = values;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Long> shape() {
        return List.of(count());
    }

    @Override
    public long count() {
        return values.rows();
    }

    @Override
    public String shapeText() {
        return NpyHeader.shapeText(shape());
    }

    @Override
    public String describe() {
        return "%s %s %s".formatted(name, shapeText(), values.textCount() > 0 ? "text" : "float64");
    }

    @Override
    public float[] toFloats() {
        requireNumbers();
        float[] floats = new float[values.rows()];
        for (int row = 0; row < floats.length; row++) {
            floats[row] = (float) values.get(row);
        }
        return floats;
    }

    @Override
    public double[] toDoubles() {
        requireNumbers();
        double[] doubles = new double[values.rows()];
        for (int row = 0; row < doubles.length; row++) {
            doubles[row] = values.get(row);
        }
        return doubles;
    }

    @Override
    public Optional<Texts> texts() {
        return values.textCount() == 0
                ? Optional.empty()
                : Optional.of(file.texts(key, name, CategorySettings.MOST));
    }

    @Override
    public Optional<Texts> manyTexts() {
        return values.textCount() == 0
                ? Optional.empty()
                : Optional.of(file.texts(key, name, MANY_TEXTS));
    }

    private void requireNumbers() {
        if (values.textCount() == 0) {
            return;
        }
        String text = values.firstText();
        String hint =
                file.isDecimalComma(text)
                        ? "Maybe the file uses a decimal comma: data: {csv: {decimal: ','}}."
                        : "A text that stands for a missing value is named by data: {csv: {missing:"
                                + " [...]}}; a column of texts may be the target of a"
                                + " classification or be named in 'categories'.";
        throw new DataException(
                key,
                "%s: '%s' is not a number; %d of %d values are not. %s"
                        .formatted(
                                file.location(name).row(values.firstTextRow()),
                                shortened(text),
                                values.textCount(),
                                values.rows(),
                                hint));
    }

    private static String shortened(String text) {
        String line = text.replaceAll("\\p{Cntrl}", "?");
        return line.length() > 40 ? line.substring(0, 40) + "..." : line;
    }

    @Override
    public DataException problem(String message) {
        return new DataException(key, "%s %s".formatted(file.location(name).array(), message));
    }
}
