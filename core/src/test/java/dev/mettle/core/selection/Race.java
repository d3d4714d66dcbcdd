package dev.mettle.core.selection;

import dev.mettle.core.statistics.Criterion;
import dev.mettle.core.study.SelectionSettings;
import dev.mettle.core.study.SelectionSettings.Algorithm;
import dev.mettle.core.study.SelectionSettings.Drop;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.IntFunction;
import java.util.function.ToDoubleBiFunction;

/**
 * A race run to its end.
 *
 * @param steps all requests for work, in order
 * @param end the last answer
 * @param trainings cells trained
 */
record Race(List<Selection.Next.Train> steps, Selection end, long trainings) {
    static final Criterion MEAN = new Criterion.Mean();

    static SelectionAlgorithm exhaustive(SequencedMap<String, String> groups, int instances) {
        return SelectionAlgorithms.of(
                settings(new Algorithm.Exhaustive(), MEAN, instances), groups);
    }

    static SelectionAlgorithm half(
            SequencedMap<String, String> groups, int warmup, int instances, int survivors) {
        return progressive(groups, MEAN, warmup, instances, survivors, new Drop.Half());
    }

    static SelectionAlgorithm progressive(
            SequencedMap<String, String> groups,
            Criterion criterion,
            int warmup,
            int instances,
            int survivors,
            Drop drop) {
        return SelectionAlgorithms.of(
                settings(new Algorithm.Progressive(warmup, survivors, drop), criterion, instances),
                groups);
    }

    private static SelectionSettings settings(
            Algorithm algorithm, Criterion criterion, int instances) {
        return new SelectionSettings(algorithm, criterion, instances, Optional.empty(), 0);
    }

    /** Returns candidates c0000, c0001, ... without groups. */
    static SequencedMap<String, String> candidates(int count) {
        return groups(count, _ -> "");
    }

    /** Returns candidates c0000, c0001, ... whose group depends on their number. */
    static SequencedMap<String, String> groups(int count, IntFunction<String> group) {
        SequencedMap<String, String> groups = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            groups.put(id(i), group.apply(i));
        }
        return groups;
    }

    static String id(int number) {
        return "c%04d".formatted(number);
    }

    static int number(String id) {
        return Integer.parseInt(id.substring(1));
    }

    /**
     * Trains all that is asked for, with losses by candidate number and instance, until the race is
     * over.
     */
    static Race run(
            SelectionAlgorithm algorithm,
            SequencedMap<String, String> groups,
            ToDoubleBiFunction<Integer, Integer> loss) {
        return run(algorithm, groups, loss, loss);
    }

    /** The same with losses of previews. */
    static Race run(
            SelectionAlgorithm algorithm,
            SequencedMap<String, String> groups,
            ToDoubleBiFunction<Integer, Integer> loss,
            ToDoubleBiFunction<Integer, Integer> preview) {
        return run(
                algorithm,
                new LossTable(List.copyOf(groups.keySet()), algorithm.instances()),
                loss,
                preview);
    }

    /** The same from a table that holds some losses already. */
    static Race run(
            SelectionAlgorithm algorithm,
            LossTable table,
            ToDoubleBiFunction<Integer, Integer> loss) {
        return run(algorithm, table, loss, loss);
    }

    private static Race run(
            SelectionAlgorithm algorithm,
            LossTable table,
            ToDoubleBiFunction<Integer, Integer> loss,
            ToDoubleBiFunction<Integer, Integer> preview) {
        List<Selection.Next.Train> steps = new ArrayList<>();
        long trainings = 0;
        while (true) {
            Selection selection = algorithm.select(table);
            switch (selection.next()) {
                case Selection.Next.Done _ -> {
                    return new Race(steps, selection, trainings);
                }
                case Selection.Next.Train train -> {
                    steps.add(train);
                    for (Cell cell : train.cells()) {
                        LossTable own = cell.preview() ? table.previews() : table;
                        if (own.has(cell.candidate(), cell.instance())) {
                            throw new AssertionError("%s is known.".formatted(cell));
                        }
                        own.put(
                                cell.candidate(),
                                cell.instance(),
                                (cell.preview() ? preview : loss)
                                        .applyAsDouble(number(cell.candidate()), cell.instance()));
                        trainings++;
                    }
                }
            }
        }
    }

    List<Ranked> finalists() {
        return ((Selection.Next.Done) end.next()).finalists();
    }

    RaceCheck check() {
        return ((Selection.Next.Done) end.next()).check().orElseThrow();
    }

    List<String> finalistIds() {
        return finalists().stream().map(Ranked::candidate).toList();
    }

    List<String> dropped() {
        return end.eliminations().stream().map(Elimination::candidate).toList();
    }

    List<String> reasons() {
        return end.eliminations().stream().map(Elimination::reason).toList();
    }
}
