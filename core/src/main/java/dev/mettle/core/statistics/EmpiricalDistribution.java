package dev.mettle.core.statistics;

/**
 * The share of losses at or below a value, F_n(x), with a band that holds the whole distribution
 * function of all future losses with 95 % confidence, whatever the distribution (Dvoretzky, Kiefer
 * and Wolfowitz 1956, with the constant of Massart, Annals of Probability 18, 1990):
 *
 * <pre>P(sup_x |F_n(x) - F(x)| > ε) ≤ 2 exp(-2 n ε²),   ε = √(ln(2 / 0.05) / (2 n))</pre>
 *
 * The band is F_n ± ε, cut at 0 and 1. Failed instances are losses of +infinity: F_n ends at the
 * share that did not fail.
 *
 * @param losses at least one
 */
public record EmpiricalDistribution(Losses losses) {
    /** Returns ε, half the height of the band, for a number of losses. */
    public static double halfHeight(int count) {
        return Math.sqrt(StrictMath.log(2 / (1 - LossSummary.CONFIDENCE)) / (2.0 * count));
    }

    /** Returns the share of losses at or below a value. */
    public double at(double value) {
        int below = 0;
        while (below < losses.count() && losses.ordered(below + 1) <= value) {
            below++;
        }
        return (double) below / losses.count();
    }

    /** Returns the lower limit of the probability of a loss at or below a value. */
    public double low(double value) {
        return Math.max(0, at(value) - halfHeight(losses.count()));
    }

    /** Returns the upper limit of the probability of a loss at or below a value. */
    public double high(double value) {
        return Math.min(1, at(value) + halfHeight(losses.count()));
    }
}
