package dev.mettle.core.run;

import dev.mettle.core.instance.InstanceResult;
import dev.mettle.core.random.Purpose;
import dev.mettle.core.selection.Ranked;
import dev.mettle.core.statistics.Criterion;
import dev.mettle.core.statistics.CriterionLabel;
import dev.mettle.core.statistics.Losses;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What a round brought.
 *
 * @param record what it drew
 * @param finalists of the whole race that it drew
 * @param instances from which criteria are taken, the same number in all rounds
 * @param best least criterion over so many first instances, of all candidates up to this round that
 *     have them and did not fail; empty as long as there is none
 */
public record RoundResult(RoundRecord record, int finalists, int instances, OptionalDouble best) {
    /** Returns the rounds of a run so far; none where a study has but one. */
    public static List<RoundResult> of(RunRecord run) {
        List<RoundRecord> rounds = run.rounds();
        if (rounds.isEmpty()) {
            return List.of();
        }
        int instances = rounds.getFirst().instances();
        Optional<Criterion> criterion = CriterionLabel.parse(run.plan().criterion());
        Set<String> finalists = new HashSet<>();
        run.finalists().stream().map(Ranked::candidate).forEach(finalists::add);
        List<String> ids = run.candidates().stream().map(CandidateRecord::id).toList();
        List<RoundResult> results = new ArrayList<>();
        double best = Double.POSITIVE_INFINITY;
        int from = 0;
        for (RoundRecord round : rounds) {
            List<String> drawn = ids.subList(from, from + round.candidates());
            from += round.candidates();
            for (String id : drawn) {
                best = Math.min(best, criterion(run, id, instances, criterion));
            }
            results.add(
                    new RoundResult(
                            round,
                            (int) drawn.stream().filter(finalists::contains).count(),
                            instances,
                            best < Double.POSITIVE_INFINITY
                                    ? OptionalDouble.of(best)
                                    : OptionalDouble.empty()));
        }
        return results;
    }

    private static double criterion(
            RunRecord run, String id, int instances, Optional<Criterion> criterion) {
        List<InstanceResult> results = run.instances(id, Purpose.RACE);
        if (results.size() < instances || criterion.isEmpty()) {
            return Double.POSITIVE_INFINITY;
        }
        Losses losses =
                Losses.of(
                        results.stream()
                                .limit(instances)
                                .mapToDouble(result -> result.outcome().loss())
                                .toArray());
        return losses.failures() > 0 ? Double.POSITIVE_INFINITY : criterion.get().of(losses);
    }
}
