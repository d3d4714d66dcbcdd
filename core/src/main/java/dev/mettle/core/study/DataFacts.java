package dev.mettle.core.study;

import dev.mettle.core.data.Shape;
import dev.mettle.core.data.Task;

/**
 * What the rest of a study is checked against.
 *
 * @param input shape of one row's input
 * @param rows number of rows in the file
 * @param task what is to be predicted; its classes, where the study names none, are those of the
 *     file
 */
public record DataFacts(Shape input, int rows, Task task) {}
