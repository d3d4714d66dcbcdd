package dev.mettle.core.study;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the rows come from and how they are split and scaled.
 *
 * @param source a file, or a simulation
 * @param splitSeed fixes pool, validation and test, apart from the study's seed
 * @param input name of the input array, or the names of several columns, which are its columns
 * @param layout what the input's axes mean; empty: an array of one or two axes is a table, of three
 *     or four an image
 * @param inputScale {@code none}, {@code standard} or {@code asinh}; one constant for a whole
 *     array, one per column of a table
 * @param target arrays of the targets, with their scales or classes
 * @param features in the order in which {@code concat} appends them
 * @param categories columns that embeddings may name
 * @param encodings of columns of the input, by their names
 * @param missing what happens to missing values
 * @param expressions new columns, and which rows stay
 * @param heldOut which rows are held out
 */
public record DataSettings(
        DataSource source,
        long splitSeed,
        List<String> input,
        Optional<InputLayout> layout,
        ScaleKind inputScale,
        TargetSettings target,
        List<FeatureSettings> features,
        List<CategorySettings> categories,
        Map<String, Encoding> encodings,
        MissingValues missing,
        Expressions expressions,
        HeldOutSettings heldOut) {
    /** Seed of the split when the study names none. */
    public static final long DEFAULT_SPLIT_SEED = 1;

    public DataSettings {
        input = List.copyOf(input);
        features = List.copyOf(features);
        categories = List.copyOf(categories);
        encodings = Map.copyOf(encodings);
        if (input.isEmpty()) {
            throw new IllegalArgumentException("there must be an input.");
        }
    }

    /** Settings of data that are taken as they are. */
    public DataSettings(
            DataSource source,
            long splitSeed,
            List<String> input,
            Optional<InputLayout> layout,
            ScaleKind inputScale,
            TargetSettings target,
            List<FeatureSettings> features,
            List<CategorySettings> categories,
            MissingValues missing,
            HeldOutSettings heldOut) {
        this(
                source,
                splitSeed,
                input,
                layout,
                inputScale,
                target,
                features,
                categories,
                Map.of(),
                missing,
                Expressions.NONE,
                heldOut);
    }

    /** Settings of data of which random rows are held out. */
    public DataSettings(
            DataSource source,
            long splitSeed,
            List<String> input,
            Optional<InputLayout> layout,
            ScaleKind inputScale,
            TargetSettings target,
            List<FeatureSettings> features,
            List<CategorySettings> categories,
            MissingValues missing,
            int validation,
            int test) {
        this(
                source,
                splitSeed,
                input,
                layout,
                inputScale,
                target,
                features,
                categories,
                missing,
                new HeldOutSettings(validation, test));
    }

    /** Settings of data in which no value may be missing. */
    public DataSettings(
            DataSource source,
            long splitSeed,
            List<String> input,
            Optional<InputLayout> layout,
            ScaleKind inputScale,
            TargetSettings target,
            List<FeatureSettings> features,
            List<CategorySettings> categories,
            int validation,
            int test) {
        this(
                source,
                splitSeed,
                input,
                layout,
                inputScale,
                target,
                features,
                categories,
                MissingValues.ERROR,
                validation,
                test);
    }

    /**
     * Settings of data without categorical columns, whose input's axes mean what they usually do.
     */
    public DataSettings(
            DataSource source,
            long splitSeed,
            String input,
            ScaleKind inputScale,
            TargetSettings target,
            List<FeatureSettings> features,
            int validation,
            int test) {
        this(
                source,
                splitSeed,
                List.of(input),
                Optional.empty(),
                inputScale,
                target,
                features,
                List.of(),
                validation,
                test);
    }

    /** Returns the same settings with other held-out rows. */
    public DataSettings with(HeldOutSettings other) {
        return new DataSettings(
                source,
                splitSeed,
                input,
                layout,
                inputScale,
                target,
                features,
                categories,
                missing,
                other);
    }

    /** Returns which rows are held out. */
    public SplitSettings split() {
        return heldOut.split();
    }

    /** Settings of rows that come from a file, {@code file} being its path. */
    public DataSettings(
            String file,
            long splitSeed,
            String input,
            ScaleKind inputScale,
            TargetSettings target,
            List<FeatureSettings> features,
            int validation,
            int test) {
        this(
                new DataSource.File(file),
                splitSeed,
                input,
                inputScale,
                target,
                features,
                validation,
                test);
    }
}
