package dev.mettle.core.instance;

import dev.mettle.core.data.Sample;

import java.util.SequencedMap;

/**
 * A model that is no network, fitted on an instance's own sample and evaluated like a candidate. It
 * has no initial weights, so all of its spread comes from the samples. Safe for several threads.
 */
public interface Baseline {
    /** Returns the name that reports show, such as "calibrated energy sum". */
    String name();

    /**
     * Fits on the sample and evaluates on held-out rows, with the loss and the unit of a network's
     * instances.
     *
     * @param heldOut row numbers
     */
    Evaluation evaluate(Sample sample, int[] heldOut);

    /**
     * Fits on the sample and returns the constants that have a meaning of their own, by name, in
     * the order in which they are shown; possibly none.
     */
    SequencedMap<String, Double> constants(Sample sample);
}
