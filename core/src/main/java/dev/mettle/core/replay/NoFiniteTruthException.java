package dev.mettle.core.replay;

/** Nobody can be judged: every candidate has a failed instance. */
public final class NoFiniteTruthException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NoFiniteTruthException() {
        super("every candidate has a failed instance, so none has a finite true mean.");
    }
}
