package dev.mettle.core.instance;

import dev.mettle.core.data.Sample;

/**
 * A classical reconstruction, fitted on an instance's own sample and evaluated like a candidate.
 * Safe for several threads.
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
}
