package dev.mettle.calorimeter;

import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.RealVector;

/**
 * Linear least squares of a few columns, by normal equations of columns scaled to length 1 and the
 * eigenvalues of their matrix (docs/math/baselines.md). Eigenvalues below {@value #CUTOFF} of the
 * largest count as 0, so collinear columns share their weight and any number of rows has a
 * solution. Sums run in the order of the rows; the bits are the same everywhere.
 */
final class LeastSquares {
    private static final double CUTOFF = 1e-12;

    private LeastSquares() {}

    /**
     * Returns the coefficients that minimise Σ (Σ_j c_j·columns[j] - goal)², of smallest length (in
     * units of the scaled columns) where several do.
     *
     * @param columns [column][row]; the first {@code count} are looked at
     * @param goal one number per row
     */
    static double[] solve(double[][] columns, int count, double[] goal) {
        double[] lengths = new double[count];
        for (int j = 0; j < count; j++) {
            double length = Math.sqrt(product(columns[j], columns[j]));
            lengths[j] = length > 0 ? length : 1;
        }
        double[][] matrix = new double[count][count];
        double[] right = new double[count];
        for (int j = 0; j < count; j++) {
            right[j] = product(columns[j], goal) / lengths[j];
            for (int k = 0; k <= j; k++) {
                matrix[j][k] = product(columns[j], columns[k]) / (lengths[j] * lengths[k]);
                matrix[k][j] = matrix[j][k];
            }
        }
        double[] solution = pseudoInverseTimes(matrix, right);
        for (int j = 0; j < count; j++) {
            solution[j] /= lengths[j];
        }
        return solution;
    }

    private static double[] pseudoInverseTimes(double[][] matrix, double[] right) {
        EigenDecompositionSymmetric eigen =
                new EigenDecompositionSymmetric(new Array2DRowRealMatrix(matrix, false));
        double[] values = eigen.getEigenvalues();
        double[] solution = new double[right.length];
        for (int e = 0; e < values.length; e++) {
            if (values[e] > CUTOFF * values[0]) {
                RealVector vector = eigen.getEigenvector(e);
                double weight = product(vector.toArray(), right) / values[e];
                for (int j = 0; j < solution.length; j++) {
                    solution[j] += weight * vector.getEntry(j);
                }
            }
        }
        return solution;
    }

    private static double product(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
