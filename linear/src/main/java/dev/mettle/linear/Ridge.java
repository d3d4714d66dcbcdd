package dev.mettle.linear;

import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.RealMatrix;

/**
 * Ridge regression of a centred goal on standardised columns (docs/math/baselines.md): minimises Σ
 * (x·c - y)² + penalty·Σ c². The penalty is that of least generalised cross-validation, n·RSS/(n -
 * df)² (Golub, Heath and Wahba 1979), out of {@value #STEPS} between 1e-8 and 10 of the largest
 * eigenvalue, a quarter of a decade apart; the larger one of two that are equal.
 *
 * <p>Works on the smaller of the two matrices, columns by columns or rows by rows, by its
 * eigenvalues. Collinear columns share their weight. All sums have one order; the bits are the same
 * everywhere. Immutable.
 */
final class Ridge {
    /** Penalties tried. */
    static final int STEPS = 37;

    private static final double STEPS_PER_DECADE = 4;
    private static final double LARGEST = 10;

    /** Residuals below this part of the goal are rounding. */
    private static final double NEGLIGIBLE = 1e-14;

    private final double[] coefficients;
    private final double penalty;
    private final double freedom;

    private Ridge(double[] coefficients, double penalty, double freedom) {
        this.coefficients = coefficients;
        this.penalty = penalty;
        this.freedom = freedom;
    }

    /**
     * Fits.
     *
     * @param matrix [row][column], at least one row; columns of mean 0
     * @param goal one number per row, of mean 0
     */
    static Ridge fit(double[][] matrix, double[] goal) {
        boolean tall = matrix[0].length <= matrix.length;
        double[] right = tall ? transposedTimes(matrix, goal) : goal;
        var eigen =
                new EigenDecompositionSymmetric(
                        new Array2DRowRealMatrix(tall ? gram(matrix) : outer(matrix), false));
        double[] values = eigen.getEigenvalues();
        RealMatrix vectors = eigen.getV();
        double[] rotated = transposedTimes(vectors.getData(), right);
        Spectrum spectrum = new Spectrum(values, rotated, product(goal, goal), goal.length, tall);
        double penalty = spectrum.choose();
        for (int e = 0; e < rotated.length; e++) {
            double divisor = Math.max(values[e], 0) + penalty;
            rotated[e] = divisor > 0 ? rotated[e] / divisor : 0;
        }
        double[] solution = vectors.operate(rotated);
        return new Ridge(
                tall ? solution : transposedTimes(matrix, solution),
                penalty,
                spectrum.freedom(penalty));
    }

    /** Returns the penalty chosen; 0 when every column is constant. */
    double penalty() {
        return penalty;
    }

    /** Returns the effective number of parameters: 1 for the mean, and the hat matrix's trace. */
    double freedom() {
        return freedom;
    }

    /** Returns x·c for standardised columns x. */
    double predict(double[] columns) {
        return product(coefficients, columns);
    }

    /**
     * Eigenvalues of the matrix, with the goal turned into its eigenvectors: Vᵀ Xᵀ y of columns by
     * columns, Uᵀ y of rows by rows.
     */
    private static final class Spectrum {
        private final double[] values;
        private final double[] right;
        private final double goalSquares;
        private final int rows;
        private final boolean tall;

        Spectrum(double[] values, double[] right, double goalSquares, int rows, boolean tall) {
            this.values = values;
            this.right = right.clone();
            this.goalSquares = goalSquares;
            this.rows = rows;
            this.tall = tall;
        }

        double choose() {
            double largest = LARGEST * Math.max(values[0], 0);
            double best = largest;
            double least = Double.POSITIVE_INFINITY;
            for (int step = 0; step < STEPS; step++) {
                double penalty = largest * StrictMath.pow(10, -step / STEPS_PER_DECADE);
                double left = rows - freedom(penalty);
                double gcv = left > 0 ? rows * residual(penalty) / (left * left) : least;
                if (gcv < least) {
                    least = gcv;
                    best = penalty;
                }
            }
            return best;
        }

        double freedom(double penalty) {
            double freedom = 1;
            for (double value : values) {
                freedom += value > 0 ? value / (value + penalty) : 0;
            }
            return freedom;
        }

        private double residual(double penalty) {
            double sum = tall ? goalSquares : 0;
            for (int e = 0; e < values.length; e++) {
                double value = Math.max(values[e], 0);
                double scaled = right[e] / (value + penalty);
                sum +=
                        tall
                                ? -scaled * scaled * (value + 2 * penalty)
                                : scaled * scaled * penalty * penalty;
            }
            return Math.max(sum, NEGLIGIBLE * goalSquares);
        }
    }

    /** Returns XᵀX. */
    private static double[][] gram(double[][] matrix) {
        int columns = matrix[0].length;
        double[][] gram = new double[columns][columns];
        for (double[] row : matrix) {
            for (int j = 0; j < columns; j++) {
                addTimes(row[j], row, gram[j]);
            }
        }
        return gram;
    }

    /** Returns XXᵀ. */
    private static double[][] outer(double[][] matrix) {
        double[][] outer = new double[matrix.length][matrix.length];
        for (int i = 0; i < matrix.length; i++) {
            for (int k = 0; k <= i; k++) {
                outer[i][k] = product(matrix[i], matrix[k]);
                outer[k][i] = outer[i][k];
            }
        }
        return outer;
    }

    private static double[] transposedTimes(double[][] matrix, double[] vector) {
        double[] result = new double[matrix[0].length];
        for (int i = 0; i < matrix.length; i++) {
            addTimes(vector[i], matrix[i], result);
        }
        return result;
    }

    private static void addTimes(double factor, double[] from, double[] to) {
        for (int j = 0; j < to.length; j++) {
            to[j] += factor * from[j];
        }
    }

    private static double product(double[] a, double[] b) {
        double sum = 0;
        for (int j = 0; j < a.length; j++) {
            sum += a[j] * b[j];
        }
        return sum;
    }
}
