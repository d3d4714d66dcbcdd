package dev.mettle.calorimeter;

import dev.mettle.core.data.Shape;

import java.util.Arrays;

/**
 * Noise of a cell, estimated from the cells at the border of the matrix, where showers leave the
 * least: 1.4826 times the median absolute deviation from the median, over the border cells of all
 * rows (docs/math/features.md). For normal noise that is its standard deviation; a few cells with
 * energy hardly move it.
 */
final class CellNoise {
    /**
     * 1/Φ⁻¹(3/4): makes the median absolute deviation of normal numbers their standard deviation.
     */
    private static final double NORMAL_CONSISTENCY = 1.4826;

    private CellNoise() {}

    /**
     * Returns sigma in the unit of the cells; 0 when more than half of the border cells are equal.
     */
    static double sigma(float[] cells, Shape shape) {
        float[] border = border(cells, shape);
        float median = (float) Median.of(border);
        for (int i = 0; i < border.length; i++) {
            border[i] = Math.abs(border[i] - median);
        }
        return NORMAL_CONSISTENCY * Median.of(border);
    }

    private static float[] border(float[] cells, Shape shape) {
        int size = shape.size();
        int[] positions = borderPositions(shape);
        float[] border = new float[Math.multiplyExact(cells.length / size, positions.length)];
        int used = 0;
        for (int start = 0; start < cells.length; start += size) {
            for (int position : positions) {
                border[used++] = cells[start + position];
            }
        }
        return border;
    }

    private static int[] borderPositions(Shape shape) {
        int[] positions = new int[shape.size()];
        int used = 0;
        for (int i = 0; i < shape.height(); i++) {
            for (int j = 0; j < shape.width(); j++) {
                if (i == 0 || j == 0 || i == shape.height() - 1 || j == shape.width() - 1) {
                    positions[used++] = i * shape.width() + j;
                }
            }
        }
        return Arrays.copyOf(positions, used);
    }
}
