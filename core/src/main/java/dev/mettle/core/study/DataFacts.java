package dev.mettle.core.study;

import dev.mettle.core.data.Shape;

/**
 * What a study must know of its data to be checked.
 *
 * @param input shape of one row's input
 * @param rows number of rows
 */
public record DataFacts(Shape input, int rows) {}
