package dev.mettle.engine;

/**
 * Makes a matrix orthogonal: the Q of its QR decomposition with a positive diagonal of R, which is
 * one and only one matrix, as torch.nn.init.orthogonal_ does (docs/math/initialisation.md). By
 * Householder's reflections, in double, with sums in one fixed order; no number depends on the
 * machine.
 */
final class Orthogonal {
    private Orthogonal() {}

    /**
     * Returns a matrix of the same shape whose rows are orthonormal, or, where there are more rows
     * than columns, whose columns are.
     *
     * @param matrix [row][column], of full rank; it stays as it is
     */
    static double[][] of(double[][] matrix) {
        int rows = matrix.length;
        int columns = matrix[0].length;
        if (rows < columns) { // the columns of the transposed matrix are its rows
            return orthonormal(copy(matrix));
        }
        return transposed(orthonormal(transposed(matrix)));
    }

    /** Returns orthonormal vectors of the same spans as the first, first two, ... vectors. */
    private static double[][] orthonormal(double[][] vectors) {
        int count = vectors.length;
        int length = vectors[0].length;
        double[] diagonal = new double[count];
        for (int k = 0; k < count; k++) {
            diagonal[k] = reflector(vectors[k], k);
            for (int j = k + 1; j < count; j++) {
                reflect(vectors[k], k, vectors[j]);
            }
        }
        double[][] result = new double[count][length];
        for (int j = 0; j < count; j++) {
            result[j][j] = diagonal[j] < 0 ? -1 : 1;
            for (int k = j; k >= 0; k--) {
                reflect(vectors[k], k, result[j]);
            }
        }
        return result;
    }

    /**
     * Replaces v from number k on by the unit vector u for which v - 2 u (u·v) is 0 behind number
     * k; returns what number k then is.
     */
    private static double reflector(double[] v, int k) {
        double norm = Math.sqrt(dot(v, v, k));
        if (norm == 0) { // linearly dependent: any direction will do, and nothing is reflected
            return 0;
        }
        double pivot = v[k] > 0 ? -norm : norm; // the other sign would cancel digits
        v[k] -= pivot;
        double length = Math.sqrt(dot(v, v, k));
        for (int i = k; i < v.length; i++) {
            v[i] /= length;
        }
        return pivot;
    }

    /** Reflects x, from number k on, by the unit vector u. */
    private static void reflect(double[] u, int k, double[] x) {
        double twice = 2 * dot(u, x, k);
        for (int i = k; i < x.length; i++) {
            x[i] -= twice * u[i];
        }
    }

    /** Returns the product from number k on, in four sums, number i to sum (i - k) mod 4. */
    private static double dot(double[] a, double[] b, int k) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = k;
        for (; i <= a.length - 4; i += 4) {
            s0 += a[i] * b[i];
            s1 += a[i + 1] * b[i + 1];
            s2 += a[i + 2] * b[i + 2];
            s3 += a[i + 3] * b[i + 3];
        }
        double rest = 0;
        for (; i < a.length; i++) {
            rest += a[i] * b[i];
        }
        return (s0 + s2) + (s1 + s3) + rest;
    }

    private static double[][] copy(double[][] matrix) {
        double[][] copy = new double[matrix.length][];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = matrix[i].clone();
        }
        return copy;
    }

    private static double[][] transposed(double[][] matrix) {
        double[][] turned = new double[matrix[0].length][matrix.length];
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < turned.length; j++) {
                turned[j][i] = matrix[i][j];
            }
        }
        return turned;
    }
}
