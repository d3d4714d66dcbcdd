package dev.mettle.tables;

import dev.mettle.core.study.DataException;
import dev.mettle.data.RowExpressions;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/**
 * SQL expressions over the rows of a table, computed by DuckDB in memory. Each expression is parsed
 * first, and only what {@link SqlSyntax} knows to be a function of the values of one row is ever
 * computed. The engine has no access to files, network, extensions or settings. It is started when
 * the first expression is checked. Not safe for use by several threads.
 */
public final class SqlExpressions implements RowExpressions {
    private @Nullable SqlEngine engine;

    private SqlEngine engine() throws SQLException {
        if (engine == null) {
            engine = SqlEngine.start();
        }
        return engine;
    }

    @Override
    public Set<String> columns(Expression expression) {
        try {
            SqlEngine started = engine();
            return new SqlSyntax(expression, started.functions())
                    .columns(started.parse(SqlEngine.select(expression.text())));
        } catch (SQLException e) {
            throw failure(expression, e);
        }
    }

    @Override
    public double[] compute(Expression expression, List<Column> columns, int rows) {
        columns(expression); // nothing is computed that was not found right
        try {
            return new SqlTable(engine(), expression, columns).compute(rows);
        } catch (SQLException e) {
            throw failure(expression, e);
        }
    }

    /** Returns the exception for what the engine would not do. */
    static DataException failure(Expression expression, SQLException cause) {
        String message = String.valueOf(cause.getMessage());
        String first =
                message.lines()
                        .filter(line -> !line.isBlank() && !line.startsWith("LINE "))
                        .findFirst()
                        .orElse("");
        return new DataException(
                expression.key(),
                "the SQL expression of '%s' can't be computed: %s. It is: %s"
                        .formatted(
                                expression.name(),
                                shortened(first.replaceAll("[.\\s]+$", ""), 300),
                                shortened(expression.text(), 100)));
    }

    static String shortened(String text, int most) {
        String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return line.length() > most ? line.substring(0, most - 3) + "..." : line;
    }

    /** Ends the engine, if it was started. */
    @Override
    public void close() {
        if (engine != null) {
            engine.close();
            engine = null;
        }
    }
}
