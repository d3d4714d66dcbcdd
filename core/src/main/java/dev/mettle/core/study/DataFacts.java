package dev.mettle.core.study;

import dev.mettle.core.data.Categories;
import dev.mettle.core.data.Partition;
import dev.mettle.core.data.Shape;
import dev.mettle.core.data.Task;

import java.util.List;
import java.util.Optional;

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
 * @param parts of the rows, where it is known which are held out
 */
public record DataFacts(
        Shape input,
        int rows,
        Task task,
        List<Categories.Column> categories,
        List<String> notes,
        Optional<Parts> parts) {
    /**
     * Sizes of the parts of a data set.
     *
     * @param pool rows that one may train on
     * @param validation rows that choices look at
     * @param test rows that only the certificate looks at
     */
    public record Parts(long pool, int validation, int test) {
        /** Returns the sizes of a partition. */
        public static Parts of(Partition partition) {
            return new Parts(
                    partition.pool().length,
                    partition.validation().length,
                    partition.test().length);
        }
    }

    public DataFacts {
        categories = List.copyOf(categories);
        notes = List.copyOf(notes);
    }

    /** Facts of data of which there is nothing to say. */
    public DataFacts(Shape input, int rows, Task task, List<Categories.Column> categories) {
        this(input, rows, task, categories, List.of(), Optional.empty());
    }

    /** Facts of data without categorical columns. */
    public DataFacts(Shape input, int rows, Task task) {
        this(input, rows, task, List.of());
    }

    /** Returns the same facts with other notes. */
    public DataFacts noting(List<String> others) {
        return new DataFacts(input, rows, task, categories, others, parts);
    }
}
