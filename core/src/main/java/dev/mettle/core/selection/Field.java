package dev.mettle.core.selection;

import dev.mettle.core.statistics.Criterion;
import dev.mettle.core.statistics.Losses;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.ToDoubleFunction;

/** The candidates of a race and how they are compared; what all algorithms share. Immutable. */
final class Field {
    private final SequencedMap<String, String> groups;
    private final Criterion criterion;
    private final int instances;

    /**
     * Takes the candidates, at least one.
     *
     * @param groups value of {@code per} of each candidate, in the order of the study
     * @param instances instances of a finalist
     */
    Field(SequencedMap<String, String> groups, Criterion criterion, int instances) {
        if (groups.isEmpty()) {
            throw new IllegalArgumentException("a race needs at least one candidate.");
        }
        this.groups = new LinkedHashMap<>(groups);
        this.criterion = criterion;
        this.instances = instances;
    }

    /** Returns all candidates, in the order of the study. */
    List<String> candidates() {
        return List.copyOf(groups.sequencedKeySet());
    }

    /** Returns the number of values of {@code per}; 1 without. */
    int values() {
        return new HashSet<>(groups.values()).size();
    }

    /** Returns the number of instances of a finalist. */
    int instances() {
        return instances;
    }

    /** Returns what is compared. */
    Criterion criterion() {
        return criterion;
    }

    /** Returns a candidate's value of {@code per}; "" without. */
    String group(String candidate) {
        return groups.getOrDefault(candidate, "");
    }

    /** Returns the label of the criterion. */
    String criterionLabel() {
        return criterion.label();
    }

    /** Rejects a table that has no room for this race. */
    void require(LossTable table) {
        if (table.instances() < instances) {
            throw new IllegalArgumentException(
                    "the table holds %d instances per candidate; the selection needs %d."
                            .formatted(table.instances(), instances));
        }
    }

    /**
     * Returns the cells of instances {@code from} to {@code to} - 1 that the table doesn't know,
     * sample by sample: all candidates of an instance share its sample.
     */
    List<Cell> unknown(LossTable table, List<String> candidates, int from, int to) {
        return unknown(table, candidates, from, to, false);
    }

    /** The same of previews. */
    List<Cell> unknownPreviews(LossTable table, List<String> candidates, int to) {
        return unknown(table.previews(), candidates, 0, to, true);
    }

    private static List<Cell> unknown(
            LossTable table, List<String> candidates, int from, int to, boolean preview) {
        List<Cell> cells = new ArrayList<>();
        for (int instance = from; instance < to; instance++) {
            for (String candidate : candidates) {
                if (!table.has(candidate, instance)) {
                    cells.add(new Cell(candidate, instance, preview));
                }
            }
        }
        return cells;
    }

    /** Returns the standings over the first {@code count} instances, best first. */
    List<Standing> standings(LossTable table, List<String> candidates, int count) {
        return standings(table, candidates, count, criterion::of);
    }

    /** The same by a statistic of a race's own. */
    List<Standing> standings(
            LossTable table,
            List<String> candidates,
            int count,
            ToDoubleFunction<Losses> statistic) {
        List<Standing> standings = new ArrayList<>(candidates.size());
        for (String candidate : candidates) {
            Losses losses = table.first(candidate, count);
            standings.add(
                    Standing.of(
                            candidate, group(candidate), losses, statistic.applyAsDouble(losses)));
        }
        standings.sort(Standing.BEST_FIRST);
        return standings;
    }

    /** Returns the end of a race that does not check itself. */
    static Selection done(List<Elimination> eliminations, List<Standing> bestFirst) {
        return done(eliminations, bestFirst, Optional.empty());
    }

    /** Returns the end of a race. */
    static Selection done(
            List<Elimination> eliminations, List<Standing> bestFirst, Optional<RaceCheck> check) {
        return new Selection(
                eliminations,
                new Selection.Next.Done(bestFirst.stream().map(Standing::ranked).toList(), check));
    }
}
