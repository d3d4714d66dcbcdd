package dev.mettle.core.instance;

import dev.mettle.core.data.Series;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * How well a trained model does on held-out rows.
 *
 * @param loss mean loss over the rows, in the unit of the target (ln units for {@code scale: log})
 * @param lossByBlock mean loss in each of {@value #BLOCKS} fixed random blocks of the rows; fewer
 *     when there are fewer rows
 * @param metrics further numbers by name, in the order in which they are shown
 */
public record Evaluation(double loss, Series lossByBlock, SequencedMap<String, Double> metrics) {
    /** Number of blocks of held-out rows. */
    public static final int BLOCKS = 20;

    public Evaluation {
        metrics = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(metrics));
    }
}
