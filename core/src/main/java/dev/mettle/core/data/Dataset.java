package dev.mettle.core.data;

import java.util.List;
import java.util.Optional;

/**
 * All rows of a study's data, in memory, in their natural units. Immutable by agreement: the arrays
 * are shared with every thread and never copied, so nobody writes to them.
 */
public final class Dataset {
    private final Shape inputShape;
    private final float[] inputs;
    private final List<String> featureNames;
    private final float[] features;
    private final Categories categories;
    private final Task task;
    private final double[] targets;
    private final int rows;
    private final String checksum;
    private final Optional<RowGroups> groups;

    /** As the other constructor, without categorical columns. */
    public Dataset(
            Shape inputShape,
            float[] inputs,
            List<String> featureNames,
            float[] features,
            Task task,
            double[] targets,
            String checksum) {
        this(inputShape, inputs, featureNames, features, Categories.NONE, task, targets, checksum);
    }

    /**
     * Keeps the arrays given, without a copy.
     *
     * @param inputShape shape of one row's input
     * @param inputs shape [rows, inputShape.size()], row after row; finite, or NaN for a missing
     *     one that scales fill in
     * @param featureNames one name per feature, possibly none
     * @param features shape [rows, featureNames.size()], row after row; as the inputs
     * @param categories of as many rows
     * @param task what is to be predicted
     * @param targets finite; shape [rows, task.targetCount()], row after row: in each target's own
     *     unit, or the label of a classification, a whole number from 0
     * @param checksum SHA-256 of the file and of everything chosen from it, in hexadecimal
     */
    public Dataset(
            Shape inputShape,
            float[] inputs,
            List<String> featureNames,
            float[] features,
            Categories categories,
            Task task,
            double[] targets,
            String checksum) {
        this(
                inputShape,
                inputs,
                featureNames,
                features,
                categories,
                task,
                targets,
                checksum,
                Optional.empty());
    }

    private Dataset(
            Shape inputShape,
            float[] inputs,
            List<String> featureNames,
            float[] features,
            Categories categories,
            Task task,
            double[] targets,
            String checksum,
            Optional<RowGroups> groups) {
        this.inputShape = inputShape;
        this.inputs = inputs;
        this.featureNames = List.copyOf(featureNames);
        this.features = features;
        this.categories = categories;
        this.task = task;
        this.targets = targets;
        this.checksum = checksum;
        this.groups = groups;
        this.rows = targets.length / task.targetCount();
        requireLength("targets", targets.length, (long) rows * task.targetCount());
        requireLength("inputs", inputs.length, (long) rows * inputShape.size());
        requireLength("features", features.length, (long) rows * featureNames.size());
        requireLength(
                "categories", categories.codes().length, (long) rows * categories.columnCount());
    }

    /** Returns the same data, whose rows belong together as that says; nothing is copied. */
    public Dataset with(RowGroups rowGroups) {
        if (rowGroups.rows() != rows) {
            throw new IllegalArgumentException(
                    "groups of %d rows are not for %d.".formatted(rowGroups.rows(), rows));
        }
        return new Dataset(
                inputShape,
                inputs,
                featureNames,
                features,
                categories,
                task,
                targets,
                checksum,
                Optional.of(rowGroups));
    }

    private static void requireLength(String what, long length, long expected) {
        if (length != expected) {
            throw new IllegalArgumentException(
                    "%s hold %d values where the shape asks for %d."
                            .formatted(what, length, expected));
        }
    }

    /** Returns the number of rows. */
    public int rows() {
        return rows;
    }

    /** Returns the shape of one row's input. */
    public Shape inputShape() {
        return inputShape;
    }

    /** Returns the shared inputs, [rows, inputShape.size()]; not to be written. */
    public float[] inputs() {
        return inputs;
    }

    /** Returns the names of the features, in the order of their columns. */
    public List<String> featureNames() {
        return featureNames;
    }

    /** Returns the number of features of a row, possibly 0. */
    public int featureCount() {
        return featureNames.size();
    }

    /** Returns the shared features, [rows, featureCount]; not to be written. */
    public float[] features() {
        return features;
    }

    /** Returns the categorical columns, possibly none. */
    public Categories categories() {
        return categories;
    }

    /** Returns what is to be predicted. */
    public Task task() {
        return task;
    }

    /**
     * Returns the shared targets, [rows, task.targetCount()], row after row, in their own units;
     * not to be written.
     */
    public double[] targets() {
        return targets;
    }

    /** Returns one target of one row, in its own unit. */
    public double target(int row, int index) {
        return targets[row * task.targetCount() + index];
    }

    /** Returns which rows belong together; empty when each stands for itself. */
    public Optional<RowGroups> groups() {
        return groups;
    }

    /** Returns the SHA-256 checksum of the data, in hexadecimal. */
    public String checksum() {
        return checksum;
    }
}
