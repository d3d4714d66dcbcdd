package dev.mettle.ledger;

import dev.mettle.ledger.LedgerException.Kind;

import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import org.sqlite.SQLiteOpenMode;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;

/**
 * Connections to a ledger file. The file itself is never opened but by SQLite: a descriptor that
 * Java closes would free SQLite's locks on it (POSIX frees all locks of a process on a file when
 * any of its descriptors is closed).
 */
final class Database {
    /** How long a statement waits for another process. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private Database() {}

    /** Opens a file that does not exist yet, or an empty one. */
    static Connection create(Path file) throws SQLException {
        Connection connection = connect(file, "", SQLiteOpenMode.READWRITE, SQLiteOpenMode.CREATE);
        execute(connection, "PRAGMA synchronous = FULL");
        return connection;
    }

    /** Opens a file for the writer, before anything in it is looked at; changes nothing. */
    static Connection openToWrite(Path file) throws SQLException {
        requireFile(file);
        return connect(file, "", SQLiteOpenMode.READWRITE);
    }

    /**
     * Opens a file to read only; works beside a writer, after a kill, and in a directory that is
     * read-only.
     */
    static Connection openToRead(Path file) throws SQLException {
        requireFile(file);
        boolean writable = Files.isWritable(Failures.directory(file));
        boolean log = Files.exists(file.resolveSibling(file.getFileName() + "-wal"));
        if (immutable(writable, log)) {
            return openImmutable(file);
        }
        Connection connection = connect(file, "", SQLiteOpenMode.READONLY);
        try {
            execute(connection, "SELECT count(*) FROM sqlite_schema");
            return connection;
        } catch (SQLException e) {
            connection.close();
            if (!writable || !isHotJournal(e)) {
                throw e;
            }
        }
        // A process was killed inside a commit. As every SQLite program would, undo it; that takes
        // the right to write.
        try (Connection healer = openToWrite(file)) {
            execute(healer, "SELECT count(*) FROM sqlite_schema");
        }
        return connect(file, "", SQLiteOpenMode.READONLY);
    }

    /** Opens a file that nobody writes, without any lock. */
    static Connection openImmutable(Path file) throws SQLException {
        return connect(file, "?immutable=1", SQLiteOpenMode.READONLY);
    }

    /**
     * Tells whether a file is to be read without locks: SQLite cannot lock a file in WAL mode where
     * it may not create its -shm file. Where a -wal file is, somebody else may be writing, or was
     * killed: then never.
     */
    static boolean immutable(boolean directoryWritable, boolean logExists) {
        return !directoryWritable && !logExists;
    }

    /** Sets the writer's modes and returns the journal mode that SQLite accepted. */
    static JournalMode prepareToWrite(Connection connection, JournalMode wanted)
            throws SQLException {
        if (wanted == JournalMode.DELETE) {
            execute(
                    connection,
                    "PRAGMA locking_mode = EXCLUSIVE"); // reads a WAL that a local disk left,
            // without -shm
        }
        String got = text(connection, "PRAGMA journal_mode = " + wanted);
        if (wanted == JournalMode.DELETE) {
            execute(connection, "PRAGMA locking_mode = NORMAL");
        }
        execute(
                connection,
                "SELECT count(*) FROM sqlite_schema"); // only now is a lock freed, or the log
        // opened
        execute(connection, "PRAGMA synchronous = FULL");
        execute(connection, "PRAGMA foreign_keys = ON");
        return "wal".equals(got) ? JournalMode.WAL : JournalMode.DELETE;
    }

    /** Runs a statement and drops its result. */
    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeQuery(sql).getString(1);
        }
    }

    private static boolean isHotJournal(SQLException e) {
        return e instanceof SQLiteException sqlite
                && (sqlite.getResultCode() == SQLiteErrorCode.SQLITE_READONLY_ROLLBACK
                        || sqlite.getResultCode() == SQLiteErrorCode.SQLITE_READONLY_RECOVERY
                        || sqlite.getResultCode() == SQLiteErrorCode.SQLITE_CANTOPEN);
    }

    private static void requireFile(Path file) {
        if (Files.isDirectory(file)) {
            throw new LedgerException(
                    Kind.NOT_A_LEDGER,
                    "%s is not a ledger of Mettle: it is a directory.".formatted(file));
        }
        if (!Files.exists(file)) {
            throw new LedgerException(Kind.MISSING, "there is no ledger at %s.".formatted(file));
        }
    }

    private static Connection connect(Path file, String query, SQLiteOpenMode... modes)
            throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout((int) PATIENCE.toMillis());
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        config.resetOpenMode(SQLiteOpenMode.READWRITE);
        for (SQLiteOpenMode mode : modes) {
            config.setOpenMode(mode);
        }
        config.setOpenMode(SQLiteOpenMode.OPEN_URI);
        Properties properties = config.toProperties();
        // As a URI, because the driver takes what follows a question mark in a plain path for
        // settings.
        return JDBC.createConnection(
                "jdbc:sqlite:file:" + file.toAbsolutePath().toUri().getRawPath() + query,
                properties);
    }
}
