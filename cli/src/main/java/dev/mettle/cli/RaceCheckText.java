package dev.mettle.cli;

import dev.mettle.core.selection.RaceCheck;

/** How sure a race is, in a sentence. */
final class RaceCheckText {
    private RaceCheckText() {}

    static String of(RaceCheck check) {
        if (check.error().isEmpty()) {
            return "every finalist has a failed training, so how often the race drops a good"
                    + " candidate is unknown";
        }
        double error = check.error().getAsDouble();
        // smaller errors are not said: how well they hold was measured down to this one
        return error <= RaceCheck.LIMIT
                ? "a candidate with the winner's losses, come in another order, would have been"
                        + " dropped with a probability of at most "
                        + Numbers.share(RaceCheck.LIMIT)
                : "many candidates are as good as the winner (%d of %d finalists cannot be told from it): one with its losses, come in another order, would have been dropped with a probability of %s"
                        .formatted(check.equals(), check.finalists(), Numbers.percent(error));
    }
}
