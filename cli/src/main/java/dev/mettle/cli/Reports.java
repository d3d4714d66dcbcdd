package dev.mettle.cli;

import dev.mettle.core.run.RunRecord;
import dev.mettle.report.HtmlReport;

import java.io.IOException;
import java.nio.file.Path;

/** Writes reports. */
final class Reports {
    private Reports() {}

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
}
