package dev.mettle.core.study;

/** What happens to rows of the pool that are equal to a held-out row. */
public enum LeakPolicy {
    /** They are counted, and the user is told. */
    REPORT,
    /** They are taken out of the pool. */
    DROP,
    /** They are a mistake. */
    ERROR
}
