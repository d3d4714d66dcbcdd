package dev.mettle.cli;

import dev.mettle.core.study.DataException;
import dev.mettle.data.DataArray;
import dev.mettle.data.Texts;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What an array of a file holds.
 *
 * @param name of the array
 * @param shape as Python writes it
 * @param type of its values, NumPy's name of it, or text
 * @param content numbers, texts, or why it can't be read
 * @param first its first values: of a column one per row, else those of the first row
 */
record ArrayProfile(String name, String shape, String type, Content content, List<String> first) {
    private static final int MOST_FIRST = 5;
    private static final int MOST_TEXTS = 3;

    /** Larger numbers are written with a power of ten. */
    private static final double WHOLE = 1e12;

    /** What the values are. */
    sealed interface Content {}

    /**
     * Numbers.
     *
     * @param least of those that are there and finite, as are the others; NaN if there are none
     * @param missing how many are NaN
     * @param infinite how many are infinite
     */
    record Numeric(double least, double most, double mean, long missing, long infinite)
            implements Content {}

    /**
     * Texts.
     *
     * @param different how many there are
     * @param frequent the most frequent ones, with their counts
     * @param missing how many rows have none
     */
    record Textual(int different, List<String> frequent, long missing) implements Content {}

    /** What can't be read, and why. */
    record Unreadable(String reason) implements Content {}

    /** Looks at all values of an array. */
    static ArrayProfile of(DataArray array) {
        String type =
                array.describe()
                        .substring((array.name() + " " + array.shapeText()).length())
                        .strip();
        try {
            return array.texts().isPresent()
                    ? texts(array, type, array.texts().get())
                    : numbers(array, type);
        } catch (DataException e) {
            return new ArrayProfile(
                    array.name(),
                    array.shapeText(),
                    type,
                    new Unreadable(e.getMessage() == null ? "" : e.getMessage()),
                    List.of());
        }
    }

    /** Returns what stands for an array of which not even the shape is known. */
    static ArrayProfile unreadable(String name, DataException problem) {
        return new ArrayProfile(
                name, "", "", new Unreadable(String.valueOf(problem.getMessage())), List.of());
    }

    private static ArrayProfile texts(DataArray array, String type, Texts texts) {
        int[] counts = new int[texts.names().size()];
        long missing = 0;
        for (int code : texts.codes()) {
            if (code == Texts.MISSING) {
                missing++;
            } else {
                counts[code]++;
            }
        }
        List<String> frequent =
                IntStream.range(0, counts.length)
                        .boxed()
                        .sorted(Comparator.comparingInt(code -> -counts[code]))
                        .limit(MOST_TEXTS)
                        .map(code -> "%s %,d".formatted(texts.names().get(code), counts[code]))
                        .toList();
        List<String> first =
                Arrays.stream(texts.codes())
                        .limit(MOST_FIRST)
                        .mapToObj(code -> code == Texts.MISSING ? "" : texts.names().get(code))
                        .toList();
        Textual content = new Textual(counts.length, frequent, missing);
        return new ArrayProfile(array.name(), array.shapeText(), type, content, first);
    }

    private static ArrayProfile numbers(DataArray array, String type) {
        // a column is small, and its numbers may need all their digits
        double[] values = array.shape().size() < 2 ? array.toDoubles() : widened(array.toFloats());
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        double sum = 0;
        long missing = 0;
        long infinite = 0;
        for (double value : values) {
            if (Double.isNaN(value)) {
                missing++;
            } else if (Double.isInfinite(value)) {
                infinite++;
            } else {
                least = Math.min(least, value);
                most = Math.max(most, value);
                sum += value;
            }
        }
        long finite = values.length - missing - infinite;
        double none = Double.NaN;
        Numeric content =
                new Numeric(
                        finite > 0 ? least : none,
                        finite > 0 ? most : none,
                        finite > 0 ? sum / finite : none,
                        missing,
                        infinite);
        return new ArrayProfile(array.name(), array.shapeText(), type, content, first(values));
    }

    private static double[] widened(float[] floats) {
        double[] doubles = new double[floats.length];
        for (int i = 0; i < floats.length; i++) {
            doubles[i] = floats[i];
        }
        return doubles;
    }

    private static List<String> first(double[] values) {
        List<String> first = new ArrayList<>();
        for (int i = 0; i < Math.min(MOST_FIRST, values.length); i++) {
            first.add(written(values[i]));
        }
        return first;
    }

    /** Returns a number with all its digits. */
    static String written(double value) {
        return Math.abs(value) < WHOLE && value == Math.rint(value)
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
