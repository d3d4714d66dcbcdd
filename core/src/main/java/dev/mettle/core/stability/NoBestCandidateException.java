package dev.mettle.core.stability;

/** There is nothing to choose: the criterion of every candidate is infinite. */
public final class NoBestCandidateException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NoBestCandidateException() {
        super("the criterion of every candidate is infinite, so none is the best.");
    }
}
