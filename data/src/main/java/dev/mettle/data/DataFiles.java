package dev.mettle.data;

import dev.mettle.core.study.CsvSettings;
import dev.mettle.core.study.DataException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Opens data files: which reader takes one is told by its first bytes, or else by its ending. */
public final class DataFiles {
    private static final String KEY = "file";
    private static final int MOST_NAMED = 20;

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
        return List.of(new NpzFormat(), new CsvFormat(csv)); // what has no first bytes comes last
    }

    /**
     * Opens a file.
     *
     * @param formats are asked in their order
     * @throws DataException (key {@code file}) when there is no such file, it can't be read, or no
     *     format reads it
     */
    public static DataFile open(Path path, List<DataFormat> formats) {
        byte[] head = Files.isDirectory(path) ? new byte[0] : head(path, formats);
        return formats.stream()
                .filter(format -> format.reads(head, path))
                .findFirst()
                .or(() -> byEnding(path, formats))
                .orElseThrow(() -> unknown(path, formats))
                .open(path);
    }

    private static Optional<DataFormat> byEnding(Path path, List<DataFormat> formats) {
        return Files.isDirectory(path)
                ? Optional.empty()
                : formats.stream().filter(format -> hasEnding(path, format)).findFirst();
    }

    private static boolean hasEnding(Path path, DataFormat format) {
        String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
        return format.endings().stream().anyMatch(name::endsWith);
    }

    private static DataException unknown(Path path, List<DataFormat> formats) {
        String names = formats.stream().map(DataFormat::name).collect(Collectors.joining(", "));
        return Files.isDirectory(path)
                ? isDirectory(path, formats)
                : new DataException(
                        KEY,
                        ("%s is none of the files that are read here, neither by its first bytes"
                                        + " nor by its ending: %s.")
                                .formatted(path, names));
    }

    private static DataException isDirectory(Path path, List<DataFormat> formats) {
        return new DataException(
                KEY,
                "%s is a directory; 'file' names one file.%s"
                        .formatted(path, filesIn(path, "", formats)));
    }

    /**
     * Returns the first bytes of a file.
     *
     * @throws DataException (key {@code file}) when it is not there, is a directory or can't be
     *     read
     */
    static byte[] head(Path path, List<DataFormat> formats) {
        if (Files.isDirectory(path)) {
            throw isDirectory(path, formats);
        }
        if (!Files.exists(path)) {
            Path folder = path.toAbsolutePath().getParent();
            String others =
                    folder == null
                            ? ""
                            : filesIn(folder, String.valueOf(path.getFileName()), formats);
            throw new DataException(
                    KEY,
                    "%s does not exist. A file is looked up relative to the study file.%s"
                            .formatted(path, others));
        }
        if (!Files.isReadable(path)) {
            throw new DataException(
                    KEY, "%s can't be read: permission denied. Try chmod u+r.".formatted(path));
        }
        try (InputStream in = Files.newInputStream(path)) {
            return in.readNBytes(DataFormat.HEAD_BYTES);
        } catch (IOException e) {
            throw new DataException(KEY, "%s can't be read: %s.".formatted(path, e.getMessage()));
        }
    }

    private static String filesIn(Path folder, String wanted, List<DataFormat> formats) {
        try (Stream<Path> files = Files.list(folder)) {
            List<String> names =
                    files.filter(file ->
                                    formats.stream().anyMatch(format -> hasEnding(file, format)))
                            .map(file -> String.valueOf(file.getFileName()))
                            .sorted()
                            .limit(MOST_NAMED)
                            .toList();
            return names.isEmpty()
                    ? ""
                    : " %s holds %s.%s"
                            .formatted(
                                    folder,
                                    String.join(", ", names),
                                    NearestName.question(wanted, names));
        } catch (IOException | RuntimeException e) {
            return ""; // the list is a courtesy: the missing file is the news
        }
    }
}
