package dev.mettle.core.instance;

import dev.mettle.core.data.Sample;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * A model that is no network, fitted on an instance's own sample and evaluated like a candidate. It
 * has no initial weights, so all of its spread comes from the samples. Safe for several threads.
 */
public interface Baseline {
    /** Returns the name that reports show, such as "calibrated energy sum". */
    String name();

    /**
     * Fits on the sample, and on nothing else, and evaluates on held-out rows, with the loss and
     * the unit of a network's instances.
     *
     * @param heldOut row numbers
     */
    Fit fit(Sample sample, int[] heldOut);

    /**
     * What one fit gave.
     *
     * @param evaluation on the held-out rows
     * @param constants those that have a meaning of their own, by name, in the order in which they
     *     are shown; possibly none
     */
    record Fit(Evaluation evaluation, SequencedMap<String, Double> constants) {
        public Fit {
            constants = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(constants));
        }
    }
}
