package dev.mettle.ledger;

import dev.mettle.ledger.LedgerException.Kind;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The versions of the schema. Script i (from 1) takes a file of version i - 1 to version i; an
 * empty file is version 0. The version is SQLite's {@code user_version}; {@code application_id}
 * tells a ledger from files of other programs.
 */
final class Schema {
    /** "Metl" in ASCII. */
    static final int APPLICATION_ID = 0x4D65746C;

    private static final int VERSION = 6;

    private final List<String> scripts;

    /** Takes the scripts, oldest first. */
    Schema(List<String> scripts) {
        this.scripts = List.copyOf(scripts);
    }

    /** Returns the schema of this version of Mettle. */
    static Schema current() {
        return new Schema(
                IntStream.rangeClosed(1, VERSION)
                        .mapToObj(version -> resource("schema-%d.sql".formatted(version)))
                        .toList());
    }

    /** Returns the text of a script. */
    static String resource(String name) {
        try (InputStream stream = Schema.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("resource %s is missing.".formatted(name));
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes an empty file a ledger of this version. Ends in autocommit mode. */
    void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("PRAGMA application_id = " + APPLICATION_ID);
        }
        upgrade(connection);
    }

    /** Runs the scripts that a file lacks, each in a transaction. Ends in autocommit mode. */
    void upgrade(Connection connection) throws SQLException {
        for (int version = number(connection, "PRAGMA user_version");
                version < scripts.size();
                version++) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.executeUpdate(scripts.get(version)); // runs all statements of the script
                statement.executeUpdate("PRAGMA user_version = " + (version + 1));
                connection.commit();
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }

    /** Refuses what is not a ledger, or one of a newer Mettle. */
    void requireLedger(Connection connection, Path file) throws SQLException {
        int version = number(connection, "PRAGMA user_version");
        if (number(connection, "PRAGMA application_id") != APPLICATION_ID) {
            throw new LedgerException(
                    Kind.NOT_A_LEDGER,
                    "%s is not a ledger of Mettle: it is %s."
                            .formatted(file, other(connection, file)));
        }
        if (version > scripts.size()) {
            throw new LedgerException(
                    Kind.OTHER_VERSION,
                    """
                    %s was written by a newer Mettle (schema %d; this one reads up to %d). Use that version or a later one.\
                    """
                            .formatted(file, version, scripts.size()));
        }
    }

    /**
     * Says what a file is that SQLite reads but that is no ledger; SQLite takes a file of one byte
     * for an empty one.
     */
    private static String other(Connection connection, Path file) throws SQLException {
        if (file.toFile().length() == 0) {
            return "empty";
        }
        boolean tables = number(connection, "SELECT count(*) FROM sqlite_schema") > 0;
        return tables ? "an SQLite file of another program" : "no SQLite file with tables";
    }

    /** Refuses a ledger that would have to be upgraded. */
    void requireCurrent(Connection connection, Path file) throws SQLException {
        int version = number(connection, "PRAGMA user_version");
        if (version < scripts.size()) {
            throw new LedgerException(
                    Kind.OTHER_VERSION,
                    """
                    %s was written by an older Mettle (schema %d; this one reads %d).
                    Upgrade it (or a copy) by giving its `mettle run` command again.\
                    """
                            .formatted(file, version, scripts.size()));
        }
    }

    private static int number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeQuery(sql).getInt(1);
        }
    }
}
