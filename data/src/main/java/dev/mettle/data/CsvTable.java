package dev.mettle.data;

import dev.mettle.core.study.DataException;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/** The numbers of a table: of each column that is wanted, and where its rows are in the file. */
final class CsvTable extends CsvScan {
    private final Path path;
    private final CsvLayout layout;
    private final MissingTexts missing;
    private final ColumnValues[] columns;
    private final boolean[] wanted;
    private final long mostBytes;
    private final LineNumbers lines = new LineNumbers();
    private int rows;

    private CsvTable(
            Path path,
            CsvLayout layout,
            MissingTexts missing,
            IntPredicate isWanted,
            long mostBytes,
            boolean hasHead) {
        super(path, layout, hasHead);
        this.path = path;
        this.layout = layout;
        this.missing = missing;
        this.mostBytes = mostBytes;
        columns = new ColumnValues[layout.names().size()];
        wanted = new boolean[columns.length];
        for (int c = 0; c < columns.length; c++) {
            columns[c] = new ColumnValues();
            wanted[c] = isWanted.test(c);
        }
    }

    /**
     * Reads a table; one that is large and simple in pieces, by several threads, with the same
     * result.
     *
     * @param mostBytes that its numbers may take
     */
    static CsvTable read(
            Path path,
            CsvText text,
            CsvLayout layout,
            MissingTexts missing,
            IntPredicate isWanted,
            long mostBytes) {
        int threads = Runtime.getRuntime().availableProcessors();
        CsvPieces pieces = new CsvPieces(path, text, threads);
        return read(path, text, layout, missing, isWanted, mostBytes, pieces);
    }

    /** As above, in these pieces where that is possible. */
    static CsvTable read(
            Path path,
            CsvText text,
            CsvLayout layout,
            MissingTexts missing,
            IntPredicate isWanted,
            long mostBytes,
            CsvPieces pieces) {
        long most = mostBytes / Math.max(pieces.count(), 1);
        Optional<CsvTable> joined =
                pieces.read(isFirst -> new CsvTable(path, layout, missing, isWanted, most, isFirst))
                        .map(parts -> join(parts, pieces.lines()));
        if (joined.isPresent()) {
            return joined.get();
        }
        CsvTable table = new CsvTable(path, layout, missing, isWanted, mostBytes, true);
        table.read(text);
        return table;
    }

    /** Puts the rows of the later parts behind those of the first. */
    private static CsvTable join(List<CsvTable> parts, long[] linesBefore) {
        CsvTable first = parts.getFirst();
        for (int c = 0; c < first.columns.length; c++) {
            for (CsvTable part : parts.subList(1, parts.size())) {
                first.columns[c].addAll(part.columns[c]);
                part.columns[c] = new ColumnValues(); // its memory is needed
            }
        }
        for (int p = 1; p < parts.size(); p++) {
            CsvTable part = parts.get(p);
            first.lines.addAll(part.lines, first.rows, linesBefore[p]);
            first.rows += part.rows;
        }
        return first;
    }

    @Override
    void field(int column, char[] text, int offset, int length) {
        if (!wanted[column]) {
            return;
        }
        // Most fields are numbers, so that is tried first.
        double value =
                missing.mayBeNumbers() && missing.has(text, offset, length)
                        ? Double.NaN
                        : NumberText.parse(text, offset, length, layout.decimal());
        if (!Double.isNaN(value) || missing.has(text, offset, length)) {
            columns[column].add(value);
        } else {
            columns[column].addText(text, offset, length);
        }
    }

    @Override
    void endRow(int ended, long startingLine) {
        lines.add(ended, startingLine);
        rows = ended + 1;
        if (rows % ColumnValues.CHUNK == 0) {
            requireMemory();
        }
    }

    private void requireMemory() {
        long bytes = bytes();
        if (bytes > mostBytes || rows > Integer.MAX_VALUE - 2 * ColumnValues.CHUNK) {
            throw new DataException(
                    "file",
                    ("%s: its first %,d rows already take %,d MB of memory, of which it may use"
                                    + " %,d. Use fewer rows or columns, or allow more:"
                                    + " METTLE_JAVA_OPTIONS=-Xmx16g, for example.")
                            .formatted(path, rows, bytes >> 20, mostBytes >> 20));
        }
    }

    /** Returns how many bytes of memory the numbers take. */
    long bytes() {
        long bytes = 0;
        for (ColumnValues column : columns) {
            bytes += column.bytes();
        }
        return bytes;
    }

    /** Returns the number of rows. */
    int rows() {
        return rows;
    }

    /** Returns the line in which a row begins, counted from 1. */
    long line(int row) {
        return lines.line(row);
    }

    /** Returns the values of a column that is wanted. */
    ColumnValues column(int index) {
        return columns[index];
    }
}
