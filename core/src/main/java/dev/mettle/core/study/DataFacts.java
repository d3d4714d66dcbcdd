package dev.mettle.core.study;

import dev.mettle.core.data.Categories;
import dev.mettle.core.data.Shape;
import dev.mettle.core.data.Task;

import java.util.List;

/**
 * What the rest of a study is checked against.
 *
 * @param input shape of one row's input
 * @param rows number of rows that are used
 * @param task what is to be predicted; its classes, where the study names none, are those of the
 *     file
 * @param categories the categorical columns, in the order of the study; how many codes one has,
 *     where the study does not say it, is known from the file
 * @param notes what a user should know of how they were read
 */
public record DataFacts(
        Shape input, int rows, Task task, List<Categories.Column> categories, List<String> notes) {
    public DataFacts {
        categories = List.copyOf(categories);
        notes = List.copyOf(notes);
    }

    /** Facts of data of which there is nothing to say. */
    public DataFacts(Shape input, int rows, Task task, List<Categories.Column> categories) {
        this(input, rows, task, categories, List.of());
    }

    /** Facts of data without categorical columns. */
    public DataFacts(Shape input, int rows, Task task) {
        this(input, rows, task, List.of());
    }
}
