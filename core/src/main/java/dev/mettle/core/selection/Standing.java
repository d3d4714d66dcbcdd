package dev.mettle.core.selection;

import dev.mettle.core.statistics.Losses;

import java.util.Comparator;

/**
 * Where a candidate stands after some instances.
 *
 * @param candidate its id
 * @param group its value of {@code per}; "" without
 * @param losses of the instances so far
 * @param criterion of these losses; possibly +infinity
 * @param failures how many of them failed
 */
record Standing(String candidate, String group, Losses losses, double criterion, int failures) {
    /**
     * The ranking used everywhere: a candidate without a failed instance before one that has some,
     * then the smaller criterion, then the smaller id. Total, since ids differ.
     */
    static final Comparator<Standing> BEST_FIRST =
            Comparator.comparing(Standing::hasFailed)
                    .thenComparingDouble(Standing::criterion)
                    .thenComparing(Standing::candidate);

    static Standing of(String candidate, String group, Losses losses, double criterion) {
        // + 0.0 turns -0.0 into 0.0, which would not tie with it in Double.compare
        return new Standing(candidate, group, losses, criterion + 0.0, losses.failures());
    }

    boolean hasFailed() {
        return failures > 0;
    }

    Ranked ranked() {
        return new Ranked(candidate, group, criterion, failures);
    }
}
