package dev.mettle.core.replay;

import dev.mettle.core.selection.LossTable;
import dev.mettle.core.selection.Ranked;
import dev.mettle.core.selection.Selection;
import dev.mettle.core.selection.SelectionAlgorithm;

import java.util.List;

/**
 * One race over a recorded table.
 *
 * @param finalists ids, best first; the first is the pick
 * @param trainings how many losses it asked for, without those of previews
 * @param previews how many losses of previews
 */
public record Race(List<String> finalists, long trainings, long previews) {
    public Race {
        finalists = List.copyOf(finalists);
    }

    /**
     * Returns the race that an algorithm makes of a table.
     *
     * @param table with all losses
     */
    public static Race of(SelectionAlgorithm algorithm, LossTable table) {
        Selection selection = algorithm.select(table);
        if (!(selection.next() instanceof Selection.Next.Done(List<Ranked> finalists, _))) {
            throw new IllegalStateException("a race over a full table did not end.");
        }
        return new Race(
                finalists.stream().map(Ranked::candidate).toList(),
                selection.trainings(algorithm.instances()),
                algorithm.previews(finalists.size()));
    }

    /** Returns the candidate picked. */
    public String pick() {
        return finalists.getFirst();
    }
}
