package dev.mettle.core.selection;

import dev.mettle.core.study.SelectionSettings.Algorithm;
import dev.mettle.core.study.SelectionSettings.Drop;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Algorithm 1 of Boldyrev, Ratnikov and Shevelev (arXiv 2505.17254). Iteration i trains instance i
 * of every candidate still in the race; after each iteration from the warm-up's last on, candidates
 * are dropped:
 *
 * <ul>
 *   <li>{@link Drop.Half}: all but the ⌊n/2⌋ best of the n left;
 *   <li>{@link Drop.Above}: those whose criterion exceeds the limit;
 *   <li>{@link Drop.CvAbove}: those whose cv exceeds the limit or that have a failed instance;
 * </ul>
 *
 * but the {@code survivors} best always stay. The rule holds after the last iteration too; who is
 * left then is a finalist.
 *
 * <p>With {@code per}, all numbers count over all values together, so that the number of trainings
 * doesn't depend on it, but the kept places are shared: of p places each of the v values has ⌊p/v⌋
 * for its own best (or for all of its candidates, if fewer), and the rest go to the best of all the
 * others. A value always keeps one candidate, so p is at least v even if {@code survivors} is
 * smaller. Where a limit drops candidates, p is {@code survivors} (or v), and whoever meets the
 * limit stays besides. Why: docs/decisions/0005-selection-per-value.md.
 *
 * <p>Work is asked for in pieces as large as the rules allow: the whole warm-up, then one iteration
 * at a time, then all that remains once nobody can be dropped any more.
 */
final class Progressive implements SelectionAlgorithm {
    private final Field field;
    private final int warmup;
    private final Drop drop;
    private final int values;

    /** Candidates that are never dropped. */
    private final int minimum;

    Progressive(Field field, Algorithm.Progressive rule) {
        this.field = field;
        this.warmup = rule.warmup();
        this.drop = rule.drop();
        this.values = field.values();
        this.minimum = Math.max(rule.survivors(), values);
    }

    @Override
    public Selection select(LossTable table) {
        field.require(table);
        List<String> alive = field.candidates();
        List<Elimination> eliminations = new ArrayList<>();
        int iteration = 0;
        while (true) {
            int next = nextDecision(iteration, alive.size());
            List<Cell> unknown = field.unknown(table, alive, iteration, next);
            if (!unknown.isEmpty()) {
                return new Selection(
                        eliminations, new Selection.Next.Train(unknown, next, alive.size()));
            }
            iteration = next;
            List<Standing> standings = field.standings(table, alive, iteration);
            Set<String> kept = kept(standings, iteration);
            eliminate(standings, kept, iteration, eliminations);
            if (iteration == field.instances()) {
                return Field.done(
                        eliminations,
                        standings.stream().filter(s -> kept.contains(s.candidate())).toList());
            }
            alive = alive.stream().filter(kept::contains).toList();
        }
    }

    @Override
    public long trainingsAtMost() {
        if (!(drop instanceof Drop.Half)) { // perhaps everyone meets the limit
            return (long) field.candidates().size() * field.instances();
        }
        long trainings = 0;
        int alive = field.candidates().size();
        int iteration = 0;
        while (iteration < field.instances()) {
            int next = nextDecision(iteration, alive);
            trainings += (long) alive * (next - iteration);
            iteration = next;
            alive = iteration < warmup ? alive : places(alive);
        }
        return trainings;
    }

    @Override
    public boolean isCountExact() {
        return drop instanceof Drop.Half || field.candidates().size() <= minimum;
    }

    @Override
    public int fewestFinalists() {
        return Math.min(field.candidates().size(), minimum);
    }

    @Override
    public int instances() {
        return field.instances();
    }

    /** Returns the next iteration after which someone can be dropped, or the last. */
    private int nextDecision(int iteration, int alive) {
        if (alive <= minimum) {
            return field.instances();
        }
        return Math.min(Math.max(warmup, iteration + 1), field.instances());
    }

    private Set<String> kept(List<Standing> bestFirst, int iteration) {
        Predicate<Standing> stays = iteration < warmup ? _ -> true : this::passes;
        return Places.keep(bestFirst, stays, places(bestFirst.size()), values);
    }

    /** Tells whether the candidate stays whatever the others do. */
    private boolean passes(Standing standing) {
        return switch (drop) {
            case Drop.Half _ -> false;
            case Drop.Above(double limit) -> standing.criterion() <= limit;
            case Drop.CvAbove(double limit) ->
                    !standing.hasFailed() && standing.losses().cv() <= limit;
        };
    }

    /** Returns how many of n stay whether or not they pass. */
    private int places(int n) {
        return switch (drop) {
            case Drop.Half _ -> Math.min(n, Math.max(n / 2, minimum));
            case Drop.Above _, Drop.CvAbove _ -> Math.min(n, minimum);
        };
    }

    private void eliminate(
            List<Standing> bestFirst,
            Set<String> kept,
            int iteration,
            List<Elimination> eliminations) {
        Map<String, Standing> worstKept = Places.worstKept(bestFirst, kept);
        for (Standing standing : bestFirst) {
            if (!kept.contains(standing.candidate())) {
                eliminations.add(elimination(standing, worstKept, iteration));
            }
        }
    }

    private Elimination elimination(
            Standing standing, Map<String, Standing> worstKept, int iteration) {
        Reason reason = new Reason(standing, iteration);
        String label = field.criterionLabel();
        return switch (drop) {
            case Drop.Half _ -> reason.behind("half", label, worstKept);
            case Drop.Above(double limit) ->
                    reason.elimination(standing.criterion(), limit, reason.above(label, limit));
            case Drop.CvAbove(double limit) ->
                    reason.elimination(standing.losses().cv(), limit, reason.cvAbove(limit));
        };
    }
}
