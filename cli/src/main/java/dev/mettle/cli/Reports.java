package dev.mettle.cli;

import dev.mettle.core.run.RunRecord;
import dev.mettle.report.HtmlReport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes reports. */
final class Reports {
    private Reports() {}

    /** A page that can be written. */
    interface Page {
        void write() throws IOException;
    }

    /**
     * Writes the report of a run; an old one of that name is replaced when the new one is whole.
     */
    static void write(RunRecord run, Path file) {
        try {
            HtmlReport.write(run, file);
        } catch (IOException e) {
            throw Failures.cannotWrite(
                    "the report " + file, e, "try 'mettle report RUN --out FILE'");
        }
    }

    /** Makes sure that a file can be what an option names, before any work is done. */
    static void require(String option, Path file) {
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            throw new UserException(
                    "%s %s: there is no directory %s.".formatted(option, file, directory));
        }
        if (Files.isDirectory(file)) {
            throw new UserException(
                    "%s %s: is a directory; name a file such as %s."
                            .formatted(option, file, file.resolve(option.substring(2) + ".html")));
        }
    }

    /** Writes a page to a file that the user named by {@code --report}. */
    static void write(Path file, Page page) {
        try {
            page.write();
        } catch (IOException e) {
            throw Failures.cannotWrite("the report " + file, e, "try --report with another file");
        }
    }
}
