package dev.mettle.core.data;

import java.util.List;

/**
 * Categorical columns of all rows of a data set: a code for each row, a whole number that says
 * which of a few kinds the row is. Codes have no order and no scale. Immutable by agreement: the
 * codes are shared.
 */
public final class Categories {
    /** No columns. */
    public static final Categories NONE = new Categories(List.of(), new int[0]);

    private final List<Column> columns;
    private final int[] codes;

    /**
     * A categorical column.
     *
     * @param name of its array
     * @param count its codes are 0 to {@code count - 1}; at least 1
     */
    public record Column(String name, int count) {
        public Column {
            if (count < 1) {
                throw new IllegalArgumentException(
                        "count (%d) must be 1 or more.".formatted(count));
            }
        }
    }

    /**
     * Keeps the codes given, without a copy.
     *
     * @param columns with different names
     * @param codes [rows, columns], row after row, each within its column's count
     */
    public Categories(List<Column> columns, int[] codes) {
        this.columns = List.copyOf(columns);
        this.codes = codes;
        for (int i = 0; i < codes.length; i++) {
            Column column = this.columns.get(i % this.columns.size());
            if (codes[i] < 0 || codes[i] >= column.count()) {
                throw new IllegalArgumentException(
                        "code %d of column '%s' is not from 0 to %d."
                                .formatted(codes[i], column.name(), column.count() - 1));
            }
        }
    }

    /** Returns the columns. */
    public List<Column> columns() {
        return columns;
    }

    /** Returns the number of columns. */
    public int columnCount() {
        return columns.size();
    }

    /** Returns the shared codes, [rows, columns]; not to be written. */
    public int[] codes() {
        return codes;
    }

    /** Returns one code of one row. */
    public int code(int row, int column) {
        return codes[row * columns.size() + column];
    }
}
