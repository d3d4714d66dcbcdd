package dev.mettle.data;

/**
 * A {@code .npy} member is not what Mettle reads. The message says what was found and what to try,
 * not where.
 */
final class NpyFormatException extends Exception {
    private static final long serialVersionUID = 1;

    NpyFormatException(String message) {
        super(message);
    }
}
