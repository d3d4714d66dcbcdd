package dev.mettle.core.study;

import dev.mettle.core.data.Shape;

import java.util.Set;

/**
 * Features that are computed from the input rather than read from the file: a port for the modules
 * that know physics.
 */
public interface DerivedFeatures {
    /** Returns the names this port can compute. */
    Set<String> names();

    /**
     * Computes one feature for every row.
     *
     * @param feature its name (one of {@link #names()}) and options
     * @param inputs shape [rows, shape.size()], row after row; not written
     * @param shape shape of one row
     * @return one finite value per row
     * @throws IllegalArgumentException when the input's shape does not allow the feature, with a
     *     message for the user
     */
    float[] compute(FeatureSettings feature, float[] inputs, Shape shape);
}
