package dev.mettle.tables;

import dev.mettle.core.study.DataException;
import dev.mettle.data.DataArray;
import dev.mettle.data.RowExpressions.Column;
import dev.mettle.data.RowExpressions.Expression;
import dev.mettle.data.RowExpressions.Kind;
import dev.mettle.data.Texts;

import org.duckdb.DuckDBAppender;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Computes one expression: its columns go into a table in memory, some rows at a time, and its
 * values come out in the same order. That a row's value depends on that row alone was checked
 * before, so the pieces change nothing.
 */
final class SqlTable {
    /** Rows of a piece: the unit in which DuckDB keeps tables. */
    private static final int PIECE = 122_880;

    private static final String NAME = "\"the rows\"";
    private static final Set<String> TEXTS = Set.of("VARCHAR");
    private static final Set<String> NUMBERS =
            Set.of(
                    "TINYINT",
                    "SMALLINT",
                    "INTEGER",
                    "BIGINT",
                    "HUGEINT",
                    "UTINYINT",
                    "USMALLINT",
                    "UINTEGER",
                    "UBIGINT",
                    "UHUGEINT",
                    "FLOAT",
                    "DOUBLE",
                    "BOOLEAN");

    private final SqlEngine engine;
    private final Expression expression;
    private final List<String> names = new ArrayList<>();
    private final List<Values> columns = new ArrayList<>();

    /** Numbers, NaN where one is missing, or texts. */
    private sealed interface Values {
        record Numbers(double[] values) implements Values {}

        record Words(Texts texts) implements Values {}
    }

    /** Reads the columns. */
    SqlTable(SqlEngine engine, Expression expression, List<Column> columns) {
        this.engine = engine;
        this.expression = expression;
        for (Column column : columns) {
            names.add(column.name());
            this.columns.add(values(column.array()));
        }
    }

    private static Values values(DataArray array) {
        Optional<Texts> texts = array.texts();
        return texts.isPresent()
                ? new Values.Words(texts.get())
                : new Values.Numbers(array.toDoubles());
    }

    /** Returns a value for each row; see {@link dev.mettle.data.RowExpressions#compute}. */
    double[] compute(int rows) throws SQLException {
        createTable();
        try {
            requireType();
            double[] result = new double[rows];
            for (int from = 0; from < rows; from += PIECE) {
                int count = Math.min(PIECE, rows - from);
                fill(from, count);
                read(result, from, count);
                engine.execute("TRUNCATE " + NAME);
            }
            return result;
        } finally {
            engine.execute("DROP TABLE IF EXISTS " + NAME);
        }
    }

    private void createTable() throws SQLException {
        List<String> written = new ArrayList<>();
        for (int c = 0; c < names.size(); c++) {
            String type = columns.get(c) instanceof Values.Words ? "VARCHAR" : "DOUBLE";
            written.add("\"%s\" %s".formatted(names.get(c).replace("\"", "\"\""), type));
        }
        engine.execute(
                "CREATE OR REPLACE TEMP TABLE %s (%s)"
                        .formatted(NAME, written.stream().collect(Collectors.joining(", "))));
    }

    /** What comes out must be a number, or of a condition a truth value. */
    private void requireType() throws SQLException {
        String type;
        String query = SqlEngine.select(expression.text()) + " FROM " + NAME + " LIMIT 0";
        try (Statement statement = engine.connection().createStatement();
                ResultSet none = statement.executeQuery(query)) {
            type = none.getMetaData().getColumnTypeName(1);
        }
        boolean condition = expression.kind() == Kind.CONDITION;
        boolean right =
                condition
                        ? type.equals("BOOLEAN")
                        : NUMBERS.contains(type) || type.startsWith("DECIMAL");
        if (!right) {
            throw new DataException(
                    expression.key(),
                    "'%s' gives %s, where %s is needed."
                            .formatted(
                                    SqlExpressions.shortened(expression.text(), 100),
                                    TEXTS.contains(type) ? "a text" : "values of type " + type,
                                    condition ? "a condition, such as age >= 18," : "a number"));
        }
    }

    private void fill(int from, int count) throws SQLException {
        try (DuckDBAppender appender =
                engine.connection().createAppender("temp", "main", NAME.replace("\"", ""))) {
            for (int row = from; row < from + count; row++) {
                appender.beginRow();
                for (Values column : columns) {
                    append(appender, column, row);
                }
                appender.endRow();
            }
        }
    }

    private static void append(DuckDBAppender appender, Values column, int row)
            throws SQLException {
        switch (column) {
            case Values.Numbers(double[] values) -> {
                if (Double.isNaN(values[row])) {
                    appender.appendNull();
                } else {
                    appender.append(values[row]);
                }
            }
            case Values.Words(Texts texts) -> {
                int code = texts.codes()[row];
                if (code == Texts.MISSING) {
                    appender.appendNull();
                } else {
                    appender.append(texts.names().get(code));
                }
            }
        }
    }

    private void read(double[] result, int from, int count) throws SQLException {
        // TRY: a row in which it fails, such as by a number out of range, has no value
        String query = "SELECT TRY(CAST((\n" + expression.text() + "\n) AS DOUBLE)) FROM " + NAME;
        try (Statement statement = engine.connection().createStatement();
                ResultSet values = statement.executeQuery(query)) {
            for (int row = from; row < from + count; row++) {
                if (!values.next()) {
                    throw new SQLException("there are fewer results than rows");
                }
                double value = values.getDouble(1);
                boolean isNumber = !values.wasNull() && Float.isFinite((float) value);
                result[row] = isNumber ? value : Double.NaN;
            }
            if (values.next()) {
                throw new SQLException("there are more results than rows");
            }
        }
    }
}
