package dev.mettle.data;

import dev.mettle.core.data.Dataset;
import dev.mettle.core.data.Partition;
import dev.mettle.core.study.DataException;
import dev.mettle.core.study.DataFacts;
import dev.mettle.core.study.DataSettings;
import dev.mettle.core.study.LeakPolicy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * The data of a study, checked.
 *
 * @param dataset all rows, finite, with their groups where rows stay together
 * @param facts what the rest of the study is checked against
 * @param partition which rows are held out; empty when so many random rows are to be held out that
 *     none is left
 * @param leaked rows of the pool that are equal to a held-out row
 */
public record LoadedData(
        Dataset dataset, DataFacts facts, Optional<Partition> partition, int leaked) {
    /**
     * Splits rows and looks for leaks.
     *
     * @param notes what a user should know already
     * @param names what a row is called
     */
    static LoadedData of(
            Dataset data,
            RowSplit split,
            DataSettings settings,
            List<String> notes,
            IntFunction<String> names) {
        Dataset grouped = split.groups().map(data::with).orElse(data);
        List<String> all = new ArrayList<>(notes);
        all.addAll(split.notes());
        Optional<Partition> partition = split.partition();
        int leaked = 0;
        Optional<Leaks> leaks = partition.flatMap(parts -> Leaks.find(data, parts));
        if (leaks.isPresent()) {
            LeakPolicy policy = settings.heldOut().leaks();
            String found = leaks.get().described(policy, names);
            switch (policy) {
                case REPORT -> {
                    all.add(found);
                    leaked = leaks.get().count();
                }
                case ERROR -> throw new DataException("leaks", found);
                case DROP -> {
                    all.add(found);
                    partition = leaks.map(Leaks::without);
                }
            }
        }
        DataFacts facts =
                new DataFacts(
                        data.inputShape(),
                        data.rows(),
                        data.task(),
                        data.categories().columns(),
                        all,
                        partition.map(DataFacts.Parts::of));
        return new LoadedData(grouped, facts, partition, leaked);
    }

    /** Returns the same data with one more note before the others. */
    LoadedData noting(String note) {
        List<String> notes = new ArrayList<>(facts.notes());
        notes.addFirst(note);
        return new LoadedData(dataset, facts.noting(notes), partition, leaked);
    }
}
