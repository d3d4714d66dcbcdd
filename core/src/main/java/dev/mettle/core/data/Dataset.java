package dev.mettle.core.data;

import java.util.List;

/**
 * All rows of a study's data, in memory, in their natural units. Immutable by agreement: the arrays
 * are shared with every thread and never copied, so nobody writes to them.
 */
public final class Dataset {
    private final Shape inputShape;
    private final float[] inputs;
    private final List<String> featureNames;
    private final float[] features;
    private final double[] targets;
    private final String checksum;

    /**
     * Keeps the arrays given, without a copy.
     *
     * @param inputShape shape of one row's input
     * @param inputs finite; shape [rows, inputShape.size()], row after row
     * @param featureNames one name per feature, possibly none
     * @param features finite; shape [rows, featureNames.size()], row after row
     * @param targets finite; one per row, in the target's own unit
     * @param checksum SHA-256 of the file and of everything chosen from it, in hexadecimal
     */
    public Dataset(
            Shape inputShape,
            float[] inputs,
            List<String> featureNames,
            float[] features,
            double[] targets,
            String checksum) {
        this.inputShape = inputShape;
        this.inputs = inputs;
        this.featureNames = List.copyOf(featureNames);
        this.features = features;
        this.targets = targets;
        this.checksum = checksum;
        requireLength("inputs", inputs.length, (long) targets.length * inputShape.size());
        requireLength("features", features.length, (long) targets.length * featureNames.size());
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
        return targets.length;
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

    /** Returns the shared targets, one per row, in their own unit; not to be written. */
    public double[] targets() {
        return targets;
    }

    /** Returns the SHA-256 checksum of the data, in hexadecimal. */
    public String checksum() {
        return checksum;
    }
}
