package dev.mettle.core.selection;

import dev.mettle.core.study.SelectionSettings.Algorithm;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Successive halving on instances (Karnin, Koren and Somekh, ICML 2013, with any η;
 * docs/math/selection.md). Of the n candidates of a round the ⌊n/η⌋ best stay, never fewer than m,
 * the larger of {@code survivors} and the number of values of {@code per}, until m are left: round
 * K is the first with m. After round k each of its candidates has
 *
 * <pre>c(k) = max(warmup, ⌊N / η^(K - k)⌋) instances, c(K) = N.</pre>
 *
 * So the rounds above the warm-up cost about the same, as in the paper. Rounds with the same c
 * train nothing between their eliminations and are one round here. Nothing depends on the losses
 * but who stays: the number of trainings is known exactly before the race.
 *
 * <p>Losses of earlier rounds are kept, and instance j of every candidate has the same seeds, so
 * all that are compared were trained on the same samples. Places are shared among the values of
 * {@code per} as in {@link Progressive}.
 */
final class Halving implements SelectionAlgorithm {
    private final Field field;
    private final int values;
    private final List<Round> rounds;

    Halving(Field field, Algorithm.Halving rule) {
        this.field = field;
        this.values = field.values();
        this.rounds =
                rounds(
                        field.candidates().size(),
                        Math.max(rule.survivors(), values),
                        field.instances(),
                        rule);
    }

    private static List<Round> rounds(
            int candidates, int minimum, int instances, Algorithm.Halving rule) {
        List<Integer> sizes = new ArrayList<>(List.of(candidates));
        while (sizes.getLast() > minimum) {
            sizes.add(Math.max(sizes.getLast() / rule.eta(), minimum));
        }
        List<Round> backwards = new ArrayList<>();
        int budget = instances;
        for (int size : sizes.reversed()) {
            int count = Math.min(instances, Math.max(rule.warmup(), budget));
            // Nothing is trained between two rounds of the same count: the earlier one decides.
            // The last one stays, for it says who the finalists are.
            if (backwards.size() > 1 && backwards.getLast().instances() == count) {
                backwards.removeLast();
            }
            backwards.add(new Round(size, count));
            budget /= rule.eta(); // ⌊⌊N/η⌋/η⌋ = ⌊N/η²⌋
        }
        return List.copyOf(backwards.reversed());
    }

    @Override
    public Selection select(LossTable table) {
        field.require(table);
        List<String> alive = field.candidates();
        List<Elimination> eliminations = new ArrayList<>();
        int known = 0;
        for (int k = 0; k < rounds.size(); k++) {
            int count = rounds.get(k).instances();
            List<Cell> unknown = field.unknown(table, alive, known, count);
            if (!unknown.isEmpty()) {
                return new Selection(
                        eliminations, new Selection.Next.Train(unknown, count, alive.size()));
            }
            known = count;
            if (k + 1 < rounds.size()) {
                alive =
                        survivors(
                                table, alive, count, rounds.get(k + 1).candidates(), eliminations);
            }
        }
        return Field.done(eliminations, field.standings(table, alive, known));
    }

    private List<String> survivors(
            LossTable table,
            List<String> alive,
            int count,
            int places,
            List<Elimination> eliminations) {
        List<Standing> standings = field.standings(table, alive, count);
        Set<String> kept = Places.keep(standings, _ -> false, places, values);
        Map<String, Standing> worstKept = Places.worstKept(standings, kept);
        for (Standing standing : standings) {
            if (!kept.contains(standing.candidate())) {
                eliminations.add(
                        new Reason(standing, count)
                                .behind("halving", field.criterionLabel(), worstKept));
            }
        }
        return alive.stream().filter(kept::contains).toList();
    }

    @Override
    public long trainingsAtMost() {
        return Round.trainings(rounds);
    }

    @Override
    public boolean isCountExact() {
        return true;
    }

    @Override
    public List<Round> rounds() {
        return rounds;
    }

    @Override
    public int fewestFinalists() {
        return rounds.getLast().candidates();
    }

    @Override
    public int instances() {
        return field.instances();
    }
}
