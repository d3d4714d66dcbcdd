package dev.mettle.ledger;

import dev.mettle.ledger.LedgerException.Kind;

import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Objects;

/** Messages for users, made from what SQLite and the file system report. */
final class Failures {
    private Failures() {}

    /** Returns the directory of a file. */
    static Path directory(Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file has a directory");
    }

    /** Returns what a failed SQL statement means. */
    static LedgerException of(Path file, SQLException e) {
        SQLiteErrorCode code =
                e instanceof SQLiteException sqlite
                        ? sqlite.getResultCode()
                        : SQLiteErrorCode.UNKNOWN_ERROR;
        Kind kind = kind(code.name());
        String message =
                switch (kind) {
                    case NOT_A_LEDGER ->
                            "%s is not a ledger of Mettle: it is no SQLite file.".formatted(file);
                    case DAMAGED -> damaged(file, code.name());
                    case FULL -> full(file);
                    case NOT_WRITABLE ->
                            """
                            %s cannot be opened or written (%s).
                            Check the rights of the file and its directory, or whether the disk is mounted read-only.\
                            """
                                    .formatted(file, code.name());
                    case IN_USE ->
                            """
                            another program holds a lock on %s (%s). Close SQLite shells and browsers that have it open.\
                            """
                                    .formatted(file, code.name());
                    default -> "%s cannot be read or written: %s.".formatted(file, e.getMessage());
                };
        return new LedgerException(kind, message, e);
    }

    /** Returns what an operating-system error at creating or locking means. */
    static LedgerException notWritable(Path file, IOException e) {
        if (String.valueOf(e.getMessage()).contains("No space left")) {
            return new LedgerException(Kind.FULL, full(file), e);
        }
        return new LedgerException(
                Kind.NOT_WRITABLE,
                """
                %s cannot be written: %s (%s).
                Check the rights of the directory, or write elsewhere with --out DIR.\
                """
                        .formatted(file, e.getMessage(), e.getClass().getSimpleName()),
                e);
    }

    private static String full(Path file) {
        return """
        the disk of %s is full. Make room and give the same command again: \
        all but the last moments is kept.\
        """
                .formatted(directory(file));
    }

    /** Returns the message for content that only something else than Mettle can have written. */
    static LedgerException damaged(Path file, Exception cause) {
        return new LedgerException(
                Kind.DAMAGED, damaged(file, String.valueOf(cause.getMessage())), cause);
    }

    private static String damaged(Path file, String detail) {
        return """
        %s is damaged (%s).
        Restore a backup, or save what can be saved: sqlite3 %s .recover | sqlite3 recovered.sqlite\
        """
                .formatted(file, detail, file.getFileName());
    }

    private static Kind kind(String code) {
        if (code.startsWith("SQLITE_CORRUPT")) {
            return Kind.DAMAGED;
        }
        if (code.startsWith("SQLITE_BUSY")
                || code.startsWith("SQLITE_LOCKED")
                || code.startsWith("SQLITE_PROTOCOL")) {
            return Kind.IN_USE;
        }
        if (code.startsWith("SQLITE_READONLY")
                || code.startsWith("SQLITE_CANTOPEN")
                || code.equals("SQLITE_PERM")) {
            return Kind.NOT_WRITABLE;
        }
        return switch (code) {
            case "SQLITE_NOTADB" -> Kind.NOT_A_LEDGER;
            case "SQLITE_FULL" -> Kind.FULL;
            default -> Kind.FAILED;
        };
    }
}
