package dev.mettle.data;

import dev.mettle.core.study.CsvSettings;
import dev.mettle.core.study.DataException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Opens data files: which reader takes one is told by its first bytes, or else by its ending. */
public final class DataFiles {
    private DataFiles() {}

    /** Returns the formats that this module reads. */
    public static List<DataFormat> formats() {
        return formats(Optional.empty());
    }

    /**
     * Returns the formats that this module reads.
     *
     * @param csv how tables of text are written, if the study says it; then all other text is one
     */
    public static List<DataFormat> formats(Optional<CsvSettings> csv) {
        return List.of( // what has no first bytes comes last
                BinaryFormat.NPZ,
                BinaryFormat.SINGLE,
                BinaryFormat.HIERARCHY,
                BinaryFormat.TREES,
                BinaryFormat.IDX,
                BinaryFormat.IMAGES,
                new CsvFormat(csv));
    }

    /**
     * Opens a file.
     *
     * @param formats are asked in their order
     * @throws DataException (key {@code file}) when there is no such file, it can't be read, or no
     *     format reads it
     */
    public static DataFile open(Path path, List<DataFormat> formats) {
        byte[] head = head(path, formats);
        return formats.stream()
                .filter(format -> format.reads(head, path))
                .findFirst()
                .or(() -> byEnding(path, formats))
                .orElseThrow(() -> unknown(path, formats))
                .open(path);
    }

    /**
     * Opens a file, or all that match a pattern (docs/guide/data.md) as one whose rows follow each
     * other.
     *
     * @param path as a user writes it
     * @param folder from which it is looked up
     * @param formats are asked in their order
     * @throws DataException (key {@code file}) as {@link #open(Path, List)}; or when no file
     *     matches, or the files have no array in common
     */
    public static DataFile find(String path, Path folder, List<DataFormat> formats) {
        return StudyFiles.open(path, folder, formats);
    }

    private static Optional<DataFormat> byEnding(Path path, List<DataFormat> formats) {
        return Files.isDirectory(path)
                ? Optional.empty()
                : formats.stream().filter(format -> hasEnding(path, format)).findFirst();
    }

    private static byte[] head(Path path, List<DataFormat> formats) {
        if (Files.isDirectory(path)) {
            return new byte[0];
        }
        FileChecks.requireReadable(
                path,
                formats.stream()
                        .flatMap(format -> format.endings().stream())
                        .toArray(String[]::new));
        return FileChecks.start(path, DataFormat.HEAD_BYTES);
    }

    private static boolean hasEnding(Path path, DataFormat format) {
        String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
        return format.endings().stream().anyMatch(name::endsWith);
    }

    private static DataException unknown(Path path, List<DataFormat> formats) {
        String names = formats.stream().map(DataFormat::name).collect(Collectors.joining(", "));
        return new DataException(
                FileChecks.KEY,
                ("%s is none of the files that are read here, neither by its first bytes nor by"
                                + " its ending: %s.")
                        .formatted(path, names));
    }
}
