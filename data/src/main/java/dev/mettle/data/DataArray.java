package dev.mettle.data;

import dev.mettle.core.study.DataException;

import java.util.List;
import java.util.Optional;

/**
 * One array of an {@link ArraySource}. Its shape is known from the start; the numbers are read or
 * made when they are asked for.
 */
public interface DataArray {
    /** Returns the name of the array. */
    String name();

    /** Returns the sizes of the axes; none for a single number. */
    List<Long> shape();

    /** Returns the number of values: the product of the sizes. */
    long count();

    /** Returns the shape as Python writes it, such as (19000, 15, 15). */
    String shapeText();

    /** Returns name, shape and type for a message, such as "cells (19000, 15, 15) int16". */
    String describe();

    /**
     * Returns all values, the last index running fastest, each rounded to the nearest float
     * (infinite beyond 3.4·10³⁸); not to be written.
     *
     * @throws DataException when they can't be had
     */
    float[] toFloats();

    /**
     * Returns all values, the last index running fastest. Exact, but for 64-bit integers beyond
     * 2⁵³.
     *
     * @throws DataException when they can't be had
     */
    double[] toDoubles();

    /**
     * Returns the values as texts; empty when they are numbers. An array of texts has no numbers.
     *
     * @throws DataException when there are too many different ones
     */
    default Optional<Texts> texts() {
        return Optional.empty();
    }

    /**
     * As {@link #texts()}, where it does not matter how many of them differ.
     *
     * @throws DataException when they can't be had
     */
    default Optional<Texts> manyTexts() {
        return texts();
    }

    /** Returns the exception for something wrong with this array, for the key that asked for it. */
    DataException problem(String message);
}
