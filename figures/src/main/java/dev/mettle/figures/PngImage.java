package dev.mettle.figures;

import com.github.weisj.jsvg.SVGDocument;
import com.github.weisj.jsvg.parser.LoaderContext;
import com.github.weisj.jsvg.parser.SVGLoader;
import com.github.weisj.jsvg.view.ViewBox;

import java.awt.Color;
import java.awt.Component;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.FontRenderContext;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;

import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;

/**
 * An SVG drawing painted on white, {@value FigureSize#DOTS_PER_INCH} dots an inch. It needs fonts
 * of the machine, which decide its bytes.
 */
final class PngImage {
    private static final double INCHES_PER_METRE = 1 / 0.0254;
    private static final String METADATA = "javax_imageio_png_1.0";

    private static final Map<RenderingHints.Key, Object> HINTS =
            Map.of(
                    RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON,
                    RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON,
                    RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON,
                    RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);

    private PngImage() {}

    /**
     * Paints a drawing.
     *
     * @return the file's bytes
     * @throws NoFontsException when the machine lacks what Java needs to write text
     */
    static byte[] of(SvgDrawing drawing, FigureSize size) throws NoFontsException {
        measureText();
        try {
            return bytes(painted(drawing, size));
        } catch (IOException e) {
            throw new UncheckedIOException("an image in memory could not be written", e);
        }
    }

    /** Java says it in many ways: no fontconfig, no fonts, no libfreetype, no java.desktop. */
    private static void measureText() throws NoFontsException {
        try {
            Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
            font.createGlyphVector(new FontRenderContext(null, true, true), "1").getVisualBounds();
        } catch (RuntimeException | LinkageError | InternalError e) {
            throw new NoFontsException(e);
        }
    }

    private static BufferedImage painted(SvgDrawing drawing, FigureSize size) throws IOException {
        double scale = (double) size.dots() / size.cssPixels();
        int height = Math.max(1, Math.toIntExact(Math.round(drawing.heightPixels() * scale)));
        BufferedImage image = new BufferedImage(size.dots(), height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.setRenderingHints(HINTS);
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
            document(drawing)
                    .render(
                            (Component) null,
                            graphics,
                            new ViewBox(image.getWidth(), image.getHeight()));
        } finally {
            graphics.dispose();
        }
        return image;
    }

    private static SVGDocument document(SvgDrawing drawing) throws IOException {
        // Java's own name stands for a family that has every sign; a named one may lack some.
        String text = drawing.inFont(Font.SANS_SERIF);
        try (var stream = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))) {
            return Objects.requireNonNull(
                    new SVGLoader()
                            .load(
                                    stream,
                                    URI.create("mettle:figure"),
                                    LoaderContext.createDefault()),
                    "the SVG could not be read");
        }
    }

    private static byte[] bytes(BufferedImage image) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream stream = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(stream);
            IIOMetadata metadata =
                    writer.getDefaultImageMetadata(
                            ImageTypeSpecifier.createFromRenderedImage(image), null);
            metadata.mergeTree(METADATA, resolution());
            writer.write(new IIOImage(image, null, metadata));
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** Without it, programs take an image for one of 72 or 96 dots an inch. */
    private static IIOMetadataNode resolution() {
        String perMetre = Long.toString(Math.round(FigureSize.DOTS_PER_INCH * INCHES_PER_METRE));
        IIOMetadataNode physical = new IIOMetadataNode("pHYs");
        physical.setAttribute("pixelsPerUnitXAxis", perMetre);
        physical.setAttribute("pixelsPerUnitYAxis", perMetre);
        physical.setAttribute("unitSpecifier", "meter");
        IIOMetadataNode root = new IIOMetadataNode(METADATA);
        root.appendChild(physical);
        return root;
    }
}
