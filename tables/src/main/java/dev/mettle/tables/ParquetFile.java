package dev.mettle.tables;

import dev.hardwood.HardwoodContext;
import dev.hardwood.InputFile;
import dev.hardwood.metadata.CompressionCodec;
import dev.hardwood.metadata.LogicalType;
import dev.hardwood.metadata.PhysicalType;
import dev.hardwood.metadata.RowGroup;
import dev.hardwood.reader.ColumnReader;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.Validity;
import dev.hardwood.schema.ColumnSchema;
import dev.hardwood.schema.SchemaNode;
import dev.mettle.core.study.CategorySettings;
import dev.mettle.core.study.DataException;
import dev.mettle.data.DataArray;
import dev.mettle.data.DataFile;
import dev.mettle.data.FileChecks;
import dev.mettle.data.Location;
import dev.mettle.data.Texts;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/**
 * A Parquet file. Its arrays are the columns of plain values; a value that is null is missing.
 * Lists and structs are named and not read. A column is read when its numbers are asked for, on
 * several threads; what its pages claim is checked before any is unpacked. Not safe for use by
 * several threads.
 */
public final class ParquetFile implements DataFile {
    private static final String KEY = FileChecks.KEY;
    private static final String REWRITE =
            "Copy or download it again, or write it anew: df.to_parquet('new.parquet').";
    private static final int MOST_LISTED = 40;
    private static final Set<CompressionCodec> CODECS =
            Set.of(
                    CompressionCodec.UNCOMPRESSED,
                    CompressionCodec.SNAPPY,
                    CompressionCodec.GZIP,
                    CompressionCodec.ZSTD);

    /** More threads unpack no faster than one here takes the numbers. */
    private static final int MOST_THREADS = 4;

    /** It would announce on standard error which vectors it uses; held, or it is forgotten. */
    private static final Logger LOGGER = Logger.getLogger("dev.hardwood");

    static {
        LOGGER.setLevel(Level.WARNING);
    }

    private final Path path;
    private final HardwoodContext context;
    private final ParquetFileReader reader;
    private final long rows;
    private final Map<String, ColumnSchema> columns = new LinkedHashMap<>();
    private final Map<String, String> leftOut = new LinkedHashMap<>();

    private ParquetFile(Path path, HardwoodContext context, ParquetFileReader reader) {
        this.path = path;
        this.context = context;
        this.reader = reader;
        this.rows = reader.getFileMetaData().numRows();
        for (SchemaNode node : reader.getFileSchema().getRootNode().children()) {
            String name = node.name();
            if (columns.containsKey(name) || leftOut.containsKey(name)) {
                columns.remove(name);
                leftOut.put(name, "the name of several columns");
            } else {
                add(name, node);
            }
        }
    }

    private void add(String name, SchemaNode node) {
        if (node instanceof SchemaNode.PrimitiveNode plain && plain.maxRepetitionLevel() == 0) {
            ColumnSchema column = reader.getFileSchema().getColumn(plain.columnIndex());
            if (isText(column) || ParquetNumbers.of(column).isPresent()) {
                columns.put(name, column);
            } else {
                leftOut.put(name, "of a type without numbers");
            }
        } else {
            boolean isStruct = node instanceof SchemaNode.GroupNode group && group.isStruct();
            leftOut.put(name, isStruct ? "a struct" : "a list or map");
        }
    }

    private static boolean isText(ColumnSchema column) {
        return column.type() == PhysicalType.BYTE_ARRAY
                && (column.logicalType() instanceof LogicalType.StringType
                        || column.logicalType() instanceof LogicalType.EnumType);
    }

