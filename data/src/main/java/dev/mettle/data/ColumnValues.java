package dev.mettle.data;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * The values of one column of a table while it is read: numbers, NaN where one is missing, until a
 * text turns up; then only how many texts there are.
 */
final class ColumnValues {
    static final int CHUNK = 1 << 13;

    private final List<double[]> chunks = new ArrayList<>();
    private int rows;
    private int texts;
    private int firstTextRow = -1;
    private @Nullable String firstText;

    /** Adds a number; NaN for a missing value. */
    void add(double value) {
        int at = rows++ % CHUNK;
        if (texts > 0) {
            return;
        }
        if (at == 0) {
            chunks.add(new double[CHUNK]);
        }
        chunks.getLast()[at] = value;
    }

    /** Adds what is no number. */
    void addText(char[] text, int offset, int length) {
        if (texts == 0) {
            firstText = new String(text, offset, length);
            firstTextRow = rows;
            chunks.clear();
        }
        texts++;
        rows++;
    }

    /** Adds all values of a column behind these. */
    void addAll(ColumnValues others) {
        if (others.texts == 0) {
            for (int row = 0; row < others.rows; row++) {
                add(others.get(row));
            }
            return;
        }
        if (texts == 0) {
            firstText = others.firstText;
            firstTextRow = rows + others.firstTextRow;
            chunks.clear();
        }
        texts += others.texts;
        rows += others.rows;
    }

    /** Returns the number of rows. */
    int rows() {
        return rows;
    }

    /** Returns the bytes of the numbers. */
    long bytes() {
        return (long) chunks.size() * CHUNK * Double.BYTES;
    }

    /** Returns how many values are texts. */
    int textCount() {
        return texts;
    }

    /** Returns the row of the first text; there is one. */
    int firstTextRow() {
        return firstTextRow;
    }

    /** Returns the first text; there is one. */
    String firstText() {
        return String.valueOf(firstText);
    }

    /** Returns a number; there is no text in the column. */
    double get(int row) {
        return chunks.get(row / CHUNK)[row % CHUNK];
    }
}
