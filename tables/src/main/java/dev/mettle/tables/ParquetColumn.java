package dev.mettle.tables;

import dev.hardwood.schema.ColumnSchema;
import dev.mettle.core.study.DataException;
import dev.mettle.data.DataArray;
import dev.mettle.data.Texts;

import java.util.List;
import java.util.Optional;

/** One column of a {@link ParquetFile}: numbers, or texts. */
final class ParquetColumn implements DataArray {
    private final String key;
    private final ParquetFile file;
    private final ColumnSchema column;
    private final Optional<ParquetNumbers> numbers;

    /** Takes a column; without a conversion to numbers it holds texts. */
    ParquetColumn(
            String key, ParquetFile file, ColumnSchema column, Optional<ParquetNumbers> numbers) {
        this.key = key;
        this.file = file;
        this.column = column;
        this.numbers = numbers;
    }

    @Override
    public String name() {
        return column.name();
    }

    @Override
    public List<Long> shape() {
        return List.of(file.rows());
    }

    @Override
    public long count() {
        return file.rows();
    }

    @Override
    public String shapeText() {
        return "(%d,)".formatted(file.rows());
    }

    @Override
    public String describe() {
        String type = numbers.map(ParquetNumbers::name).orElse("text");
        return "%s %s %s".formatted(name(), shapeText(), type);
    }

    @Override
    public float[] toFloats() {
        ParquetNumbers read = requireNumbers();
        float[] floats = new float[file.rowsInMemory(key, Float.BYTES)];
        file.read(
                column,
                read,
                (values, count, at) -> {
                    for (int i = 0; i < count; i++) {
                        floats[at + i] = (float) values[i];
                    }
                });
        return floats;
    }

    @Override
    public double[] toDoubles() {
        ParquetNumbers read = requireNumbers();
        double[] doubles = new double[file.rowsInMemory(key, Double.BYTES)];
        file.read(
                column,
                read,
                (values, count, at) -> System.arraycopy(values, 0, doubles, at, count));
        return doubles;
    }

    @Override
    public Optional<Texts> texts() {
        return numbers.isPresent() ? Optional.empty() : Optional.of(file.texts(key, column));
    }

    private ParquetNumbers requireNumbers() {
        return numbers.orElseThrow(() ->
                new DataException(
                        key,
                        ("%s: column '%s' holds texts, where numbers are needed. A column of texts"
                                        + " may be the target of a classification or be named in"
                                        + " 'categories'.")
                                .formatted(file.path(), name())));
    }

    @Override
    public DataException problem(String message) {
        return new DataException(key, "%s: column '%s' %s".formatted(file.path(), name(), message));
    }
}
