package dev.mettle.data;

import dev.mettle.core.study.DataException;

import java.util.List;
import java.util.Set;

/** Where no engine for expressions is at hand. */
final class NoExpressions implements RowExpressions {
    static final RowExpressions NONE = new NoExpressions();

    private NoExpressions() {}

    @Override
    public Set<String> columns(Expression expression) {
        throw new DataException(expression.key(), "SQL expressions can't be computed here.");
    }

    @Override
    public double[] compute(Expression expression, List<Column> columns, int rows) {
        throw new DataException(expression.key(), "SQL expressions can't be computed here.");
    }

    @Override
    public void close() {}
}
