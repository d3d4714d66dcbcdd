package dev.mettle.report;

import dev.mettle.core.run.BaselineRecord;
import dev.mettle.core.run.RunSummary;
import dev.mettle.core.statistics.Losses;

import java.util.List;

/**
 * A baseline beside a winner: both measured on the same samples and held-out rows.
 *
 * @param baseline the baseline
 * @param losses its losses, +infinity where one is not finite; at least one
 * @param ratio mean loss of the winner over that of the baseline; NaN or infinite where the means
 *     cannot be compared
 */
record Beside(BaselineRecord baseline, Losses losses, double ratio) {
    /** From this factor on, means are compared by a factor, and one is called much better. */
    static final double CLEAR_FACTOR = 1.5;

    /**
     * Returns the baselines that stand beside a winner. They are measured as the certificate is, or
     * as the race where the study asks for none: next to figures of the other kind they would
     * mislead, and are left out.
     */
    static List<Beside> of(RunDigest run, RunSummary.Winner winner) {
        if (winner.certificate().isPresent() != run.plan().certificate().isPresent()) {
            return List.of();
        }
        return run.summary().baselines().stream()
                .filter(baseline -> !baseline.evaluations().isEmpty())
                .map(baseline -> of(winner, baseline))
                .toList();
    }

    private static Beside of(RunSummary.Winner winner, BaselineRecord baseline) {
        Losses losses =
                Losses.of(
                        baseline.evaluations().stream()
                                .mapToDouble(e ->
                                        Double.isFinite(e.loss())
                                                ? e.loss()
                                                : Double.POSITIVE_INFINITY)
                                .toArray());
        return new Beside(baseline, losses, winner.losses().mean() / losses.mean());
    }

    /** Tells whether the baseline is better by a clear factor. */
    boolean muchBetterThanWinner() {
        return ratio >= CLEAR_FACTOR && Double.isFinite(ratio);
    }

    /** Returns a sentence on how the winner compares. */
    Html sentence() {
        return Html.of(
                "<p>Against the baseline “%s” the winner is <b>%s</b>.</p>",
                baseline.name(), relation(ratio));
    }

    /**
     * Says how the winner's mean loss compares, from its ratio to the baseline's: as a percentage
     * where that reads more easily than a factor.
     */
    static String relation(double ratio) {
        if (!Double.isFinite(ratio) || ratio == 0) {
            return "cannot be compared by their means: one of them is infinite or 0";
        }
        String verdict = ratio <= 1 ? "better" : "worse";
        String smaller = ratio <= 1 ? "smaller" : "larger";
        String amount =
                ratio > 1 / CLEAR_FACTOR && ratio < CLEAR_FACTOR
                        ? Digits.percent(Math.abs(ratio - 1))
                        : Digits.factor(Math.max(ratio, 1 / ratio)) + " times";
        return "%s: its mean loss is %s %s".formatted(verdict, amount, smaller);
    }
}