    /**
     * Opens a file and reads its footer.
     *
     * @throws DataException (key {@code file}) when there is no such file, it can't be read, it is
     *     no Parquet file, or it is damaged or cut short
     */
    public static ParquetFile open(Path path) {
        FileChecks.requireReadable(path, ParquetFormat.ENDING);
        ParquetFooter.check(path);
        int threads = Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
        HardwoodContext context = HardwoodContext.create(threads);
        try {
            ParquetFile file =
                    new ParquetFile(
                            path, context, ParquetFileReader.open(InputFile.of(path), context));
            file.requireConsistent();
            return file;
        } catch (DataException e) {
            context.close();
            throw e;
        } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError e) {
            context.close();
            throw damaged(path, e);
        }
    }

    private void requireConsistent() {
        long counted = 0;
        for (RowGroup group : reader.getFileMetaData().rowGroups()) {
            if (group.numRows() < 0
                    || group.columns().size() != reader.getFileSchema().getColumnCount()) {
                throw damaged(path, "a group of its rows is not what its footer says");
            }
            counted += group.numRows();
        }
        if (rows < 0 || counted != rows) {
            throw damaged(
                    path,
                    "its footer says %d rows, where its groups have %d".formatted(rows, counted));
        }
    }

    static DataException damaged(Path path, Throwable cause) {
        Throwable first = cause;
        for (Throwable next = cause.getCause(); next != null; next = next.getCause()) {
            first = next;
        }
        String why = first.getMessage();
        return damaged(path, why == null ? first.getClass().getSimpleName() : why);
    }

    static DataException damaged(Path path, String why) {
        String line = why.lines().findFirst().orElse("").replaceAll("\\p{Cntrl}", "?");
        return new DataException(
                KEY, "%s can't be read: it is damaged (%s). %s".formatted(path, line, REWRITE));
    }

    @Override
    public String key() {
        return KEY;
    }

    @Override
    public String label() {
        return path.toString();
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public SequencedSet<String> names() {
        return Collections.unmodifiableSequencedSet(new LinkedHashSet<>(columns.keySet()));
    }

    @Override
    public DataArray array(String key, String name) {
        ColumnSchema column = columns.get(name);
        if (column != null) {
            return new ParquetColumn(key, this, column, ParquetNumbers.of(column));
        }
        String reason = leftOut.get(name);
        if (reason != null) {
            throw new DataException(
                    key,
                    ("%s: '%s' is %s, where a column of plain numbers or texts is needed. Write"
                                    + " what it holds as columns. The file has %s.")
                            .formatted(path, name, reason, listing()));
        }
        throw missing(key, name);
    }

    @Override
    public Location location(String name) {
        return Location.table(
                "%s: column '%s'".formatted(path, name),
                row -> "%s, row %d (counted from 0), column '%s'".formatted(path, row, name));
    }

    @Override
    public String listing() {
        String names =
                columns.isEmpty()
                        ? "no columns of numbers or texts"
                        : columns.keySet().stream()
                                .limit(MOST_LISTED)
                                .collect(Collectors.joining(", "));
        String more =
                columns.size() > MOST_LISTED
                        ? " and %d more".formatted(columns.size() - MOST_LISTED)
                        : "";
        String others =
                leftOut.entrySet().stream()
                        .limit(MOST_LISTED)
                        .map(entry -> "%s (%s)".formatted(entry.getKey(), entry.getValue()))
                        .collect(Collectors.joining(", "));
        return names + more + (others.isEmpty() ? "" : "; left out: " + others);
    }

    /** Returns the number of rows that the footer says, and its groups confirm. */
    long rows() {
        return rows;
    }

    /** Returns the number of rows, when an array of them fits into memory. */
    int rowsInMemory(String key, int bytesEach) {
        long most = Runtime.getRuntime().maxMemory() / 2;
        if (rows > most / bytesEach || rows > Integer.MAX_VALUE - 8) {
            throw new DataException(
                    key,
                    ("%s says that it has %,d rows; a column of them needs %,d MB of memory, of"
                                    + " which it may use %,d. Use fewer rows, or allow more:"
                                    + " METTLE_JAVA_OPTIONS=-Xmx16g, for example.")
                            .formatted(path, rows, rows / (1 << 20) * bytesEach, most >> 20));
        }
        return (int) rows;
    }

    /** Takes numbers of rows from {@code at} on. */
    interface Numbers {
        void take(double[] values, int count, int at);
    }

    /** Takes a batch of rows from {@code at} on. */
    private interface Batch {
        void take(ColumnReader from, int count, int at);
    }

    /** Reads the numbers of a column, NaN where there is none. */
    void read(ColumnSchema column, ParquetNumbers numbers, Numbers target) {
        double[][] buffer = {new double[0]};
        batches(
                column,
                numbers.width(),
                (from, count, at) -> {
                    if (buffer[0].length < count) {
                        buffer[0] = new double[count];
                    }
                    double[] values = buffer[0];
                    numbers.conversion().convert(from, count, values);
                    Validity validity = from.getLeafValidity();
                    for (int row = validity.nextNull(0, count);
                            validity.hasNulls() && row >= 0 && row < count;
                            row = validity.nextNull(row + 1, count)) {
                        values[row] = Double.NaN;
                    }
                    target.take(values, count, at);
                });
    }

    /** Reads the texts of a column. */
    Texts texts(String key, ColumnSchema column) {
        ParquetTexts texts = new ParquetTexts(rowsInMemory(key, Integer.BYTES));
        batches(column, 0, (from, count, at) -> texts.add(from, count, at));
        return texts.sorted()
                .orElseThrow(() ->
                        new DataException(
                                key,
                                ("%s has more than %d different texts, too many for categories or"
                                                + " classes.")
                                        .formatted(
                                                location(column.name()).array(),
                                                CategorySettings.MOST)));
    }

    private void batches(ColumnSchema column, int width, Batch batch) {
        try {
            checkPages(column, width);
            int at = 0;
            try (ColumnReader from = reader.columnReader(column.columnIndex())) {
                while (from.nextBatch()) {
                    int count = from.getRecordCount();
                    if (count > rows - at) {
                        throw damaged(path, "a column has more values than there are rows");
                    }
                    batch.take(from, count, at);
                    at += count;
                }
            }
            if (at != rows) {
                throw damaged(path, "a column has %d values in %d rows".formatted(at, rows));
            }
        } catch (DataException e) {
            throw e;
        } catch (IOException
                | PageScan.BrokenPagesException
                | RuntimeException
                | StackOverflowError
                | OutOfMemoryError e) {
            throw damaged(path, e);
        }
    }

    private void checkPages(ColumnSchema column, int width)
            throws IOException, PageScan.BrokenPagesException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            long mostTextBytes = Runtime.getRuntime().maxMemory() / 4;
            for (RowGroup group : reader.getFileMetaData().rowGroups()) {
                requireCodec(group.columns().get(column.columnIndex()).metaData().codec());
                new PageScan(channel, width == 0 ? 0 : width + 2, mostTextBytes)
                        .check(group.columns().get(column.columnIndex()), group.numRows());
            }
        }
    }

    private void requireCodec(CompressionCodec codec) {
        if (!CODECS.contains(codec)) {
            throw new DataException(
                    KEY,
                    ("%s is packed by %s, which is not read here; snappy, zstd, gzip and none are."
                                    + " Write it anew: df.to_parquet('new.parquet').")
                            .formatted(path, codec));
        }
    }

    /** Adds the bytes of the file. */
    @Override
    public void addTo(MessageDigest digest) {
        FileChecks.addTo(digest, path);
    }

    /** Closes the file; its columns can't be read any more. */
    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException | RuntimeException _) {
            // A file that was only read has nothing to lose when it is closed.
        }
        context.close();
    }
}
