package dev.mettle.data;

import dev.mettle.core.study.DataException;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** One of several files that are read as one; it is open only while it is used if they are many. */
final class JoinedPart {
    /** More files at once may be more than the system allows. */
    static final int MOST_OPEN = 200;

    private final JoinedFile.Member member;
    private final List<DataFormat> formats;
    private final boolean keep;
    private final Set<String> names;
    private final boolean lines;
    private final Set<String> expected = new HashSet<>();
    private @Nullable DataFile open;
    private long rows = -1;

    private JoinedPart(
            JoinedFile.Member member, List<DataFormat> formats, DataFile file, boolean keep) {
        this.member = member;
        this.formats = formats;
        this.open = file;
        this.keep = keep || file instanceof CsvFile; // which holds no file open
        this.names = file.names();
        this.lines =
                names.stream()
                        .findFirst()
                        .map(file::location)
                        .filter(Location::isTable)
                        .isPresent();
        if (!this.keep) {
            close();
        }
    }

    /** Opens a file; it is closed at once unless it is to be kept open. */
    static JoinedPart open(JoinedFile.Member member, List<DataFormat> formats, boolean keep) {
        DataFile file = DataFiles.open(member.path(), formats);
        if (file instanceof ImageFolder) {
            file.close();
            throw new DataException(
                    FileChecks.KEY,
                    "%s is a folder of images, whose rows are not joined with others. Put all images into one folder, or write them into .npz files."
                            .formatted(member.path()));
        }
        return new JoinedPart(member, formats, file, keep);
    }

    Path path() {
        return member.path();
    }

    /** Returns the part of the data set that its rows are. */
    int number() {
        return member.part();
    }

    Set<String> names() {
        return names;
    }

    String listing() {
        return use(DataFile::listing);
    }

    /** Tells whether messages name its rows by lines, and NaN in it is a missing value. */
    boolean hasLines() {
        return lines;
    }

    /** Tells whether it is a table of text. */
    boolean isTable() {
        return open instanceof CsvFile;
    }

    void expect(Set<String> arrays) {
        expected.addAll(arrays);
        if (open != null) {
            open.expect(arrays);
        }
    }

    /** Returns the number of rows, once an array was found. */
    long rows() {
        if (rows < 0) {
            throw new IllegalStateException("no array of %s was asked for.".formatted(path()));
        }
        return rows;
    }

    /**
     * Adds the shape of an array; returns how many bytes of memory finding it took.
     *
     * @param used bytes by files before it
     */
    long find(String key, String name, List<List<Long>> shapes, long used) {
        return use(file -> {
            if (file instanceof CsvFile csv) {
                csv.allow(Runtime.getRuntime().maxMemory() / 2 - used);
            }
            DataArray array = file.array(key, name);
            if (array.shape().isEmpty()) {
                throw array.problem("is a single number, where rows are needed.");
            }
            long own = array.shape().getFirst();
            if (rows >= 0 && rows != own) {
                throw array.problem(
                        "has %d rows, but another array of the file has %d.".formatted(own, rows));
            }
            rows = own;
            shapes.add(array.shape());
            return file instanceof CsvFile csv ? csv.bytes() : 0L;
        });
    }

    /** Uses the file, which may be open only for that. */
    <T> T use(Function<DataFile, T> work) {
        if (open != null) {
            return work.apply(open);
        }
        try (DataFile file = DataFiles.open(path(), formats)) {
            file.expect(expected);
            return work.apply(file);
        }
    }

    /** Returns the texts of an array; empty when they are numbers. */
    Optional<Texts> texts(String key, String name) {
        return use(file -> file.array(key, name).manyTexts());
    }

    /** Closes the file if it is open; what it holds in memory is forgotten. */
    void close() {
        if (open != null) {
            open.close();
        }
        if (!keep) {
            open = null;
        }
    }
}
