package dev.mettle.core.study;

/**
 * The user's description of a candidate fits none, or more than one. The message is for the user.
 */
public final class CandidateChoiceException extends RuntimeException {
    private static final long serialVersionUID = 1;

    CandidateChoiceException(String message) {
        super(message);
    }
}
