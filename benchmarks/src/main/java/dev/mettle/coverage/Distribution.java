package dev.mettle.coverage;

import dev.mettle.core.random.RandomStream;

/** What losses, or effects on them, are drawn from; each with its own mean, variance and median. */
enum Distribution {
    /** Standard normal. */
    NORMAL("normal", 0, 1, 0),
    /** Student's t with 3 degrees of freedom: heavy tails on both sides. */
    T3("t, 3 degrees", 0, 3, 0),
    /** exp(z / 2): a tail to the right. */
    LOG_NORMAL("log-normal 0.5", Math.exp(0.125), Math.exp(0.25) * Math.expm1(0.25), 1),
    /** exp(z): a heavy tail to the right. */
    WIDE_LOG_NORMAL("log-normal 1", Math.exp(0.5), Math.exp(1) * Math.expm1(1), 1);

    private final String label;
    private final double mean;
    private final double variance;
    private final double median;

    Distribution(String label, double mean, double variance, double median) {
        this.label = label;
        this.mean = mean;
        this.variance = variance;
        this.median = median;
    }

    String label() {
        return label;
    }

    double mean() {
        return mean;
    }

    double median() {
        return median;
    }

    double std() {
        return Math.sqrt(variance);
    }

    /** Returns one number. */
    double draw(RandomStream random) {
        double z = random.nextGaussian();
        return switch (this) {
            case NORMAL -> z;
            case T3 -> z / Math.sqrt(chiSquared3(random) / 3);
            case LOG_NORMAL -> StrictMath.exp(z / 2);
            case WIDE_LOG_NORMAL -> StrictMath.exp(z);
        };
    }

    /** Returns one number with mean 0 and variance 1. */
    double standardised(RandomStream random) {
        return (draw(random) - mean) / std();
    }

    private static double chiSquared3(RandomStream random) {
        double sum = 0;
        for (int i = 0; i < 3; i++) {
            double z = random.nextGaussian();
            sum += z * z;
        }
        return sum;
    }
}
