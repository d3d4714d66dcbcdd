package dev.mettle.linear;

/**
 * The penalised loss of multinomial logistic regression: Σ -ln softmax(w·x + a)[label] + λ/2 Σ w² +
 * {@value #OFFSET_PENALTY}/2 Σ a². Weights are [class][column], the last column the offset a.
 * Strictly convex. Sums run in the order of the rows.
 */
final class Softmax implements Objective {
    /** So small that it only keeps the offset of a class that a sample lacks from running away. */
    static final double OFFSET_PENALTY = 1e-3;

    /** Rows whose sums run side by side: an addition waits four cycles for the one before. */
    private static final int TOGETHER = 4;

    private final double[][] matrix;
    private final int[] labels;
    private final int classes;
    private final int stride;
    private final double penalty;

    /**
     * Keeps the arrays given, without a copy.
     *
     * @param matrix [row][column]
     * @param labels below {@code classes}, one per row
     * @param penalty λ, at least 0
     */
    Softmax(double[][] matrix, int[] labels, int classes, double penalty) {
        this.matrix = matrix;
        this.labels = labels;
        this.classes = classes;
        this.stride = matrix[0].length + 1;
        this.penalty = penalty;
    }

    @Override
    public int size() {
        return classes * stride;
    }

    int rows() {
        return matrix.length;
    }

    @Override
    public double valueAndGradient(double[] weights, double[] gradient) {
        double value = 0;
        for (int w = 0; w < weights.length; w++) {
            double factor = w % stride == stride - 1 ? OFFSET_PENALTY : penalty;
            value += factor / 2 * weights[w] * weights[w];
            gradient[w] = factor * weights[w];
        }
        double[] logits = new double[TOGETHER * classes];
        for (int from = 0; from < matrix.length; from += TOGETHER) {
            int to = Math.min(matrix.length, from + TOGETHER);
            logits(weights, from, to, logits);
            for (int i = from; i < to; i++) {
                int start = (i - from) * classes;
                value += probabilities(logits, start, labels[i]);
                for (int k = 0; k < classes; k++) {
                    double error = logits[start + k] - (k == labels[i] ? 1 : 0);
                    add(error, matrix[i], gradient, k * stride);
                }
            }
        }
        return value;
    }

    /** Returns the sum of -ln of the probability of each label, without penalty. */
    double loss(double[] weights) {
        double[] logits = new double[classes];
        double loss = 0;
        for (int i = 0; i < matrix.length; i++) {
            logits(weights, matrix[i], logits, 0);
            loss += probabilities(logits, 0, labels[i]);
        }
        return loss;
    }

    private static void add(double error, double[] columns, double[] gradient, int start) {
        for (int j = 0; j < columns.length; j++) {
            gradient[start + j] += error * columns[j];
        }
        gradient[start + columns.length] += error;
    }

    /**
     * Turns a row's logits, from {@code start} on, into probabilities and returns -ln of that of
     * the label.
     */
    private double probabilities(double[] logits, int start, int label) {
        int end = start + classes;
        double largest = logits[start];
        for (int k = start; k < end; k++) {
            largest = Math.max(largest, logits[k]);
        }
        double ofLabel = logits[start + label] - largest;
        double sum = 0;
        for (int k = start; k < end; k++) {
            logits[k] = StrictMath.exp(logits[k] - largest);
            sum += logits[k];
        }
        for (int k = start; k < end; k++) {
            logits[k] /= sum;
        }
        return StrictMath.log(sum) - ofLabel;
    }

    /** Writes the logits of some rows one after the other; the bits are those of row by row. */
    private void logits(double[] weights, int from, int to, double[] logits) {
        if (to - from < TOGETHER) {
            for (int i = from; i < to; i++) {
                logits(weights, matrix[i], logits, (i - from) * classes);
            }
            return;
        }
        double[] row0 = matrix[from];
        double[] row1 = matrix[from + 1];
        double[] row2 = matrix[from + 2];
        double[] row3 = matrix[from + 3];
        for (int k = 0; k < classes; k++) {
            double sum0 = weights[(k + 1) * stride - 1];
            double sum1 = sum0;
            double sum2 = sum0;
            double sum3 = sum0;
            for (int j = 0; j < stride - 1; j++) {
                double weight = weights[k * stride + j];
                sum0 += weight * row0[j];
                sum1 += weight * row1[j];
                sum2 += weight * row2[j];
                sum3 += weight * row3[j];
            }
            logits[k] = sum0;
            logits[classes + k] = sum1;
            logits[2 * classes + k] = sum2;
            logits[3 * classes + k] = sum3;
        }
    }

    /** Writes the logits of a row from {@code start} on. */
    void logits(double[] weights, double[] columns, double[] logits, int start) {
        for (int k = 0; k < classes; k++) {
            double sum = weights[(k + 1) * stride - 1];
            for (int j = 0; j < columns.length; j++) {
                sum += weights[k * stride + j] * columns[j];
            }
            logits[start + k] = sum;
        }
    }
}
