package dev.mettle.calorimeter;

import dev.mettle.core.data.Shape;

/**
 * Sums over a square window around the largest cell of a matrix, clipped at the border. Cells below
 * the threshold read as 0. Sums are doubles in row-major order. Holds the result of the last
 * shower; not safe for several threads.
 */
final class ShowerWindow {
    private final int height;
    private final int width;
    private final int half;
    private final double threshold;
    private double sum;
    private double momentX;
    private double momentY;
    private double peakX;
    private double peakY;

    /**
     * Prepares for matrices of one shape.
     *
     * @param shape one channel, height and width of at least {@code window}
     * @param window odd, at least 1
     * @param threshold at least 0, in the unit of the cells
     * @throws IllegalArgumentException when the shape has several channels or is smaller than the
     *     window
     */
    ShowerWindow(Shape shape, int window, double threshold) {
        if (shape.channels() != 1) {
            throw new IllegalArgumentException(
                    ("features of a shower need one matrix of cells per row, an input (n,h,w); here"
                                    + " a row is %s. Name the array of cells as 'input'.")
                            .formatted(describe(shape)));
        }
        if (shape.height() < window || shape.width() < window) {
            throw new IllegalArgumentException(
                    ("a window of %d x %d cells is larger than the matrix of %d x %d. "
                                    + "Choose a smaller 'window'.")
                            .formatted(window, window, shape.height(), shape.width()));
        }
        this.height = shape.height();
        this.width = shape.width();
        this.half = window / 2;
        this.threshold = threshold;
    }

    private static String describe(Shape shape) {
        return shape.isFlat()
                ? "%d columns of a table".formatted(shape.channels())
                : "%d matrices of %d x %d"
                        .formatted(shape.channels(), shape.height(), shape.width());
    }

    /**
     * Looks at the matrix that begins at {@code start}: [height, width], first index x, second y.
     */
    void look(float[] cells, int start) {
        int peak = peak(cells, start);
        int x = peak / width;
        int y = peak % width;
        double centreX = (height - 1) / 2.0;
        double centreY = (width - 1) / 2.0;
        peakX = x - centreX;
        peakY = y - centreY;
        sum = 0;
        momentX = 0;
        momentY = 0;
        for (int i = Math.max(0, x - half); i <= Math.min(height - 1, x + half); i++) {
            for (int j = Math.max(0, y - half); j <= Math.min(width - 1, y + half); j++) {
                double cell = cells[start + i * width + j];
                if (cell >= threshold) {
                    sum += cell;
                    momentX += cell * (i - centreX);
                    momentY += cell * (j - centreY);
                }
            }
        }
    }

    /** Returns the position of the largest cell, the first one in row-major order among equals. */
    private int peak(float[] cells, int start) {
        int peak = 0;
        for (int i = 1; i < height * width; i++) {
            if (cells[start + i] > cells[start + peak]) {
                peak = i;
            }
        }
        return peak;
    }

    /** Returns the sum of the cells, in their unit. */
    double energySum() {
        return sum;
    }

    /**
     * Returns the barycentre along the first index, in cells from the middle of the matrix; 0 for
     * an empty window.
     */
    double barycenterX() {
        return sum > 0 ? momentX / sum : 0;
    }

    /**
     * Returns the barycentre along the second index, in cells from the middle of the matrix; 0 for
     * an empty window.
     */
    double barycenterY() {
        return sum > 0 ? momentY / sum : 0;
    }

    /** Returns the middle of the largest cell along the first index, in cells from the middle. */
    double peakX() {
        return peakX;
    }

    /** Returns the middle of the largest cell along the second index, in cells from the middle. */
    double peakY() {
        return peakY;
    }
}
