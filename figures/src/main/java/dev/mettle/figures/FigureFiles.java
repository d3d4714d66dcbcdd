package dev.mettle.figures;

import dev.mettle.report.Figure;
import dev.mettle.report.WholeFile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Figures as files: of each an SVG and a PNG under its name, and {@code captions.md} with title and
 * caption of all. Files of other names in the directory stay as they are.
 *
 * <p>The same figures give the same SVG, byte for byte, on every machine. Each file appears under
 * its name when it is whole.
 */
public final class FigureFiles {
    /** Paints an SVG. */
    @FunctionalInterface
    interface Painter {
        byte[] png(SvgDrawing drawing, FigureSize size) throws NoFontsException;
    }

    /** Is told how the work goes on. */
    @FunctionalInterface
    public interface Progress {
        /** A figure is about to be drawn, the {@code number}th of {@code all}, from 1. */
        void drawing(int number, int all, String name);
    }

    /**
     * What was written.
     *
     * @param files in the order of the report; captions last
     * @param withoutPng why there are no PNG files, in Java's words; empty when there are
     */
    public record Written(List<Path> files, Optional<String> withoutPng) {
        /** Copies the list. */
        public Written {
            files = List.copyOf(files);
        }
    }

    private final Path directory;
    private final FigureSize size;
    private final Painter painter;
    private final List<Path> files = new ArrayList<>();
    private Optional<String> withoutPng = Optional.empty();

    FigureFiles(Path directory, FigureSize size, Painter painter) {
        this.directory = directory;
        this.size = size;
        this.painter = painter;
    }

    /**
     * Draws and writes figures. A machine that cannot write text into images gets the SVG files
     * only.
     *
     * @param directory made if it is not there
     * @throws IOException when the directory or a file in it cannot be written; files that were
     *     written before stay
     */
    public static Written write(
            List<Figure> figures, Path directory, FigureSize size, Progress progress)
            throws IOException {
        return new FigureFiles(directory, size, PngImage::of).write(figures, progress);
    }

    Written write(List<Figure> figures, Progress progress) throws IOException {
        Files.createDirectories(directory);
        if (!figures.isEmpty()) {
            try (VegaRenderer renderer = new VegaRenderer()) {
                for (int i = 0; i < figures.size(); i++) {
                    Figure figure = figures.get(i);
                    progress.drawing(i + 1, figures.size(), figure.name());
                    String drawn = renderer.svg(figure.specification(), size.cssPixels());
                    add(figure, SvgDrawing.of(figure, drawn, size));
                }
            }
        }
        add("captions.md", Captions.of(figures).getBytes(StandardCharsets.UTF_8));
        return new Written(files, withoutPng);
    }

    private void add(Figure figure, SvgDrawing drawing) throws IOException {
        add(figure.name() + ".svg", drawing.text().getBytes(StandardCharsets.UTF_8));
        if (withoutPng.isEmpty()) {
            try {
                add(figure.name() + ".png", painter.png(drawing, size));
            } catch (NoFontsException e) {
                withoutPng = Optional.of(String.valueOf(e.getMessage()));
            }
        }
    }

    private void add(String name, byte[] bytes) throws IOException {
        Path file = directory.resolve(name);
        WholeFile.write(file, out -> out.write(bytes));
        files.add(file);
    }
}
