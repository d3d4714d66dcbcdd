package dev.mettle.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;

import dev.mettle.figures.FigureFiles;
import dev.mettle.figures.FigureSize;
import dev.mettle.report.Figure;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where figures go, and how wide they are.
 *
 * @param directory a directory that can be written
 * @param size their width in print
 */
record FigureOutput(Path directory, FigureSize size) {
    private static final String HEADLESS = "java.awt.headless";

    /**
     * Checks what the user gave and makes the directory.
     *
     * @param widthCm null for the usual width
     */
    static FigureOutput of(Path directory, @Nullable Double widthCm) {
        FigureSize size = widthCm == null ? FigureSize.TWO_COLUMNS : size(widthCm);
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw new UserException(
                    "--figures %s: is a file; name a directory, which is made if it is missing."
                            .formatted(directory));
        }
        try {
            if (!Files.isDirectory(directory)) { // a link to one is fine
                Files.createDirectories(directory);
            }
        } catch (IOException e) {
            throw cannotWrite(directory, e);
        }
        if (!Files.isWritable(directory)) {
            throw new UserException(
                    "--figures %s: you may not write to this directory; name another."
                            .formatted(directory));
        }
        return new FigureOutput(directory, size);
    }

    private static FigureSize size(double widthCm) {
        if (!(widthCm >= FigureSize.NARROWEST_CM && widthCm <= FigureSize.WIDEST_CM)) {
            throw new UserException(
                    "--figure-width %s: is outside %s to %s cm; 8.5 and 17 are the columns of most journals."
                            .formatted(
                                    text(widthCm),
                                    text(FigureSize.NARROWEST_CM),
                                    text(FigureSize.WIDEST_CM)));
        }
        return new FigureSize(widthCm);
    }

    private static String text(double cm) {
        return Double.toString(cm).replaceAll("\\.0$", "");
    }

    /** Draws and writes figures, and shows how it goes on. */
    FigureFiles.Written write(List<Figure> figures, Console console) {
        System.setProperty(HEADLESS, "true"); // images only: no display is looked for
        if (!console.isTerminal()) {
            console.message("drawing %d figures in %s".formatted(figures.size(), directory));
        }
        try {
            FigureFiles.Written written =
                    FigureFiles.write(
                            figures,
                            directory,
                            size,
                            (number, all, name) -> {
                                if (console.isTerminal()) {
                                    console.overwrite(
                                            "drawing figure %d of %d: %s"
                                                    .formatted(number, all, name));
                                }
                            });
            written.withoutPng().ifPresent(reason -> warn(reason, console));
            return written;
        } catch (IOException e) {
            throw cannotWrite(directory, e);
        } finally {
            if (console.isTerminal()) {
                console.overwrite("");
            }
        }
    }

    private static void warn(String reason, Console console) {
        console.warning(
                "mettle: no PNG was written: Java can't write text into images on this machine (%s). The SVG files are complete. Install fonts, such as Debian's fontconfig and fonts-dejavu-core, and give the same command again."
                        .formatted(reason));
    }

    private static RuntimeException cannotWrite(Path directory, IOException cause) {
        return Failures.cannotWrite(
                "figures to " + directory, cause, "try another directory for --figures");
    }

    /** Lists the files that were written. */
    static void describe(FigureFiles.Written written, ArrayNode list) {
        written.files().forEach(file -> list.add(file.toString()));
    }

    /** Says what was written, for people. */
    static String sentence(FigureFiles.Written written) {
        Path captions = written.files().getLast();
        long drawings =
                written.files().stream().filter(file -> file.toString().endsWith(".svg")).count();
        return "%s: %d %s as SVG%s, with %s"
                .formatted(
                        captions.toAbsolutePath().getParent(),
                        drawings,
                        drawings == 1 ? "figure" : "figures",
                        written.withoutPng().isPresent() ? "" : " and PNG",
                        captions.getFileName());
    }
}
