package dev.mettle.cli;

import dev.mettle.report.WholeFile;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The directory of one run: ledger, log, report, and a copy of the study for people who look into
 * it.
 *
 * @param path the directory
 */
record RunDirectory(Path path) {
    private static final Path DEFAULT_PARENT = Path.of("runs");

    /** Returns the run directory of a study, {@code runs/<study>} unless the user named another. */
    static RunDirectory of(@Nullable Path chosen, String study) {
        return new RunDirectory(chosen != null ? chosen : DEFAULT_PARENT.resolve(study));
    }

    /** Returns the run that a user named on the command line. */
    static RunDirectory existing(Path path) {
        RunDirectory run = new RunDirectory(path);
        if (Files.isRegularFile(path)) {
            throw new UserException(
                    "%s is a file; a run is a directory such as runs/quick.".formatted(path));
        }
        if (!Files.isDirectory(path)) {
            throw new UserException(
                    "there is no run %s. Runs are made by 'mettle run STUDY', in runs/<study>."
                            .formatted(path));
        }
        if (!run.exists()) {
            throw new UserException(
                    "%s holds no run: %s is missing. Runs are made by 'mettle run STUDY'."
                            .formatted(path, run.ledger().getFileName()));
        }
        return run;
    }

    Path ledger() {
        return path.resolve("ledger.sqlite");
    }

    Path report() {
        return path.resolve("report.html");
    }

    Path log() {
        return path.resolve("run.log");
    }

    private Path study() {
        return path.resolve("study.yaml");
    }

    /** Tells whether a run has begun here. */
    boolean exists() {
        return Files.exists(ledger());
    }

    /** Makes the directory and keeps a copy of the study in it. */
    void create(String studyText) {
        if (Files.isRegularFile(path)) {
            throw new UserException(
                    "%s is a file, where the run's directory should be; try --out DIR."
                            .formatted(path));
        }
        try {
            makeDirectories();
            WholeFile.write(study(), out -> out.write(studyText.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw Failures.cannotWrite("the run directory " + path, e, "try --out DIR");
        }
    }

    private void makeDirectories() throws IOException {
        if (Files.isSymbolicLink(path) && Files.notExists(path)) {
            throw new UserException(
                    "%s is a link to %s, which does not exist; make that directory, or try --out DIR."
                            .formatted(path, Files.readSymbolicLink(path)));
        }
        Files.createDirectories(path);
    }

    /**
     * Moves the run aside, to the first free name with a number, and returns that; nothing is lost.
     */
    Path setAside() {
        for (int number = 1; ; number++) {
            Path aside = path.resolveSibling(path.getFileName() + "." + number);
            if (!Files.exists(aside)) {
                try {
                    return Files.move(path, aside);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }
}
