package dev.mettle.data;

import dev.mettle.core.study.DataException;

import java.util.List;
import java.util.Set;

/**
 * Evaluates SQL expressions over the rows of a table, each row by itself: a port, so that the
 * engine that does it can live in a module of its own.
 */
public interface RowExpressions extends AutoCloseable {
    /** What an expression must give. */
    enum Kind {
        /** A number or a truth value, for a new column. */
        NUMBER,
        /** A truth value, for the rows that stay. */
        CONDITION
    }

    /**
     * An expression of a study.
     *
     * @param key the study's key that holds it, for messages
     * @param name of the new column, or {@code where}
     * @param text in SQL
     * @param kind what it must give
     */
    record Expression(String key, String name, String text, Kind kind) {}

    /**
     * A column that an expression names: numbers, NaN where one is missing, or texts.
     *
     * @param name as the expression writes it
     * @param array whose numbers or texts are read
     */
    record Column(String name, DataArray array) {}

    /**
     * Checks an expression and returns the names of the columns that it reads, at least one.
     *
     * @throws DataException when it can't be read, or is anything else than a function of the
     *     values of one row: with a sum over rows, a query, a name of a file, the time or a random
     *     number the values of a row would hang on something else
     */
    Set<String> columns(Expression expression);

    /**
     * Computes an expression that {@link #columns} found right.
     *
     * @param columns those that it reads, of {@code rows} values each
     * @return a value for each row: a condition is 1 or 0, a number that is NULL or not finite, or
     *     can't be computed, is NaN
     * @throws DataException when its parts don't fit together, or it gives something else
     */
    double[] compute(Expression expression, List<Column> columns, int rows);

    /** Ends the engine. */
    @Override
    void close();
}
