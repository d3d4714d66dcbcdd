package dev.mettle.core.selection;

import java.util.List;

/**
 * A selection algorithm: a pure function of the loss table. It sees neither clocks nor the order in
 * which instances finish, so resume is replay, and any algorithm can be run on a recorded table.
 */
public interface SelectionAlgorithm {
    /**
     * Returns the eliminations that the table implies and what is next. Does not change the table.
     */
    Selection select(LossTable table);

    /** Returns the greatest number of trainings it can ask for. */
    long trainingsAtMost();

    /** Tells whether it asks for exactly that number, whatever the losses are. */
    boolean isCountExact();

    /**
     * Returns its rounds where they are few and known beforehand, but for candidates that are let
     * in again; empty for other algorithms.
     */
    default List<Round> rounds() {
        return List.of();
    }

    /**
     * Returns how many of the trainings are previews, which train on fewer rows.
     *
     * @param finalists at the race's end
     */
    default long previews(int finalists) {
        return 0;
    }

    /** Returns the smallest number of finalists; all others are dropped. */
    int fewestFinalists();

    /** Returns the greatest number of instances of the race per candidate. */
    int instances();
}
