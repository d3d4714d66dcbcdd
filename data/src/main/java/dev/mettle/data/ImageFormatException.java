package dev.mettle.data;

/**
 * An image is not what Mettle reads. The message says what was found and what to try, not where.
 */
final class ImageFormatException extends Exception {
    private static final long serialVersionUID = 1;

    ImageFormatException(String message) {
        super(message);
    }
}
