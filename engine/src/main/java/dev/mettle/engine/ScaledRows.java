package dev.mettle.engine;

import dev.mettle.core.data.Categories;
import dev.mettle.core.data.Dataset;
import dev.mettle.core.data.Sample;
import dev.mettle.core.data.Scale;

import java.util.Arrays;
import java.util.List;

/**
 * Rows of a data set as a network sees them: gathered and scaled. Buffers grow and are used again.
 */
final class ScaledRows {
    private static final int REMEMBERED_BITS = 13;
    private static final int REMEMBERED = 1 << REMEMBERED_BITS;
    private static final int HASH = 0x9E3779B9;

    /** Bits of NaN: of a missing input. */
    private static final int NO_INPUT = 0x7FC00000;

    private float[] inputs = new float[0];
    private float[] features = new float[0];
    private int[] codes = new int[0];
    private float[] targets = new float[0];
    private int count;
    private int inputSize;
    private int featureCount;
    private List<Categories.Column> codeColumns = List.of();
    private int targetCount;

    /** Gathers {@code rows} and scales them with the scales of {@code sample}. */
    void fill(Dataset data, int[] rows, Sample sample) {
        count = rows.length;
        inputSize = data.inputShape().size();
        featureCount = data.featureCount();
        inputs = grown(inputs, Math.multiplyExact(count, inputSize));
        features = grown(features, Math.multiplyExact(count, featureCount));
        targetCount = data.task().targetCount();
        targets = grown(targets, Math.multiplyExact(count, targetCount));
        gather(data.inputs(), inputSize, rows, sample.inputScales(), inputs);
        gather(data.features(), featureCount, rows, sample.featureScales(), features);
        gatherCodes(data.categories(), rows);
        for (int t = 0; t < targetCount; t++) {
            Scale scale = sample.targetScales().get(t);
            for (int i = 0; i < count; i++) {
                targets[i * targetCount + t] = (float) scale.apply(data.target(rows[i], t));
            }
        }
    }

    private void gatherCodes(Categories categories, int[] rows) {
        codeColumns = categories.columns();
        int length = Math.multiplyExact(count, codeColumns.size());
        codes = codes.length >= length ? codes : new int[length];
        for (int i = 0; i < length; i++) {
            codes[i] = categories.code(rows[i / codeColumns.size()], i % codeColumns.size());
        }
    }

    /** One scale stands for all columns, or each column has its own. */
    private static void gather(
            float[] from, int columns, int[] rows, List<Scale> scales, float[] to) {
        if (columns == 0) {
            return;
        }
        if (scales.size() == 1 && scales.getFirst().transform() == Scale.Transform.IDENTITY) {
            gatherLinear(from, columns, rows, scales.getFirst(), to);
            return;
        }
        if (scales.size() == 1) {
            gatherRemembered(from, columns, rows, scales.getFirst(), to);
            return;
        }
        Scale[] each = new Scale[columns];
        for (int d = 0; d < columns; d++) {
            each[d] = scales.get(d);
        }
        for (int i = 0; i < rows.length; i++) {
            for (int d = 0; d < columns; d++) {
                to[i * columns + d] = (float) each[d].apply(from[rows[i] * columns + d]);
            }
        }
    }

    /** The same numbers as {@link Scale#apply}, without a call for each. */
    private static void gatherLinear(
            float[] from, int columns, int[] rows, Scale scale, float[] to) {
        double mean = scale.mean();
        double deviation = scale.deviation();
        float missing = (float) scale.missing();
        for (int i = 0; i < rows.length; i++) {
            int read = rows[i] * columns;
            int write = i * columns;
            for (int d = 0; d < columns; d++) {
                float x = from[read + d];
                to[write + d] = Float.isNaN(x) ? missing : (float) ((x - mean) / deviation);
            }
        }
    }

    /**
     * The same numbers as {@link Scale#apply}, each computed once as long as no other value takes
     * its place: images hold the same few values (0, small counts) again and again, and a logarithm
     * takes fifty times as long as looking it up.
     */
    private static void gatherRemembered(
            float[] from, int columns, int[] rows, Scale scale, float[] to) {
        int[] known = new int[REMEMBERED];
        float[] scaled = new float[REMEMBERED];
        Arrays.fill(known, NO_INPUT);
        Arrays.fill(scaled, (float) scale.missing());
        for (int i = 0; i < rows.length; i++) {
            for (int d = 0; d < columns; d++) {
                float x = from[rows[i] * columns + d];
                int bits = Float.floatToIntBits(x);
                int place = (bits * HASH) >>> (Integer.SIZE - REMEMBERED_BITS);
                if (known[place] != bits) {
                    known[place] = bits;
                    scaled[place] = (float) scale.apply(x);
                }
                to[i * columns + d] = scaled[place];
            }
        }
    }

    private static float[] grown(float[] buffer, int length) {
        return buffer.length >= length ? buffer : new float[length];
    }

    /** Returns the number of rows. */
    int count() {
        return count;
    }

    /** Returns the inputs, [row][value]. */
    float[] inputs() {
        return inputs;
    }

    /** Returns the values of one row's input. */
    int inputSize() {
        return inputSize;
    }

    /** Returns the features, [row][feature]. */
    float[] features() {
        return features;
    }

    /** Returns the number of features. */
    int featureCount() {
        return featureCount;
    }

    /** Returns the codes of categorical columns, [row][column]. */
    int[] codes() {
        return codes;
    }

    /** Returns the number of categorical columns. */
    int codeColumns() {
        return codeColumns.size();
    }

    /**
     * Returns the place of a categorical column.
     *
     * @param most codes that it may have
     * @throws IllegalArgumentException when there is none with so few codes
     */
    int codeColumn(String name, int most) {
        for (int c = 0; c < codeColumns.size(); c++) {
            Categories.Column column = codeColumns.get(c);
            if (column.name().equals(name) && column.count() <= most) {
                return c;
            }
        }
        throw new IllegalArgumentException(
                "the data have no categorical column '%s' of at most %d codes: %s."
                        .formatted(name, most, codeColumns));
    }

    /** Returns the targets, [row][target]. */
    float[] targets() {
        return targets;
    }

    /** Returns the number of a row's targets. */
    int targetCount() {
        return targetCount;
    }
}
