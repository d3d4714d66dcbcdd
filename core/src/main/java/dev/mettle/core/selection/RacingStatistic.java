package dev.mettle.core.selection;

import dev.mettle.core.statistics.Criterion;
import dev.mettle.core.statistics.Losses;

/**
 * What a race compares. Of few losses a quantile or a maximum is mostly noise, so the first looks
 * take the geometric mean, whatever the criterion is.
 *
 * @param criterion of the study
 * @param instances of a finalist, who is always judged by the criterion
 */
record RacingStatistic(Criterion criterion, int instances) {
    /** Looks at so many losses take the geometric mean. */
    static final int FEW = 8;

    static final String EARLY = "geometric mean";

    /**
     * Returns the statistic of the losses of a look: +infinity where one failed; the arithmetic
     * mean where a loss is 0 or less and has no logarithm.
     */
    double of(Losses losses) {
        if (!isEarly(losses.count())) {
            return criterion.of(losses);
        }
        boolean positive = losses.min() > 0;
        double sum = 0;
        for (double loss : losses.toArray()) {
            sum += positive ? StrictMath.log(loss) : loss;
        }
        double mean = sum / losses.count();
        return positive ? StrictMath.exp(mean) : mean;
    }

    boolean isEarly(int count) {
        return count <= FEW && count < instances;
    }

    /** Returns what is compared in words. */
    String label(int count) {
        return isEarly(count) ? EARLY : criterion.label();
    }
}
