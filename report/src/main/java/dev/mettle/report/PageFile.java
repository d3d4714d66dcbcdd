package dev.mettle.report;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Writes a page as a whole file ({@link WholeFile}). */
final class PageFile {
    private PageFile() {}

    /** What is written. */
    interface Content {
        void write(Writer out) throws IOException;
    }

    /**
     * Writes the file.
     *
     * @param file in a directory that exists; replaced if it is there
     * @throws IOException when the directory cannot be written to; an older file is then left as it
     *     was
     */
    static void write(Path file, Content content) throws IOException {
        WholeFile.write(
                file,
                out -> {
                    Writer page =
                            new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
                    content.write(page);
                    page.flush();
                });
    }
}
