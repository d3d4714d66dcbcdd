package dev.mettle.data;

import dev.mettle.core.study.DataException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.stream.Stream;

/** What readers of all formats ask of a path before they look into the file. */
public final class FileChecks {
    /** The key of the study that names the file. */
    public static final String KEY = "file";

    /** Where a path is looked up. */
    static final String LOOKED_UP = " A file is looked up relative to the study file.";

    private static final int NAMES_SHOWN = 20;

    private FileChecks() {}

    /**
     * Requires a file that can be read.
     *
     * @param endings endings of the files that the reader takes, the usual one first, such as
     *     ".npz"; files with one of them are offered when there is no such file
     * @throws DataException (key {@code file}) when it is a directory, not there, or not readable
     */
    public static void requireReadable(Path path, String... endings) {
        List<String> known = List.of(endings);
        if (Files.isDirectory(path)) {
            throw new DataException(
                    KEY,
                    "%s is a directory; 'file' names one %s file.%s"
                            .formatted(path, known.getFirst(), filesIn(path, "", known)));
        }
        if (!Files.exists(path)) {
            throw absent(path, known);
        }
        requirePermission(path, "u+r");
    }

    /** Returns the exception for a path that leads nowhere, with files nearby. */
    static DataException absent(Path path, List<String> endings) {
        Path folder = path.toAbsolutePath().getParent();
        String others =
                folder == null ? "" : filesIn(folder, String.valueOf(path.getFileName()), endings);
        return new DataException(KEY, "%s does not exist.%s%s".formatted(path, LOOKED_UP, others));
    }

    /** Requires the right to read; {@code mode} is what chmod should add. */
    static void requirePermission(Path path, String mode) {
        if (!Files.isReadable(path)) {
            throw new DataException(
                    KEY,
                    "%s can't be read: permission denied. Try chmod %s.".formatted(path, mode));
        }
    }

    private static String filesIn(Path folder, String wanted, List<String> endings) {
        try (Stream<Path> files = Files.list(folder)) {
            List<String> names =
                    files.map(file -> file.getFileName().toString())
                            .filter(name -> endings.stream().anyMatch(name::endsWith))
                            .sorted()
                            .limit(NAMES_SHOWN)
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

    /** Returns the first bytes of a file; fewer when it is shorter. */
    static byte[] start(Path path, int count) {
        try (InputStream in = Files.newInputStream(path)) {
            return in.readNBytes(count);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    /** Adds the bytes of a file to a checksum. */
    public static void addTo(MessageDigest digest, Path path) {
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(path)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    /** Returns the exception for a file that the system would not read. */
    public static DataException unreadable(Path path, IOException cause) {
        return new DataException(KEY, "%s can't be read: %s.".formatted(path, cause.getMessage()));
    }

    /**
     * Returns the name of the one array of a file: the file's name without the ending, or "array"
     * where nothing is left.
     */
    static String arrayName(Path path, String ending) {
        String name = String.valueOf(path.getFileName());
        String bare =
                name.endsWith(ending) ? name.substring(0, name.length() - ending.length()) : name;
        return bare.isEmpty() ? "array" : bare;
    }
}
