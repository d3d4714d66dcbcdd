package dev.mettle.figures;

/**
 * How wide figures are in print. Text stays at 9 points whatever the width, so a figure is not to
 * be scaled afterwards.
 *
 * @param widthCm {@value #NARROWEST_CM} to {@value #WIDEST_CM} centimetres; the usual columns of
 *     journals are 8.5 and 17
 */
public record FigureSize(double widthCm) {
    /** Narrower figures have no room for their labels. */
    public static final double NARROWEST_CM = 8;

    /** The long side of a sheet of A4. */
    public static final double WIDEST_CM = 29.7;

    /** Two columns of most journals, or the text of a sheet of A4. */
    public static final FigureSize TWO_COLUMNS = new FigureSize(17);

    private static final double CM_PER_INCH = 2.54;
    private static final double CSS_PIXELS_PER_INCH = 96;
    static final int DOTS_PER_INCH = 300;

    /** Checks the width. */
    public FigureSize {
        if (!(widthCm >= NARROWEST_CM && widthCm <= WIDEST_CM)) {
            throw new IllegalArgumentException(
                    "widthCm (%s) must be inside [%s, %s]."
                            .formatted(widthCm, NARROWEST_CM, WIDEST_CM));
        }
    }

    /** Returns the width in the unit in which figures are drawn. */
    int cssPixels() {
        return Math.toIntExact(Math.round(widthCm / CM_PER_INCH * CSS_PIXELS_PER_INCH));
    }

    /** Returns the width of a PNG in dots. */
    int dots() {
        return Math.toIntExact(Math.round(widthCm / CM_PER_INCH * DOTS_PER_INCH));
    }
}
