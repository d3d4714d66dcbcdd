package dev.mettle.core.study;

/**
 * The data do not fit the study. The message is for the user: where, what was found, what is
 * allowed, what to try.
 */
public final class DataException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String key;

    /**
     * Takes the study's key that names the offending thing ({@code file}, {@code input}, {@code
     * target}, {@code features}, {@code validation} ... of the section {@code data}) and the
     * message.
     */
    public DataException(String key, String message) {
        super(message);
        this.key = key;
    }

    /** Returns the key of the section {@code data} to which the message belongs. */
    public String key() {
        return key;
    }
}
