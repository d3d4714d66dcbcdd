package dev.mettle.cli;

import dev.mettle.core.selection.RaceCheck;

/** How sure a race is, in a sentence. */
final class RaceCheckText {
    /** Smaller errors are not said: how well they hold was measured down to this one. */
    private static final double LEAST = 0.05;

    private RaceCheckText() {}

    static String of(RaceCheck check) {
        if (check.error().isEmpty()) {
            return "every finalist has a failed training, so how often the race drops a good"
                    + " candidate is unknown";
        }
        double error = check.error().getAsDouble();
        return error <= LEAST
                ? "a candidate with the winner's losses, come in another order, would have been"
                        + " dropped with a probability of at most 5 %"
                : "many candidates are as good as the winner (%d of %d finalists cannot be told from it): one with its losses, come in another order, would have been dropped with a probability of %s"
                        .formatted(check.equals(), check.finalists(), Numbers.percent(error));
    }
}
