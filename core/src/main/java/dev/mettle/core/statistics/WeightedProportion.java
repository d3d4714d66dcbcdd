package dev.mettle.core.statistics;

/**
 * What share of a population has a property, told from some that were drawn with unequal
 * probabilities.
 *
 * @param value the share: those that have it, each weighted by one over its probability, in
 *     proportion to the weights of all drawn (Hájek 1971)
 * @param size effective number of draws: as many with equal probabilities would be as uncertain,
 *     (Σw)²/Σw² (Kish, Survey Sampling, 1965)
 */
public record WeightedProportion(double value, double size) {
    /**
     * Returns the share.
     *
     * @param has for each one drawn, whether it has the property; at least one
     * @param probabilities of being drawn, above 0
     */
    public static WeightedProportion of(boolean[] has, double[] probabilities) {
        double all = 0;
        double squares = 0;
        double having = 0;
        for (int i = 0; i < has.length; i++) {
            double weight = 1 / probabilities[i];
            all += weight;
            squares += weight * weight;
            having += has[i] ? weight : 0;
        }
        return new WeightedProportion(having / all, all * all / squares);
    }

    /**
     * Returns the lower limit of the 95 % interval: that of Clopper and Pearson for the effective
     * number of draws (Korn and Graubard, Survey Methodology 24, 1998). That the population is
     * finite is left out, which makes the interval wider, never narrower.
     */
    public double low() {
        return Proportion.low(value * size, size);
    }

    /** Returns the upper limit of that interval. */
    public double high() {
        return Proportion.high(value * size, size);
    }
}
