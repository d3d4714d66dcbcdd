package dev.mettle.report;

import dev.mettle.core.run.RunRecord;

import java.io.IOException;
import java.nio.file.Path;

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
        PageFile.write(file, out -> Page.write(digest, out));
    }
}
