package dev.mettle.tables;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;

/**
 * DuckDB in memory, locked: no files, no network, no extensions, one thread, bounded memory; and
 * none of that can be changed by a statement.
 */
final class SqlEngine implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Whole rows are moved in and out in pieces, so little is needed. */
    private static final String MEMORY = "1GB";

    private static final String BEFORE = "SELECT (\n";
    private static final String AFTER = "\n)";

    /** Types of the numbers and texts that an expression is made of. */
    private static final String TYPES =
            "['TINYINT', 'SMALLINT', 'INTEGER', 'BIGINT', 'HUGEINT', 'UTINYINT', 'USMALLINT',"
                    + " 'UINTEGER', 'UBIGINT', 'UHUGEINT', 'FLOAT', 'DOUBLE', 'DECIMAL', 'BOOLEAN',"
                    + " 'VARCHAR', 'ANY']";

    /** Makes texts of any length, or is there for the engine itself. */
    private static final Set<String> EXCLUDED =
            Set.of("repeat", "lpad", "rpad", "bar", "format", "printf", "typeof", "version");

    /** Defined by the engine in terms of the others: a choice, or a remainder. */
    private static final Set<String> DEFINED = Set.of("if", "nullif", "fmod");

    private final DuckDBConnection connection;
    private final Set<String> functions = new HashSet<>();

    private SqlEngine(DuckDBConnection connection) {
        this.connection = connection;
    }

    /** Starts an engine. */
    static SqlEngine start() throws SQLException {
        Properties settings = new Properties();
        settings.setProperty("threads", "1");
        settings.setProperty("memory_limit", MEMORY);
        settings.setProperty("enable_external_access", "false");
        settings.setProperty("autoinstall_known_extensions", "false");
        settings.setProperty("autoload_known_extensions", "false");
        settings.setProperty("allow_community_extensions", "false");
        settings.setProperty("temp_directory", "");
        if (!(new DuckDBDriver().connect("jdbc:duckdb:", settings)
                instanceof DuckDBConnection connection)) {
            throw new SQLException("the driver gives no connection of its own");
        }
        SqlEngine engine = new SqlEngine(connection);
        engine.execute("SET lock_configuration = true");
        engine.readFunctions();
        return engine;
    }

    /**
     * Functions of numbers and texts that depend on nothing but them. What is an aggregate, too,
     * could not be told from one.
     */
    private void readFunctions() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet names =
                        statement.executeQuery(
                                """
                                SELECT DISTINCT function_name FROM duckdb_functions()
                                WHERE function_type = 'scalar' AND stability = 'CONSISTENT'
                                AND list_contains(%1$s, return_type) AND list_has_all(%1$s, parameter_types)
                                AND function_name NOT IN (SELECT function_name FROM duckdb_functions()
                                    WHERE function_type IN ('aggregate', 'window')
                                    OR stability <> 'CONSISTENT')
                                AND NOT starts_with(function_name, '__')
                                AND NOT starts_with(function_name, 'icu_')
                                AND NOT contains(function_name, 'json')\
                                """
                                        .formatted(TYPES))) {
            while (names.next()) {
                functions.add(names.getString(1));
            }
        }
        functions.removeAll(EXCLUDED);
        functions.addAll(DEFINED);
    }

    /** Returns the names of the functions that an expression may use. */
    Set<String> functions() {
        return functions;
    }

    DuckDBConnection connection() {
        return connection;
    }

    /**
     * Returns the one query that an expression is looked at and computed in: what is no expression
     * does not fit between its parentheses.
     */
    static String select(String expression) {
        return BEFORE + expression + AFTER;
    }

    /** Returns the place in an expression, from 0, of a place in its query. */
    static long within(long position) {
        return position - BEFORE.length();
    }

    /** Returns the syntax tree of a statement, or the description of its error. */
    JsonNode parse(String sql) throws SQLException {
        try (PreparedStatement parser =
                connection.prepareStatement(
                        "SELECT json_serialize_sql(?::VARCHAR, skip_empty := true, skip_null :="
                                + " true)::VARCHAR")) {
            parser.setString(1, sql);
            try (ResultSet result = parser.executeQuery()) {
                result.next();
                return JSON.readTree(String.valueOf(result.getString(1)));
            }
        } catch (JsonProcessingException e) {
            throw new SQLException("it is nested too deeply", e);
        }
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Ends the engine with all that is in it. */
    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException _) {
            // Nothing in it is needed any more.
        }
    }
}
