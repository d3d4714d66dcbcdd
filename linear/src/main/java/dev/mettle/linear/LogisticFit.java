package dev.mettle.linear;

import java.util.stream.IntStream;

/**
 * Multinomial logistic regression of one sample. The penalty is that of {@link #PENALTIES} with the
 * least loss on every fifth row, fitted on the others; then all rows are fitted with it.
 *
 * @param softmax the problem solved, of all rows
 * @param weights [class][column], the offset last
 * @param penalty λ of {@link Softmax}
 */
record LogisticFit(Softmax softmax, double[] weights, double penalty) {
    /**
     * The last is scikit-learn's default, C = 1 on standardised columns. Strong ones come first:
     * each fit starts from the one before, and the stronger wins where two are equal.
     */
    private static final double[] PENALTIES = {1000, 100, 10, 1};

    private static final int FOLD = 5;

    /** Largest derivative of the mean loss of a row, in nats, at which a fit is done. */
    private static final double TOLERANCE = 1e-6;

    /** The same while penalties are compared: they differ by far more than what is left to fall. */
    private static final double ROUGH = 1e-4;

    /** Some dozens to a few hundred are usual. */
    private static final int MOST_STEPS = 2000;

    /**
     * Fits {@code matrix} [row][column], standardised, to {@code labels} below {@code classes}.
     * Fewer than five rows have the strongest penalty.
     */
    static LogisticFit of(double[][] matrix, int[] labels, int classes) {
        double penalty = penalty(matrix, labels, classes);
        Softmax softmax = new Softmax(matrix, labels, classes, penalty);
        return new LogisticFit(
                softmax, fit(softmax, new double[softmax.size()], TOLERANCE), penalty);
    }

    private static double penalty(double[][] matrix, int[] labels, int classes) {
        int[] held = IntStream.range(0, labels.length).filter(LogisticFit::isHeld).toArray();
        int[] others = IntStream.range(0, labels.length).filter(row -> !isHeld(row)).toArray();
        if (held.length == 0) {
            return PENALTIES[0];
        }
        double[][] otherRows = rows(matrix, others);
        int[] otherLabels = labels(labels, others);
        Softmax judge = new Softmax(rows(matrix, held), labels(labels, held), classes, 0);
        double best = PENALTIES[0];
        double least = Double.POSITIVE_INFINITY;
        double[] weights = new double[judge.size()];
        for (double penalty : PENALTIES) {
            Softmax softmax = new Softmax(otherRows, otherLabels, classes, penalty);
            weights = fit(softmax, weights, ROUGH);
            double loss = judge.loss(weights);
            if (loss < least) {
                least = loss;
                best = penalty;
            }
        }
        return best;
    }

    private static boolean isHeld(int row) {
        return row % FOLD == FOLD - 1;
    }

    private static double[] fit(Softmax softmax, double[] start, double tolerance) {
        return Lbfgs.minimise(softmax, start, tolerance * softmax.rows(), MOST_STEPS);
    }

    private static double[][] rows(double[][] matrix, int[] rows) {
        return IntStream.of(rows).mapToObj(row -> matrix[row]).toArray(double[][]::new);
    }

    private static int[] labels(int[] labels, int[] rows) {
        return IntStream.of(rows).map(row -> labels[row]).toArray();
    }
}
