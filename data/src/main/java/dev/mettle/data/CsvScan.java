package dev.mettle.data;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;

import dev.mettle.core.study.DataException;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * One pass over a table, field by field; subclasses keep what they need. Fields come without the
 * blanks around them. Lines without any character are no rows.
 */
abstract class CsvScan extends AbstractBaseCsvCallbackHandler<Boolean> {
    private final Path path;
    private final CsvLayout layout;
    private int row;
    private long line;

    /** Takes a table that begins with its head line. */
    CsvScan(Path path, CsvLayout layout) {
        this(path, layout, true);
    }

    /** Takes a table, or a part of it after the head line. */
    CsvScan(Path path, CsvLayout layout, boolean hasHead) {
        this.path = path;
        this.layout = layout;
        this.row = hasHead ? -1 : 0;
    }

    /**
     * Reads the table.
     *
     * @throws DataException (key {@code file}) when a line has another number of fields than the
     *     head line, quotes are wrong, or bytes are no text
     */
    final void read(CsvText text) {
        try (Reader characters = text.open()) {
            read(text, characters);
        } catch (IOException e) {
            throw text.failure(e);
        }
    }

    /** As above, of characters that are opened already. */
    final void read(CsvText text, Reader characters) {
        try (CsvReader<Boolean> reader =
                CsvReader.builder()
                        .fieldSeparator(layout.delimiter())
                        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                        .allowUnclosedQuote(false)
                        .build(this, characters)) {
            for (Boolean isWhole : reader) {
                if (!isWhole) {
                    throw fields();
                }
                if (row >= 0) {
                    endRow(row, line);
                }
                row++;
            }
        } catch (IOException e) {
            throw text.failure(e);
        } catch (UncheckedIOException e) {
            IOException cause = e.getCause();
            throw text.failure(cause == null ? new IOException(e) : cause);
        } catch (CsvParseException e) {
            throw broken(text, e);
        }
    }

    private DataException fields() {
        int found = getFieldCount();
        int named = layout.names().size();
        return new DataException(
                "file",
                "%s, line %d: it has %d %s, where the head line names %d columns.%s"
                        .formatted(
                                path,
                                line,
                                found,
                                found == 1 ? "field" : "fields",
                                named,
                                found > named && layout.delimiter() == ','
                                        ? " A text that holds a comma belongs in quotes."
                                        : ""));
    }

    private DataException broken(CsvText text, CsvParseException e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            switch (cause) {
                case DataException known -> throw known;
                case IOException unread -> throw text.failure(unread);
                default -> {}
            }
        }
        return new DataException(
                "file",
                "%s is broken after line %d: %s Is a quote not closed?"
                        .formatted(path, line, String.valueOf(e.getMessage())));
    }

    /** Returns the row that is read. */
    final int row() {
        return row;
    }

    @Override
    protected final void handleBegin(long startingLineNumber) {
        line = startingLineNumber;
    }

    @Override
    protected final void handleField(
            int column, char[] text, int offset, int length, boolean quoted) {
        if (row < 0 || column >= layout.names().size()) {
            return;
        }
        int from = offset;
        int end = offset + length;
        while (from < end && text[from] <= ' ') {
            from++;
        }
        while (end > from && text[end - 1] <= ' ') {
            end--;
        }
        field(column, text, from, end - from);
    }

    @Override
    protected final Boolean buildRecord() {
        return getFieldCount() == layout.names().size();
    }

    /** Takes a field of the row that is read. */
    abstract void field(int column, char[] text, int offset, int length);

    /** Ends a row. */
    abstract void endRow(int ended, long startingLine);
}
