package dev.mettle.report;

import dev.mettle.core.run.RunRecord;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The report of a run: one HTML file that loads nothing else, with the answer first. It can be
 * written at any time, also of a run that is not finished, found no winner, or is being written by
 * another process.
 */
public final class HtmlReport {
    private HtmlReport() {}

    /**
     * Writes the report, under a temporary name first: whoever opens the file sees an old report or
     * the whole new one.
     *
     * @param run what to report
     * @param file the file to write, in a directory that exists; replaced if it is there
     * @throws IOException when the directory cannot be written to; an older report is then left as
     *     it was
     */
    public static void write(RunRecord run, Path file) throws IOException {
        RunDigest digest = RunDigest.of(run);
        Path target = file.toAbsolutePath();
        Path temporary = target.resolveSibling(target.getFileName() + ".writing");
        try {
            try (Writer out = Files.newBufferedWriter(temporary, StandardCharsets.UTF_8)) {
                Page.write(digest, out);
            }
            move(temporary, target);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(
                    from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
