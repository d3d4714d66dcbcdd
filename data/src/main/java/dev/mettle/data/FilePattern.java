package dev.mettle.data;

import dev.mettle.core.study.DataException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * A path with wildcards: {@code *} stands for any characters of one name, {@code ?} for one, {@code
 * [a-c]} and {@code [!a-c]} for one of some, {@code **} for any folders or none. Only files match
 * the last name; names that begin with a dot match only where the pattern writes it. {@code **}
 * follows no symbolic link, so there is no way in a circle.
 */
final class FilePattern {
    private static final String KEY = FileChecks.KEY;
    private static final String WILD = "*?[";
    private static final String FOLDERS = "**";

    /** Beyond these the pattern is taken for a mistake. */
    private static final int MOST_FILES = 100_000;

    private static final int MOST_LOOKED_AT = 2_000_000;
    private static final int NAMES_SHOWN = 20;

    private final String pattern;
    private final List<String> names;
    private final List<Path> found = new ArrayList<>();
    private int lookedAt;

    private FilePattern(String pattern, List<String> names) {
        this.pattern = pattern;
        this.names = names;
    }

    /** Tells whether a path has wildcards. */
    static boolean isPattern(String path) {
        return path.chars().anyMatch(c -> WILD.indexOf(c) >= 0);
    }

    /**
     * Returns the files that match, in the order of their paths by code points.
     *
     * @param pattern with wildcards
     * @param folder from which it is looked up
     * @throws DataException (key {@code file}) when there are none, or more than 100,000
     */
    static List<Path> files(String pattern, Path folder) {
        List<String> names = List.of(pattern.split("/+"));
        int wild = 0;
        while (!isPattern(names.get(wild))) {
            wild++;
        }
        Path start = pattern.startsWith("/") ? folder.resolve("/") : folder;
        for (String name : names.subList(0, wild)) {
            start = start.resolve(name);
        }
        start = start.normalize();
        if (!Files.isDirectory(start)) {
            throw new DataException(
                    KEY,
                    "no file matches '%s': there is no folder %s.%s"
                            .formatted(pattern, shown(start), FileChecks.LOOKED_UP));
        }
        FilePattern search = new FilePattern(pattern, names);
        search.search(start, wild);
        if (search.found.isEmpty()) {
            throw search.nothing(start, names.getLast());
        }
        search.found.sort(Comparator.comparing(FilePattern::bytes, Arrays::compareUnsigned));
        return List.copyOf(search.found);
    }

    /** The order of UTF-8 is that of code points. */
    private static byte[] bytes(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static Path shown(Path folder) {
        return folder.toString().isEmpty() ? Path.of(".") : folder;
    }

    private void search(Path folder, int index) {
        String wanted = names.get(index);
        boolean last = index == names.size() - 1;
        if (!isPattern(wanted)) {
            Path next = folder.resolve(wanted);
            if (last) {
                add(next);
            } else if (Files.isDirectory(next)) {
                search(next, index + 1);
            }
            return;
        }
        boolean anyFolders = wanted.equals(FOLDERS) && !last;
        if (anyFolders) {
            search(folder, index + 1);
        }
        for (Path entry : entries(folder)) {
            String name = entry.getFileName().toString();
            if (name.startsWith(".") && !wanted.startsWith(".")) {
                continue;
            }
            if (anyFolders) {
                if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    search(entry, index);
                }
            } else if (NamePattern.matches(wanted, name)) {
                if (last) {
                    add(entry);
                } else if (Files.isDirectory(entry)) {
                    search(entry, index + 1);
                }
            }
        }
    }

    private void add(Path file) {
        if (!Files.isRegularFile(file)) {
            return;
        }
        found.add(file);
        if (found.size() > MOST_FILES) {
            throw new DataException(
                    KEY,
                    "'%s' matches more than %,d files. Join them, or write a pattern that matches fewer."
                            .formatted(pattern, MOST_FILES));
        }
    }

    private List<Path> entries(Path folder) {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            for (Path entry : stream) {
                entries.add(entry);
                if (++lookedAt > MOST_LOOKED_AT) {
                    throw new DataException(
                            KEY,
                            "'%s' looks into folders of more than %,d files. Begin it with the folder where the data are."
                                    .formatted(pattern, MOST_LOOKED_AT));
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            throw new DataException(
                    KEY, "'%s': %s can't be listed.".formatted(pattern, shown(folder)));
        }
        return entries;
    }

    private DataException nothing(Path start, String wanted) {
        List<String> there =
                entries(start).stream()
                        .map(entry -> entry.getFileName().toString())
                        .filter(name -> !name.startsWith("."))
                        .sorted()
                        .toList();
        List<String> nearest =
                there.stream()
                        .sorted(Comparator.comparingInt(name -> -common(name, wanted)))
                        .limit(NAMES_SHOWN)
                        .sorted()
                        .toList();
        String holds =
                there.isEmpty()
                        ? "which is empty"
                        : "which holds %s%s"
                                .formatted(
                                        String.join(", ", nearest),
                                        there.size() > NAMES_SHOWN
                                                ? " and %,d more"
                                                        .formatted(there.size() - NAMES_SHOWN)
                                                : "");
        return new DataException(
                KEY,
                "no file matches '%s' in %s, %s. Folders and names that begin with a dot are not matched.%s"
                        .formatted(pattern, shown(start), holds, FileChecks.LOOKED_UP));
    }

    /** Returns how many characters begin both a name and a pattern. */
    private static int common(String name, String wanted) {
        int count = 0;
        while (count < Math.min(name.length(), wanted.length())
                && name.charAt(count) == wanted.charAt(count)) {
            count++;
        }
        return count;
    }
}
