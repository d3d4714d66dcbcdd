package dev.mettle.data;

import dev.mettle.core.study.CategorySettings;
import dev.mettle.core.study.CsvSettings;
import dev.mettle.core.study.DataException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.SequencedSet;
import java.util.Set;

/**
 * A table of text (CSV, TSV; perhaps packed by gzip) whose first line names the columns; each is an
 * array (n). It is read once, when the first column is asked for; a column of texts a second time
 * when its texts are. Columns without a name, such as the row numbers that some programs write,
 * can't be asked for. Not safe for use by several threads.
 */
public final class CsvFile implements DataFile {
    private static final String KEY = "file";
    private static final int MOST_LISTED = 40;

    private final Path path;
    private final CsvText text;
    private final CsvLayout layout;
    private final CsvSettings settings;
    private final MissingTexts missing;
    private final SequencedSet<String> names;
    private final Set<String> wanted = new HashSet<>();
    private @Nullable CsvTable table;
    private long mostBytes = Runtime.getRuntime().maxMemory() / 2;

    private CsvFile(Path path, CsvText text, CsvLayout layout, CsvSettings settings) {
        this.path = path;
        this.text = text;
        this.layout = layout;
        this.settings = settings;
        this.missing = new MissingTexts(settings.missing());
        SequencedSet<String> named = new LinkedHashSet<>(layout.names());
        named.remove("");
        this.names = Collections.unmodifiableSequencedSet(named);
    }

    /**
     * Opens a table and reads its head line.
     *
     * @throws DataException (key {@code file}) when there is no such file, it is no text in the
     *     encoding, or its first line does not name columns
     */
    public static CsvFile open(Path path, CsvSettings settings) {
        FileChecks.requireReadable(path, CsvFormat.ENDINGS);
        CsvText text = CsvText.of(path, settings.encoding());
        CsvLayout layout = CsvLayout.of(path, text.start(CsvLayout.HEAD), settings);
        return new CsvFile(path, text, layout, settings);
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
        return names;
    }

    @Override
    public void expect(Set<String> arrays) {
        wanted.addAll(arrays);
    }

    /**
     * Finds a column; the first one that is asked for reads the table.
     *
     * @throws DataException when there is none, or the table is broken
     */
    @Override
    public DataArray array(String key, String name) {
        int index = layout.index(name).orElseThrow(() -> missing(key, name));
        return new CsvColumn(key, name, this, table().column(index));
    }

    @Override
    public DataException missing(String key, String name) {
        return new DataException(
                key,
                "%s has no column '%s'; it has %s.%s"
                        .formatted(path, name, listing(), NearestName.question(name, names)));
    }

    @Override
    public Location location(String name) {
        return Location.table(
                "%s: column '%s'".formatted(path, name),
                row -> "%s, line %d, column '%s'".formatted(path, table().line(row), name));
    }

    @Override
    public String rowName(int row) {
        return "%s, line %d".formatted(path, table().line(row));
    }

    private CsvTable table() {
        if (table == null) {
            table =
                    CsvTable.read(
                            path,
                            text,
                            layout,
                            missing,
                            c -> wanted.isEmpty() || wanted.contains(layout.names().get(c)),
                            mostBytes);
        }
        return table;
    }

    /** Says how many bytes of memory its numbers may take, before they are read. */
    void allow(long bytes) {
        mostBytes = bytes;
    }

    /** Returns how many bytes of memory its numbers take, once they are read. */
    long bytes() {
        return table().bytes();
    }

    /** Returns the texts of a column that has some, of which no more than that may differ. */
    Texts texts(String key, String name, int most) {
        try {
            Texts texts =
                    CsvTexts.read(
                            path, text, layout, missing, layout.index(name).orElseThrow(), most);
            if (texts.codes().length != table().rows()) {
                throw new DataException(KEY, "%s changes while it is read.".formatted(path));
            }
            return texts;
        } catch (CsvTexts.TooManyTextsException e) {
            throw new DataException(
                    key,
                    "%s has more than %d different texts, too many%s."
                            .formatted(
                                    location(name).array(),
                                    most,
                                    most == CategorySettings.MOST
                                            ? " for categories or classes"
                                            : ""));
        }
    }

    /** Tells whether a text that is no number would be one with a decimal comma. */
    boolean isDecimalComma(String value) {
        return layout.decimal() == '.'
                && layout.delimiter() != ','
                && CsvLayout.isNumber(value, ',');
    }

    @Override
    public String listing() {
        List<String> first = names.stream().limit(MOST_LISTED).toList();
        return names.isEmpty()
                ? "none with a name"
                : String.join(", ", first)
                        + (names.size() > MOST_LISTED
                                ? " and %d more".formatted(names.size() - MOST_LISTED)
                                : "");
    }

    /** Adds the bytes of the file, and how they were read. */
    @Override
    public void addTo(MessageDigest digest) {
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(path)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        } catch (IOException e) {
            throw new DataException(KEY, "%s can't be read: %s.".formatted(path, e.getMessage()));
        }
        String written =
                "csv %c %c %s %s"
                        .formatted(
                                layout.delimiter(),
                                layout.decimal(),
                                text.charset().name(),
                                settings.missing().stream()
                                        .map(one -> one.toLowerCase(Locale.ROOT))
                                        .distinct()
                                        .sorted()
                                        .toList());
        digest.update(written.getBytes(StandardCharsets.UTF_8));
    }

    /** Forgets what was read. */
    @Override
    public void close() {
        table = null;
    }
}
