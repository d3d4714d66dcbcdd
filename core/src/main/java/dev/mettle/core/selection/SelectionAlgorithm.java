package dev.mettle.core.selection;

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

    /** Returns the greatest number of instances of the race per candidate. */
    int instances();
}
