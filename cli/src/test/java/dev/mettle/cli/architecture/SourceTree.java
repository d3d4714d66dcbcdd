package dev.mettle.cli.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The project's own source files, found from wherever the tests were started. */
final class SourceTree {
    private SourceTree() {}

    /**
     * The directory of the parent pom: the nearest one upwards that holds both the launcher and a
     * module {@code core}.
     */
    static Path root() {
        Path start = Path.of("").toAbsolutePath();
        for (Path directory = start; directory != null; directory = directory.getParent()) {
            if (Files.isRegularFile(directory.resolve("mettle"))
                    && Files.isDirectory(directory.resolve("core/src"))) {
                return directory;
            }
        }
        throw new IllegalStateException("No project root above %s.".formatted(start));
    }

    /**
     * Every {@code .java} file below {@code src} of a module, sorted; what a build generates lies
     * in {@code target}.
     */
    static List<Path> javaFiles() {
        return modules().stream()
                .flatMap(module -> javaFilesBelow(module.resolve("src")).stream())
                .toList();
    }

    /** Directories of the root that hold a {@code pom.xml} and a {@code src}, sorted. */
    static List<Path> modules() {
        try (Stream<Path> entries = Files.list(root())) {
            return entries.filter(entry -> Files.isRegularFile(entry.resolve("pom.xml")))
                    .filter(entry -> Files.isDirectory(entry.resolve("src")))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> javaFilesBelow(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
