package dev.mettle.figures;

import dev.mettle.report.Figure;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An SVG document for print: what Vega drew, with its size in centimetres, title and description.
 *
 * @param text the document
 * @param heightPixels its height in CSS pixels, 1 or more
 */
record SvgDrawing(String text, double heightPixels) {
    /** The font of all text: none is embedded, and each machine has one of these. */
    static final String FONTS = "Helvetica, Arial, sans-serif";

    private static final Pattern ROOT =
            Pattern.compile("(<svg [^>]*?) width=\"([0-9.]+)\" height=\"([0-9.]+)\"([^>]*>)");

    /**
     * Completes a drawing.
     *
     * @param drawn what {@link VegaRenderer#svg} returned
     */
    static SvgDrawing of(Figure figure, String drawn, FigureSize size) {
        Matcher root = ROOT.matcher(drawn);
        if (!root.lookingAt()) {
            throw new IllegalStateException("Vega's SVG begins with an unknown element.");
        }
        double width = Double.parseDouble(root.group(2));
        double height = Double.parseDouble(root.group(3));
        String begin =
                "%s width=\"%scm\" height=\"%scm\"%s<title>%s</title><desc>%s</desc>"
                        .formatted(
                                root.group(1),
                                decimal(size.widthCm()),
                                decimal(height / width * size.widthCm()),
                                root.group(4),
                                escape(figure.title()),
                                escape(figure.caption()));
        return new SvgDrawing(begin + drawn.substring(root.end()) + "\n", height);
    }

    /** Returns the document with all text in another font. */
    String inFont(String family) {
        return text.replace("font-family=\"" + FONTS + "\"", "font-family=\"" + family + "\"");
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
