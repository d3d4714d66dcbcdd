package dev.mettle.report;

import dev.mettle.core.run.RunSummary;
import dev.mettle.core.selection.Elimination;
import dev.mettle.core.statistics.Criterion;
import dev.mettle.core.statistics.CriterionLabel;
import dev.mettle.core.statistics.Losses;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;

/**
 * How far every candidate came: the finalists in their order, then who is still in the race by its
 * criterion so far, then the dropped ones, last dropped first and by what they were dropped for.
 * Ties break by id. Besides, every candidate's criterion over the trainings that all of them have,
 * which compares dropped candidates with survivors on equal terms.
 */
final class Places {
    private final SequencedSet<String> order = new LinkedHashSet<>();
    private final Map<String, Double> equalTerms = new LinkedHashMap<>();
    private final int trainings;
    private final Criterion criterion;

    /** Places the candidates of a run that have a training. */
    Places(RunDigest run) {
        criterion = CriterionLabel.parse(run.plan().criterion()).orElse(new Criterion.Mean());
        Map<String, double[]> losses = run.raceLosses();
        trainings = losses.values().stream().mapToInt(l -> l.length).min().orElse(0);
        losses.forEach((id, all) ->
                equalTerms.put(id, criterion.of(Losses.of(Arrays.copyOf(all, trainings)))));
        run.summary().finalists().stream()
                .map(RunSummary.Finalist::candidate)
                .forEach(candidate -> order.add(candidate.id()));
        List<Elimination> eliminations = new ArrayList<>(run.eliminations());
        order.addAll(stillRacing(run, losses));
        eliminations.sort(
                Comparator.comparingInt(Elimination::iteration)
                        .reversed()
                        .thenComparingDouble(Elimination::criterion)
                        .thenComparing(Elimination::candidate));
        eliminations.forEach(elimination -> order.add(elimination.candidate()));
        order.retainAll(losses.keySet());
    }

    private List<String> stillRacing(RunDigest run, Map<String, double[]> losses) {
        SequencedSet<String> racing = new LinkedHashSet<>(losses.keySet());
        run.eliminations().forEach(elimination -> racing.remove(elimination.candidate()));
        racing.removeAll(order);
        return racing.stream()
                .sorted(
                        Comparator.comparingDouble((String id) ->
                                        criterion.of(
                                                Losses.of(losses.getOrDefault(id, new double[0]))))
                                .thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    /** Returns the candidates, best first. */
    SequencedSet<String> order() {
        return order;
    }

    /** Returns the trainings that every candidate has. */
    int trainings() {
        return trainings;
    }

    /** Returns the criterion of {@link #onEqualTerms}. */
    Criterion criterion() {
        return criterion;
    }

    /** Returns a candidate's criterion over its first {@link #trainings}; perhaps +infinity. */
    double onEqualTerms(String candidate) {
        return equalTerms.getOrDefault(candidate, Double.POSITIVE_INFINITY);
    }
}
