package dev.mettle.calorimeter;

import dev.mettle.core.data.Dataset;
import dev.mettle.core.data.Shape;

/**
 * What the classical reconstruction knows of the shower in each row of a data set: energy sum,
 * largest cell, and place of the barycentre in that cell. The threshold is three sigma of the
 * noise, whatever the study's features are. Computed once; safe for several threads.
 */
final class ShowerSums {
    private final double[] sums;
    private final double[] cellX;
    private final double[] cellY;
    private final double[] placeX;
    private final double[] placeY;

    /**
     * Looks at every row.
     *
     * @param data inputs are matrices of at least {@code window} x {@code window} cells
     * @param window odd, around the largest cell
     * @throws IllegalArgumentException when the inputs are no such matrices
     */
    ShowerSums(Dataset data, int window) {
        Shape shape = data.inputShape();
        ShowerWindow shower =
                new ShowerWindow(
                        shape, window, CalorimeterFeatures.defaultThreshold(data.inputs(), shape));
        int rows = data.rows();
        this.sums = new double[rows];
        this.cellX = new double[rows];
        this.cellY = new double[rows];
        this.placeX = new double[rows];
        this.placeY = new double[rows];
        for (int row = 0; row < rows; row++) {
            shower.look(data.inputs(), row * shape.size());
            sums[row] = shower.energySum();
            cellX[row] = shower.peakX();
            cellY[row] = shower.peakY();
            boolean seen = sums[row] > 0;
            placeX[row] = seen ? shower.barycenterX() - cellX[row] : 0;
            placeY[row] = seen ? shower.barycenterY() - cellY[row] : 0;
        }
    }

    /** Returns the sum of the cells in the window, in their unit. */
    double sum(int row) {
        return sums[row];
    }

    /** Returns the middle of the largest cell, in cells from the middle of the matrix. */
    double cell(int row, Axis axis) {
        return axis == Axis.X ? cellX[row] : cellY[row];
    }

    /** Returns the barycentre from the middle of the largest cell, in cells; 0 without energy. */
    double place(int row, Axis axis) {
        return axis == Axis.X ? placeX[row] : placeY[row];
    }
}
