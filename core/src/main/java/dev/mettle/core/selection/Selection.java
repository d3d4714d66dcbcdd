package dev.mettle.core.selection;

import java.util.List;
import java.util.Optional;

/**
 * What an algorithm makes of a loss table: the eliminations so far, and what is next.
 *
 * @param eliminations in the order made; a table with more losses has these first and perhaps more
 * @param next what to do
 */
public record Selection(List<Elimination> eliminations, Next next) {
    /** What to do next. */
    public sealed interface Next {
        /**
         * Train these; none of them is known yet, at least one.
         *
         * @param cells sample by sample: in the order of their instances, then of the study
         * @param iteration the last iteration that they belong to, from 1; then comes the next
         *     decision. 0 for previews
         * @param alive candidates still in the race
         */
        record Train(List<Cell> cells, int iteration, int alive) implements Next {
            public Train {
                cells = List.copyOf(cells);
            }
        }

        /**
         * The race is over.
         *
         * @param finalists best first; at least one for every value of {@code per}
         * @param check how sure it is that nobody as good as the winner was dropped, where the
         *     algorithm checks that
         */
        record Done(List<Ranked> finalists, Optional<RaceCheck> check) implements Next {
            public Done {
                finalists = List.copyOf(finalists);
            }
        }
    }

    /**
     * Returns the trainings of a race that is over: those of the dropped until they were dropped,
     * and all of the finalists; without previews.
     *
     * @param instances of a finalist
     */
    public long trainings(int instances) {
        long trainings = eliminations.stream().mapToLong(Elimination::iteration).sum();
        return switch (next) {
            case Next.Done(List<Ranked> finalists, _) ->
                    trainings + (long) finalists.size() * instances;
            case Next.Train _ -> throw new IllegalStateException("the race is not over.");
        };
    }

    public Selection {
        eliminations = List.copyOf(eliminations);
    }
}
