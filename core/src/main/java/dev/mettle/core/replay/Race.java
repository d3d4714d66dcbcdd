package dev.mettle.core.replay;

import dev.mettle.core.selection.Ranked;
import dev.mettle.core.selection.Selection;

import java.util.List;

/**
 * One race over a recorded table.
 *
 * @param finalists ids, best first; the first is the pick
 * @param trainings how many losses it asked for
 */
public record Race(List<String> finalists, long trainings) {
    public Race {
        finalists = List.copyOf(finalists);
    }

    /**
     * Returns the race that an algorithm made of a table with all losses.
     *
     * @param instances of a finalist
     */
    public static Race of(Selection selection, int instances) {
        if (!(selection.next() instanceof Selection.Next.Done(List<Ranked> finalists))) {
            throw new IllegalStateException("a race over a full table did not end.");
        }
        return new Race(
                finalists.stream().map(Ranked::candidate).toList(), selection.trainings(instances));
    }

    /** Returns the candidate picked. */
    public String pick() {
        return finalists.getFirst();
    }
}
