package dev.mettle.core.study;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What a study computes from the columns of its data before anything else: SQL expressions, each of
 * which sees one row at a time.
 *
 * @param where condition of the rows that stay; empty: all
 * @param columns names of new columns, with their expressions, in the order of the study
 */
public record Expressions(Optional<String> where, SequencedMap<String, String> columns) {
    /** Nothing is computed. */
    public static final Expressions NONE =
            new Expressions(Optional.empty(), new LinkedHashMap<>(Map.of()));

    public Expressions {
        columns = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(columns));
    }

    /** Tells whether nothing is computed. */
    public boolean isEmpty() {
        return where.isEmpty() && columns.isEmpty();
    }
}
