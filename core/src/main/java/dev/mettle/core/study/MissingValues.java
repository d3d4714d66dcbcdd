package dev.mettle.core.study;

/** What happens to values of a file that are not there. */
public enum MissingValues {
    /** They are mistakes. */
    ERROR,
    /** Rows in which one is missing are left out, before the rows are split. */
    DROP,
    /**
     * Numbers of tables and features become the mean of the instance's own sample, categories get a
     * code of their own; a missing target is a mistake.
     */
    IMPUTE
}
