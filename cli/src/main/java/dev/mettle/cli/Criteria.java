package dev.mettle.cli;

import dev.mettle.core.statistics.Criterion;
import dev.mettle.core.statistics.CriterionLabel;

/** Reads {@code --criterion}. */
final class Criteria {
    private Criteria() {}

    /** Returns the criterion of that name. */
    static Criterion parse(String name) {
        String asked = name.replace(" ", "");
        return CriterionLabel.parse(asked)
                .orElseThrow(() ->
                        new UserException(
                                "--criterion %s: must be mean, median, max, iqr, std, cv, quantile(q), cvar(q) or mean_plus_std(lambda), such as quantile(0.9)."
                                        .formatted(asked)));
    }
}
