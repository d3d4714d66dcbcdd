package dev.mettle.core.study;

import java.util.function.Supplier;

/**
 * The sequence of Sobol', points that fill the unit cube evenly: a port, so that the study model
 * needs no table of direction numbers.
 */
public interface SobolSequence {
    /** Returns the most coordinates that a point may have. */
    int mostCoordinates();

    /**
     * Returns the points from the first one (0, 0, ...) on, in Gray code order; each call starts
     * anew.
     *
     * @param coordinates of each point, 1 to {@link #mostCoordinates()}
     * @return each call another point, an array of its own, of multiples of 2⁻⁵² in [0, 1)
     */
    Supplier<double[]> points(int coordinates);
}
