package dev.mettle.data;

import dev.mettle.core.data.Shape;

import java.util.List;

/**
 * The arrays that a study names; their shapes are checked, their numbers are not read yet.
 *
 * @param input of {@code rows} rows
 * @param shape of a row of it
 * @param targets one value per row each, in the order of the study
 * @param features those among the features that are arrays, one number per row each
 * @param categories one code or text per row each
 * @param split by which rows are held out, one value per row each
 */
record StudyArrays(
        DataArray input,
        Shape shape,
        List<DataArray> targets,
        List<DataArray> features,
        List<DataArray> categories,
        List<DataArray> split) {
    StudyArrays {
        targets = List.copyOf(targets);
        features = List.copyOf(features);
        categories = List.copyOf(categories);
        split = List.copyOf(split);
    }

    int rows() {
        return (int) (long) input.shape().getFirst();
    }

    /** Returns the columns of the input where it is made of some, or the input. */
    List<DataArray> inputs() {
        return input instanceof ColumnTable table ? table.columns() : List.of(input);
    }

    /** Returns the arrays without the other rows. */
    StudyArrays keeping(int[] rows) {
        return new StudyArrays(
                input instanceof ColumnTable table
                        ? new ColumnTable(keeping(table.columns(), rows))
                        : new KeptRows(input, rows),
                shape,
                keeping(targets, rows),
                keeping(features, rows),
                keeping(categories, rows),
                keeping(split, rows));
    }

    private static List<DataArray> keeping(List<DataArray> arrays, int[] rows) {
        return arrays.stream().<DataArray>map(array -> new KeptRows(array, rows)).toList();
    }
}
