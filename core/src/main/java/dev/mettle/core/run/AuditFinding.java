package dev.mettle.core.run;

import dev.mettle.core.selection.Ranked;
import dev.mettle.core.statistics.Criterion;
import dev.mettle.core.statistics.WeightedProportion;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What an audit says about all dropped candidates. Each is compared with the race's winner for its
 * value of {@code per}, over the same instances.
 *
 * @param record what was audited; at least one candidate
 * @param falseDrops share of the dropped that are better than the winner
 * @param near share of the dropped that are at most {@value Criterion#TOLERANCE} above the winner,
 *     or better
 * @param best the best of the audited, a failure behind none: {@code better}'s first, if there are
 *     any
 * @param winner the winner that the best is compared with
 * @param better the audited that are better than their winner, best first
 */
public record AuditFinding(
        AuditRecord record,
        WeightedProportion falseDrops,
        WeightedProportion near,
        Ranked best,
        Ranked winner,
        List<Ranked> better) {
    private static final Comparator<Ranked> BEST_FIRST =
            Comparator.comparing((Ranked ranked) -> ranked.failures() > 0)
                    .thenComparingDouble(Ranked::criterion)
                    .thenComparing(Ranked::candidate);

    public AuditFinding {
        better = List.copyOf(better);
    }

    /**
     * Compares the audited candidates with the winners.
     *
     * @param finalists of the race, best first
     * @return empty when nobody was dropped
     */
    public static Optional<AuditFinding> of(AuditRecord record, List<Ranked> finalists) {
        List<Ranked> audited = record.audited().stream().map(AuditRecord.Audited::result).toList();
        if (audited.isEmpty()) {
            return Optional.empty();
        }
        Map<String, List<Ranked>> groups = StudyRun.byGroup(finalists);
        Predicate<Ranked> isBetter = ranked -> isBetter(ranked, winner(groups, ranked));
        Predicate<Ranked> isNear = ranked -> isNear(ranked, winner(groups, ranked));
        List<Ranked> better = audited.stream().filter(isBetter).sorted(BEST_FIRST).toList();
        Ranked best = (better.isEmpty() ? audited : better).stream().min(BEST_FIRST).orElseThrow();
        return Optional.of(
                new AuditFinding(
                        record,
                        share(record, isBetter),
                        share(record, isBetter.or(isNear)),
                        best,
                        winner(groups, best),
                        better));
    }

    private static Ranked winner(Map<String, List<Ranked>> groups, Ranked ranked) {
        return Objects.requireNonNull(groups.get(ranked.group()), "every value has a winner")
                .getFirst();
    }

    /** By failures and criterion; a tie is not better, whatever the ids. */
    private static boolean isBetter(Ranked ranked, Ranked winner) {
        boolean winnerFailed = winner.failures() > 0;
        return ranked.failures() == 0 && (winnerFailed || ranked.criterion() < winner.criterion());
    }

    private static boolean isNear(Ranked ranked, Ranked winner) {
        return ranked.failures() == 0
                && ranked.criterion()
                        <= winner.criterion() + Criterion.TOLERANCE * Math.abs(winner.criterion());
    }

    private static WeightedProportion share(AuditRecord record, Predicate<Ranked> having) {
        List<AuditRecord.Audited> audited = record.audited();
        boolean[] has = new boolean[audited.size()];
        double[] probabilities = new double[audited.size()];
        for (int i = 0; i < has.length; i++) {
            has[i] = having.test(audited.get(i).result());
            probabilities[i] = audited.get(i).probability();
        }
        return WeightedProportion.of(has, probabilities);
    }
}
