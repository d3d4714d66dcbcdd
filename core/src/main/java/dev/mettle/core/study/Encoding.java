package dev.mettle.core.study;

import java.util.List;

/** How a column of few different values becomes numbers of the input. */
public sealed interface Encoding {
    /** Most different values of a column that is encoded one-hot. */
    int MOST = 1_000;

    /** A column for each different value, 1 in the rows that have it and 0 in all others. */
    record OneHot() implements Encoding {}

    /**
     * The place of the value in an order: 0, 1, ...
     *
     * @param order all values that rows may have, at least two, each once
     */
    record Ordinal(List<String> order) implements Encoding {
        public Ordinal {
            order = List.copyOf(order);
            if (order.size() < 2 || order.stream().distinct().count() < order.size()) {
                throw new IllegalArgumentException("an order needs two different values.");
            }
        }
    }
}
