package dev.mettle.core.selection;

import dev.mettle.core.study.SelectionSettings;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The race of a round that is not the last (docs/math/selection.md): by the study's algorithm, with
 * fewer instances. The best {@value #SURVIVORS} (of each value of {@code per}) survive it. Who
 * survived a round before has all instances already; so the looks at a few of them can't drop it:
 * it is compared again at the end.
 */
final class RoundRace implements SelectionAlgorithm {
    /** Most survivors, for each value of {@code per}. */
    static final int SURVIVORS = 5;

    /** Instances of a finalist of the last round are so many times those of a survivor. */
    private static final int SHARE = 4;

    private final SelectionAlgorithm race;
    private final String rule;
    private final Field field;
    private final Set<String> survivors;

    /**
     * Takes the race.
     *
     * @param race of all candidates of the round
     * @param rule label of its algorithm
     * @param field of the same race
     * @param survivors of the round before
     */
    RoundRace(SelectionAlgorithm race, String rule, Field field, Set<String> survivors) {
        this.race = race;
        this.rule = rule;
        this.field = field;
        this.survivors = Set.copyOf(survivors);
    }

    /** Returns the settings of the race: a quarter of the instances, but no less than a warm-up. */
    static SelectionSettings settings(SelectionSettings study) {
        int warmup =
                switch (study.algorithm()) {
                    case SelectionSettings.Algorithm.Exhaustive _,
                            SelectionSettings.Algorithm.Racing _ ->
                            1;
                    case SelectionSettings.Algorithm.Progressive rule -> rule.warmup();
                    case SelectionSettings.Algorithm.Halving rule -> rule.warmup();
                };
        int share = (study.instances() + SHARE - 1) / SHARE;
        return new SelectionSettings(
                study.algorithm(), study.criterion(), Math.max(share, warmup), study.per(), 0);
    }

    @Override
    public Selection select(LossTable table) {
        Selection selection = race.select(table);
        return switch (selection.next()) {
            case Selection.Next.Train _ ->
                    new Selection(ofNewOnes(selection.eliminations()), selection.next());
            case Selection.Next.Done(List<Ranked> finalists, _) ->
                    end(table, finalists, ofNewOnes(selection.eliminations()));
        };
    }

    private List<Elimination> ofNewOnes(List<Elimination> eliminations) {
        return eliminations.stream().filter(e -> !survivors.contains(e.candidate())).toList();
    }

    private Selection end(LossTable table, List<Ranked> finalists, List<Elimination> dropped) {
        Set<String> left = new HashSet<>(survivors);
        finalists.forEach(finalist -> left.add(finalist.candidate()));
        List<Standing> standings =
                field.standings(
                        table,
                        field.candidates().stream().filter(left::contains).toList(),
                        field.instances());
        Map<String, Integer> ofValue = new HashMap<>();
        List<Standing> best = new ArrayList<>();
        List<Standing> others = new ArrayList<>();
        for (Standing standing : standings) {
            boolean survives = ofValue.merge(standing.group(), 1, Integer::sum) <= SURVIVORS;
            (survives ? best : others).add(standing);
        }
        Map<String, Standing> worst = new HashMap<>();
        best.forEach(standing -> worst.put(standing.group(), standing));
        List<Elimination> eliminations = new ArrayList<>(dropped);
        for (Standing other : others) {
            eliminations.add(
                    new Reason(other, field.instances())
                            .behind(rule, field.criterionLabel(), worst));
        }
        return Field.done(eliminations, best);
    }

    @Override
    public long trainingsAtMost() {
        return race.trainingsAtMost();
    }

    @Override
    public boolean isCountExact() {
        return survivors.isEmpty() && race.isCountExact();
    }

    @Override
    public long previews(int finalists) {
        return race.previews(finalists);
    }

    @Override
    public int fewestFinalists() {
        return Math.min(field.candidates().size(), SURVIVORS);
    }

    @Override
    public int instances() {
        return field.instances();
    }
}
