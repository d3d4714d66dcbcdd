package dev.mettle.data;

import dev.mettle.core.study.DataException;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Several files with the same arrays, perhaps of different formats, whose rows follow each other in
 * the order of the files. Its arrays are those that all files have. Not safe for use by several
 * threads.
 */
final class JoinedFile implements DataFile {
    /**
     * Name of an array that no file has: for each row the part of the data set that its file is
     * given for, as a number of {@link GivenParts}.
     */
    static final String PART = "\0part";

    private final Path path;
    private final List<JoinedPart> parts;
    private final SequencedSet<String> names;

    /**
     * A file.
     *
     * @param part of the data set that its rows are: 0 unless the study names files of held-out
     *     rows
     */
    record Member(Path path, int part) {}

    private JoinedFile(Path path, List<JoinedPart> parts) {
        this.path = path;
        this.parts = List.copyOf(parts);
        SequencedSet<String> common = new LinkedHashSet<>(parts.getFirst().names());
        parts.forEach(part -> common.retainAll(part.names()));
        this.names = Collections.unmodifiableSequencedSet(common);
    }

    /**
     * Opens files.
     *
     * @param label what they are called together
     * @param members at least one
     */
    static JoinedFile open(String label, List<Member> members, List<DataFormat> formats) {
        List<JoinedPart> parts = new ArrayList<>();
        boolean keep = members.size() <= JoinedPart.MOST_OPEN;
        try {
            for (Member member : members) {
                parts.add(JoinedPart.open(member, formats, keep));
            }
            JoinedFile joined = new JoinedFile(Path.of(label), parts);
            joined.requireCommon();
            return joined;
        } catch (DataException e) {
            parts.forEach(JoinedPart::close);
            throw e;
        }
    }

    private void requireCommon() {
        if (!names.isEmpty()) {
            return;
        }
        JoinedPart first = parts.getFirst();
        JoinedPart other =
                parts.stream()
                        .filter(part -> Collections.disjoint(part.names(), first.names()))
                        .findFirst()
                        .orElse(parts.getLast());
        throw new DataException(
                FileChecks.KEY,
                "the files have no array in common, so their rows can't be joined: %s has %s, %s has %s."
                        .formatted(first.path(), first.listing(), other.path(), other.listing()));
    }

    @Override
    public String key() {
        return FileChecks.KEY;
    }

    @Override
    public String label() {
        return "%s (%,d files)".formatted(path, parts.size());
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
        parts.forEach(part -> part.expect(arrays));
    }

    /**
     * Finds an array in each file. That of {@link #PART} must not be the first.
     *
     * @throws DataException when one has none, or rows differ in shape
     */
    @Override
    public DataArray array(String key, String name) {
        if (name.equals(PART)) {
            return partNumbers(key);
        }
        List<List<Long>> shapes = new ArrayList<>();
        long used = 0;
        for (JoinedPart part : parts) {
            used += part.find(key, name, shapes, used);
        }
        String first = parts.getFirst().use(file -> file.array(key, name).describe());
        List<Long> rowShape = rowShape(shapes.getFirst());
        for (int i = 0; i < shapes.size(); i++) {
            if (!rowShape(shapes.get(i)).equals(rowShape)) {
                throw new DataException(
                        key,
                        "%s: array '%s' has the shape %s, but in %s %s: rows of files that are joined must be of one shape."
                                .formatted(
                                        parts.get(i).path(),
                                        name,
                                        NpyHeader.shapeText(shapes.get(i)),
                                        parts.getFirst().path(),
                                        NpyHeader.shapeText(shapes.getFirst())));
            }
        }
        return new JoinedArray(key, name, label(), first, shapes.getFirst(), parts);
    }

    /** Returns the sizes of a row; a column (n,1) is one of (n). */
    private static List<Long> rowShape(List<Long> shape) {
        List<Long> row = shape.subList(1, shape.size());
        return row.equals(List.of(1L)) ? List.of() : row;
    }

    private DataArray partNumbers(String key) {
        long rows = parts.stream().mapToLong(JoinedPart::rows).sum();
        return new MemoryArray(
                key,
                label(),
                PART,
                List.of(rows),
                () -> {
                    float[] numbers = new float[Math.toIntExact(rows)];
                    int row = 0;
                    for (JoinedPart part : parts) {
                        for (long i = 0; i < part.rows(); i++) {
                            numbers[row++] = part.number();
                        }
                    }
                    return numbers;
                });
    }

    @Override
    public DataException missing(String key, String name) {
        return parts.getFirst().use(file -> file.missing(key, name));
    }

    @Override
    public Location location(String name) {
        boolean counted = parts.stream().noneMatch(JoinedPart::hasLines);
        return Location.joined(
                "%s: array '%s'".formatted(label(), name),
                row -> within(row, (file, own) -> file.location(name).row(own)),
                counted);
    }

    @Override
    public String rowName(int row) {
        return within(row, DataFile::rowName);
    }

    private interface Naming {
        String of(DataFile file, int row);
    }

    /** Names a row by the file in which it is. */
    private String within(int row, Naming naming) {
        long first = 0;
        for (JoinedPart part : parts) {
            int own = (int) (row - first);
            if (own < part.rows()) {
                return part.use(file -> naming.of(file, own));
            }
            first += part.rows();
        }
        throw new IllegalArgumentException("there is no row " + row);
    }

    /** Tells whether any file is a table of text. */
    boolean hasTable() {
        return parts.stream().anyMatch(JoinedPart::isTable);
    }

    @Override
    public String listing() {
        return names.stream().limit(40).collect(Collectors.joining(", "))
                + (names.size() > 40 ? " and %d more".formatted(names.size() - 40) : "")
                + " in all files";
    }

    /** Adds all files in their order. */
    @Override
    public void addTo(MessageDigest digest) {
        for (JoinedPart part : parts) {
            part.use(file -> {
                file.addTo(digest);
                return file;
            });
            digest.update("end of a file".getBytes(StandardCharsets.UTF_8));
        }
    }

    @Override
    public void close() {
        parts.forEach(JoinedPart::close);
    }
}
