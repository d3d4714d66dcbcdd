package dev.mettle.data;

import dev.mettle.core.data.Dataset;
import dev.mettle.core.study.DataFacts;

import java.util.ArrayList;
import java.util.List;

/**
 * The data of a study, checked.
 *
 * @param dataset all rows, finite
 * @param facts what the rest of the study is checked against
 */
public record LoadedData(Dataset dataset, DataFacts facts) {
    /** Returns the same data with one more note before the others. */
    LoadedData noting(String note) {
        List<String> notes = new ArrayList<>(facts.notes());
        notes.addFirst(note);
        return new LoadedData(
                dataset,
                new DataFacts(
                        facts.input(), facts.rows(), facts.task(), facts.categories(), notes));
    }
}
