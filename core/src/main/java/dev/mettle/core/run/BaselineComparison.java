package dev.mettle.core.run;

import dev.mettle.core.statistics.Losses;

import java.util.List;
import java.util.function.DoubleFunction;

/**
 * A baseline beside a winner: both measured on the same samples and held-out rows.
 *
 * @param baseline the baseline
 * @param losses its losses, +infinity where one is not finite; at least one
 * @param ratio mean loss of the winner over that of the baseline; NaN or infinite where the means
 *     cannot be compared
 * @param clear whether the means differ by more than their own uncertainty: {@value #ERRORS}
 *     standard errors of the difference
 */
public record BaselineComparison(
        BaselineRecord baseline, Losses losses, double ratio, boolean clear) {
    /** From this factor on, means are compared by a factor, and one is called much better. */
    public static final double CLEAR_FACTOR = 1.5;

    /** Standard errors of a 95 % interval. */
    private static final double ERRORS = 1.96;

    /**
     * Returns the baselines that stand beside a winner. They are measured as the certificate is, or
     * as the race where the study asks for none: next to figures of the other kind they would
     * mislead, and are left out.
     */
    public static List<BaselineComparison> of(RunSummary run, RunSummary.Winner winner) {
        if (winner.certificate().isPresent() != run.plan().certificate().isPresent()) {
            return List.of();
        }
        return run.baselines().stream()
                .filter(baseline -> !baseline.evaluations().isEmpty())
                .map(baseline -> of(winner, baseline))
                .toList();
    }

    private static BaselineComparison of(RunSummary.Winner winner, BaselineRecord baseline) {
        Losses losses = baseline.losses();
        double difference = Math.abs(winner.losses().mean() - losses.mean());
        double error = Math.hypot(error(winner.losses()), error(losses));
        return new BaselineComparison(
                baseline,
                losses,
                winner.losses().mean() / losses.mean(),
                difference > ERRORS * error);
    }

    /** Returns the standard error of the mean; 0 of a single loss. */
    private static double error(Losses losses) {
        return losses.count() < 2 ? 0 : losses.std() / Math.sqrt(losses.count());
    }

    /** Tells whether the baseline is better by a clear factor. */
    public boolean muchBetterThanWinner() {
        return ratio >= CLEAR_FACTOR && Double.isFinite(ratio);
    }

    /**
     * Says how the winner's mean loss compares, such as "better: its mean loss is 2.1 times
     * smaller": by a percentage where that reads more easily than a factor. A difference within the
     * uncertainty of the means makes nobody better.
     *
     * @param percent writes a share as a percentage
     * @param factor writes a number of times
     */
    public String relation(DoubleFunction<String> percent, DoubleFunction<String> factor) {
        if (!Double.isFinite(ratio) || ratio == 0) {
            return "not to be compared by its mean: one of the two is infinite or 0";
        }
        String verdict =
                clear
                        ? ratio <= 1 ? "better" : "worse"
                        : "as good, as far as these losses can tell";
        String smaller = ratio <= 1 ? "smaller" : "larger";
        String amount =
                ratio > 1 / CLEAR_FACTOR && ratio < CLEAR_FACTOR
                        ? percent.apply(Math.abs(ratio - 1))
                        : factor.apply(Math.max(ratio, 1 / ratio)) + " times";
        return "%s: its mean loss is %s %s".formatted(verdict, amount, smaller);
    }
}
