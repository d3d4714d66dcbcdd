package dev.mettle.data;

import dev.mettle.core.data.Task;
import dev.mettle.core.study.DataException;
import dev.mettle.core.study.ScaleKind;
import dev.mettle.core.study.TargetSettings;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The targets of all rows, checked, and what they make the task. */
final class Targets {
    private static final String KEY = "target";

    private final Task task;
    private final double[] values;

    private Targets(Task task, double[] values) {
        this.task = task;
        this.values = values;
    }

    /**
     * Reads and checks targets.
     *
     * @param arrays one number per row each, in the order of the settings
     * @param where what messages call an array
     */
    static Targets of(
            TargetSettings settings,
            List<? extends DataArray> arrays,
            Function<String, Location> where) {
        return switch (settings) {
            case TargetSettings.Regression regression -> regression(regression, arrays, where);
            case TargetSettings.Classification(String name, List<String> classes) ->
                    classification(name, classes, arrays.getFirst(), where.apply(name));
        };
    }

    Task task() {
        return task;
    }

    /** Returns [rows, targets], row after row. */
    double[] values() {
        return values;
    }

    private static Targets regression(
            TargetSettings.Regression settings,
            List<? extends DataArray> arrays,
            Function<String, Location> where) {
        int count = arrays.size();
        int rows = (int) arrays.getFirst().count();
        if ((long) rows * count > Integer.MAX_VALUE) {
            throw new DataException(
                    KEY, "%d targets of %d rows are too many.".formatted(count, rows));
        }
        double[] values = new double[rows * count];
        for (int t = 0; t < count; t++) {
            TargetSettings.Column column = settings.columns().get(t);
            double[] one = numbers(arrays.get(t), column.scale(), where.apply(column.name()));
            for (int row = 0; row < rows; row++) {
                values[row * count + t] = one[row];
            }
        }
        return new Targets(new Task.Regression(settings.names()), values);
    }

    private static double[] numbers(DataArray array, ScaleKind scale, Location where) {
        double[] values = array.toDoubles();
        if (scale == ScaleKind.LOG) {
            Checks.finite(KEY, where, i -> values[i], values.length, List.of());
            Checks.positive(KEY, where, i -> values[i], values.length);
        } else {
            // Networks see targets in single precision, and scales square them.
            Checks.finite(KEY, where, i -> (float) values[i], values.length, List.of());
        }
        Checks.varied(KEY, where, values);
        return values;
    }

    private static Targets classification(
            String name, List<String> named, DataArray array, Location where) {
        Optional<Texts> texts = array.texts();
        if (texts.isPresent()) {
            return classes(name, named, texts.get(), where);
        }
        double[] labels = array.toDoubles();
        int classes = Labels.classes(labels, named, where);
        return new Targets(
                new Task.Classification(
                        name, named.isEmpty() ? Task.Classification.numbered(classes) : named),
                labels);
    }

    /** Takes texts as classes: in the order that the study names, or sorted. */
    private static Targets classes(String name, List<String> named, Texts texts, Location where) {
        double[] labels = texts.toDoubles();
        Checks.present(KEY, where, labels);
        Checks.varied(KEY, where, labels);
        if (named.isEmpty()) {
            return new Targets(new Task.Classification(name, texts.names()), labels);
        }
        double[] ordered = new double[labels.length];
        for (int row = 0; row < labels.length; row++) {
            String text = texts.names().get((int) labels[row]);
            ordered[row] = named.indexOf(text);
            if (ordered[row] < 0) {
                throw new DataException(
                        KEY,
                        "%s: '%s' is none of the classes that the study names: %s.%s"
                                .formatted(
                                        where.row(row),
                                        text,
                                        String.join(", ", named),
                                        NearestName.question(text, named)));
            }
        }
        return new Targets(new Task.Classification(name, named), ordered);
    }
}
