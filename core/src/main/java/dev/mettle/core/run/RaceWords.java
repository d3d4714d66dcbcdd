package dev.mettle.core.run;

import dev.mettle.core.selection.RaceCheck;
import dev.mettle.core.selection.Ranked;
import dev.mettle.core.statistics.Criterion;
import dev.mettle.core.statistics.LossSummary;
import dev.mettle.core.statistics.SignificantDigits;
import dev.mettle.core.statistics.WeightedProportion;

import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleFunction;

/** What a race says about itself, in sentences; the same in every output. */
public final class RaceWords {
    private static final int DIGITS = 2;

    private RaceWords() {}

    /** Returns how sure a race is: a sentence without its full stop. */
    public static String check(RaceCheck check) {
        if (check.error().isEmpty()) {
            return "every finalist has a failed training, so how often the race drops a good"
                    + " candidate is unknown";
        }
        double error = check.error().getAsDouble();
        // smaller errors are not said: how well they hold was measured down to this one
        return error <= RaceCheck.LIMIT
                ? "a candidate with the winner's losses, come in another order, would have been"
                        + " dropped with a probability of at most "
                        + whole(RaceCheck.LIMIT)
                : "many candidates are as good as the winner (%d of %d finalists cannot be told from it): one with its losses, come in another order, would have been dropped with a probability of about %s"
                        .formatted(check.equals(), check.finalists(), percent(error));
    }

    /** Returns what an audit did: a sentence without its full stop. */
    public static String audited(AuditFinding finding) {
        AuditRecord record = finding.record();
        return String.format(
                Locale.ROOT,
                "%,d of the %,d dropped candidates were trained in full, %,d trainings more",
                record.audited().size(),
                record.dropped(),
                record.trainings());
    }

    /** Returns what an audit found, of all dropped: a sentence without its full stop. */
    public static String found(AuditFinding finding) {
        String better =
                finding.better().isEmpty()
                        ? "none is better than the winner; with confidence %s, at most %s of all dropped are"
                                .formatted(
                                        whole(LossSummary.CONFIDENCE),
                                        percent(finding.falseDrops().high()))
                        : "%d %s better than the winner, an estimated %s of all dropped"
                                .formatted(
                                        finding.better().size(),
                                        finding.better().size() == 1 ? "is" : "are",
                                        share(finding.falseDrops()));
        return "%s; within %s of it, or better: %s"
                .formatted(better, whole(Criterion.TOLERANCE), share(finding.near()));
    }

    /**
     * Returns how good the best of the audited is: a sentence without its full stop.
     *
     * @param loss writes a loss
     */
    public static String best(AuditFinding finding, DoubleFunction<String> loss) {
        Ranked best = finding.best();
        return best.failures() > 0
                ? "all of them have failed trainings"
                : "the best of them, %s, reaches %s, the winner %s"
                        .formatted(
                                best.candidate(),
                                loss.apply(best.criterion()),
                                loss.apply(finding.winner().criterion()));
    }

    /**
     * Returns the warning that an audit found a better candidate than the winner: a sentence
     * without its full stop; empty where it did not.
     *
     * @param criterion its label
     * @param loss writes a loss
     */
    public static Optional<String> warning(
            AuditFinding finding, String criterion, DoubleFunction<String> loss) {
        return finding.better().stream()
                .findFirst()
                .map(better ->
                        "the race dropped %s, which is better than its winner %s: %s %s, not %s, over the same trainings"
                                .formatted(
                                        better.candidate(),
                                        finding.winner().candidate(),
                                        criterion,
                                        loss.apply(better.criterion()),
                                        loss.apply(finding.winner().criterion())));
    }

    private static String share(WeightedProportion share) {
        return "%s (%s to %s)"
                .formatted(percent(share.value()), percent(share.low()), percent(share.high()));
    }

    private static String whole(double share) {
        return Math.round(100 * share) + " %";
    }

    private static String percent(double share) {
        return SignificantDigits.of(100 * share, DIGITS) + " %";
    }
}
