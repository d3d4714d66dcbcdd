package dev.mettle.core.study;

/** What kind of {@link dev.mettle.core.data.Task} a study names. */
public enum TaskKind {
    /** Targets are numbers. */
    REGRESSION,
    /** The target is a class. */
    CLASSIFICATION
}
