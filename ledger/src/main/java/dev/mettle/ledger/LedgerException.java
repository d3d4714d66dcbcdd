package dev.mettle.ledger;

/**
 * A ledger cannot be opened, read or written. The message is for the user: which file, what is
 * wrong, what to try.
 */
public final class LedgerException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** What is wrong, for callers that react to it. */
    public enum Kind {
        /** There is no such file. */
        MISSING,
        /** A file of that name is there already. */
        EXISTS,
        /** The file is something else. */
        NOT_A_LEDGER,
        /** Another version of Mettle wrote it, with a schema that this one does not read. */
        OTHER_VERSION,
        /** The file was changed by something else than SQLite. */
        DAMAGED,
        /** Another process holds it. */
        IN_USE,
        /** The disk is full. */
        FULL,
        /** Missing rights, or a read-only file system. */
        NOT_WRITABLE,
        /**
         * What is to be recorded contradicts the ledger or the contract of its types: a defect of
         * the caller.
         */
        REFUSED,
        /** Anything else. */
        FAILED
    }

    private final Kind kind;

    LedgerException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    LedgerException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** Returns what is wrong. */
    public Kind kind() {
        return kind;
    }
}
