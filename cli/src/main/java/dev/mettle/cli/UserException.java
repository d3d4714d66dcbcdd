package dev.mettle.cli;

/**
 * The user's input is wrong: exit code 2. The message says where, what was found, what is allowed
 * and what to try.
 */
final class UserException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UserException(String message) {
        super(message);
    }
}
