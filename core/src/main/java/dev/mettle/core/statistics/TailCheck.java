package dev.mettle.core.statistics;

/**
 * Whether the tails of numbers are heavier than normal: excess kurtosis m₄/m₂² - 3 with the normal
 * score of the test of Anscombe and Glynn (Biometrika 70, 1983).
 *
 * @param count numbers
 * @param excessKurtosis 0 for a normal distribution; NaN is never given, 0 where all are equal
 * @param score standard normal score, large for heavy tails; 0 where it cannot be told
 */
public record TailCheck(int count, double excessKurtosis, double score) {
    /**
     * A score above it is a warning: one in a hundred sets of normal numbers has one. Of grids
     * whose effects all have the tails of Student's t with 3 degrees of freedom it finds 10 % of 5
     * × 5, 75 % of 10 × 10 and 99 % of 16 × 16 (reference/variance_components_design.py).
     */
    static final double LIMIT = 2.3263478740408408;

    /** With fewer numbers, no heavy tail could be told from a normal one at this limit. */
    static final int LEAST = 6;

    /** Checks numbers. */
    public static TailCheck of(double[] values) {
        double n = values.length;
        double mean = 0;
        for (double value : values) {
            mean += value / n;
        }
        double squares = 0;
        double fourths = 0;
        for (double value : values) {
            double square = (value - mean) * (value - mean);
            squares += square;
            fourths += square * square;
        }
        double kurtosis = n * fourths / (squares * squares);
        if (values.length < LEAST || !Double.isFinite(kurtosis)) {
            double excess = Double.isFinite(kurtosis) ? kurtosis - 3 : 0;
            return new TailCheck(values.length, excess, 0);
        }
        return new TailCheck(values.length, kurtosis - 3, score(n, kurtosis));
    }

    /** Anscombe and Glynn: the cube root of a shifted inverse kurtosis is nearly normal. */
    private static double score(double n, double kurtosis) {
        double expected = 3 * (n - 1) / (n + 1);
        double variance = 24 * n * (n - 2) * (n - 3) / ((n + 1) * (n + 1) * (n + 3) * (n + 5));
        double x = (kurtosis - expected) / Math.sqrt(variance);
        double skewness =
                6
                        * (n * n - 5 * n + 2)
                        / ((n + 7) * (n + 9))
                        * Math.sqrt(6 * (n + 3) * (n + 5) / (n * (n - 2) * (n - 3)));
        double a = 6 + 8 / skewness * (2 / skewness + Math.sqrt(1 + 4 / (skewness * skewness)));
        double shifted = 1 + x * Math.sqrt(2 / (a - 4));
        double root = StrictMath.cbrt((1 - 2 / a) / shifted); // keeps the sign
        return (1 - 2 / (9 * a) - root) / Math.sqrt(2 / (9 * a));
    }

    /** Tells whether the tails are heavier than normal. */
    public boolean heavy() {
        return score > LIMIT;
    }
}
