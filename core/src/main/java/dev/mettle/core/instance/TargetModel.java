package dev.mettle.core.instance;

import dev.mettle.core.data.Sample;

import java.util.SequencedMap;

/** A model of one target of a regression that is no network. Safe for several threads. */
public interface TargetModel {
    /** Returns its name, such as "ridge regression"; models of one kind share it. */
    String name();

    /** Fits on the rows of a sample, and on nothing else. */
    Fitted fit(Sample sample);

    /** A model with its constants. Safe for several threads. */
    interface Fitted {
        /** Returns the prediction for a row, after the target's transform. */
        double predict(int row);

        /** Returns the constants that have a meaning of their own, by name; possibly none. */
        SequencedMap<String, Double> constants();
    }
}
