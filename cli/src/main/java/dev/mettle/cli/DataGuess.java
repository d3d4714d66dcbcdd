package dev.mettle.cli;

import dev.mettle.core.study.DataException;
import dev.mettle.data.DataArray;
import dev.mettle.data.DataFile;
import dev.mettle.data.Texts;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * What a study of a file's arrays probably is about.
 *
 * @param file as the study names it
 * @param input name of the input array, or names of columns
 * @param shape of the input: rows first, then one to three axes
 * @param target name of the array to predict
 * @param classes number of classes where the target holds labels or texts; empty for a regression
 * @param logarithmic whether the target is positive and spans more than a factor of ten
 * @param others arrays with one number per row that are neither
 * @param categories columns of texts that are not the target
 * @param misses whether a value of input or target is missing
 */
record DataGuess(
        String file,
        List<String> input,
        List<Long> shape,
        String target,
        Optional<Integer> classes,
        boolean logarithmic,
        List<String> others,
        List<String> categories,
        boolean misses) {
    private static final List<String> TARGETS =
            List.of("target", "targets", "label", "labels", "class", "classes", "energy", "y");

    /** Names of columns that number the rows. */
    private static final List<String> NUMBERS = List.of("id", "index", "row", "no", "nr", "key");

    private static final int MOST_AXES = 4;
    private static final int MOST_CLASSES = 100;

    /** A class must have more rows than this on average, or whole numbers are no labels. */
    private static final int ROWS_OF_A_CLASS = 20;

    private static final long FEWEST_ROWS = 20;
    private static final double SPAN = 10;

    /** Takes the lists unmodifiable. */
    DataGuess {
        input = List.copyOf(input);
        shape = List.copyOf(shape);
        others = List.copyOf(others);
        categories = List.copyOf(categories);
    }

    /**
     * Looks into a file.
     *
     * @param seen its path as the study names it
     * @param wanted the target, if the user named one
     * @throws UserException when no array can be an input, or none a target
     */
    static DataGuess of(DataFile file, String seen, @Nullable String wanted) {
        List<DataArray> arrays = readable(file);
        Optional<DataArray> large =
                arrays.stream()
                        .filter(array -> array.shape().size() >= 2 && !isColumn(array))
                        .filter(array -> array.shape().size() <= MOST_AXES)
                        .max(Comparator.comparingLong(DataArray::count));
        List<DataArray> columns = arrays.stream().filter(DataGuess::isColumn).toList();
        if (large.isEmpty() && columns.size() < 2) {
            throw new UserException(noInput(file));
        }
        DataArray first = large.orElseGet(columns::getFirst);
        long rows = first.shape().getFirst();
        if (rows < FEWEST_ROWS) {
            throw new UserException(
                    "%s: %s has %d rows; a study needs at least %d."
                            .formatted(file.path(), first.describe(), rows, FEWEST_ROWS));
        }
        List<DataArray> equal =
                columns.stream().filter(array -> array.shape().getFirst() == rows).toList();
        // the last column of a table is its target, if no name says it
        DataArray target = target(file, large.isPresent() ? equal : equal.reversed(), rows, wanted);
        List<DataArray> rest = equal.stream().filter(array -> array != target).toList();
        return large.isPresent()
                ? guess(seen, List.of(large.get()), large.get().shape(), target, rest)
                : ofColumns(file, seen, rows, target, rest);
    }

    private static DataGuess ofColumns(
            DataFile file, String seen, long rows, DataArray target, List<DataArray> rest) {
        List<DataArray> inputs = rest.stream().filter(DataGuess::isInput).toList();
        if (inputs.isEmpty()) {
            throw new UserException(noInput(file));
        }
        return guess(seen, inputs, List.of(rows, (long) inputs.size()), target, rest);
    }

    private static boolean isInput(DataArray column) {
        return !isText(column) && !NUMBERS.contains(column.name().toLowerCase(Locale.ROOT));
    }

    private static DataGuess guess(
            String seen,
            List<DataArray> inputs,
            List<Long> shape,
            DataArray target,
            List<DataArray> rest) {
        double[] values = values(target);
        OptionalInt classes =
                target.texts().isPresent()
                        ? OptionalInt.of(target.texts().get().names().size())
                        : classes(values);
        boolean misses =
                Arrays.stream(values).anyMatch(Double::isNaN)
                        || inputs.stream().anyMatch(DataGuess::misses);
        return new DataGuess(
                seen,
                inputs.stream().map(DataArray::name).toList(),
                shape,
                target.name(),
                classes.isPresent() ? Optional.of(classes.getAsInt()) : Optional.empty(),
                classes.isEmpty() && spansDecades(values),
                names(rest.stream().filter(array -> !inputs.contains(array) && !isText(array))),
                names(rest.stream().filter(DataGuess::isCategory)),
                misses);
    }

    private static List<String> names(Stream<DataArray> arrays) {
        return arrays.map(DataArray::name).toList();
    }

    private static boolean misses(DataArray array) {
        for (float value : array.toFloats()) {
            if (Float.isNaN(value)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isText(DataArray array) {
        try {
            return array.texts().isPresent();
        } catch (DataException _) {
            return true; // too many different ones
        }
    }

    private static boolean isCategory(DataArray array) {
        try {
            return array.texts().isPresent()
                    && array.texts().get().names().size() <= array.count() / ROWS_OF_A_CLASS;
        } catch (DataException _) {
            return false;
        }
    }

    /** Returns the numbers, or the codes of the texts; NaN for a missing one. */
    private static double[] values(DataArray array) {
        Optional<Texts> texts = array.texts();
        return texts.isEmpty()
                ? array.toDoubles()
                : Arrays.stream(texts.get().codes())
                        .mapToDouble(code -> code == Texts.MISSING ? Double.NaN : code)
                        .toArray();
    }

    private static List<DataArray> readable(DataFile file) {
        List<DataArray> arrays = new ArrayList<>();
        for (String name : file.names()) {
            try {
                arrays.add(file.array("file", name));
            } catch (DataException _) {
                // Texts and records are no arrays of numbers; others may be.
            }
        }
        return arrays;
    }

    private static boolean isColumn(DataArray array) {
        List<Long> shape = array.shape();
        return shape.size() == 1 || shape.size() == 2 && shape.get(1) == 1;
    }

    private static String noInput(DataFile file) {
        return "%s has no array that could be an input, of shape (n, d), (n, height, width) or (n, channels, height, width), nor several columns; it has %s."
                .formatted(file.path(), file.listing());
    }

    private static DataArray target(
            DataFile file, List<DataArray> columns, long rows, @Nullable String wanted) {
        if (wanted != null) {
            return columns.stream()
                    .filter(array -> array.name().equals(wanted))
                    .findFirst()
                    .orElseThrow(() ->
                            new UserException(
                                    "%s has no array '%s' of %d numbers; it has %s."
                                            .formatted(file.path(), wanted, rows, file.listing())));
        }
        return columns.stream()
                .filter(array -> !isText(array) || isCategory(array))
                .min(Comparator.comparingInt(DataGuess::rank)) // the first of equal ones
                .orElseThrow(() ->
                        new UserException(
                                "%s has no array of %d numbers that could be a target; it has %s."
                                        .formatted(file.path(), rows, file.listing())));
    }

    private static int rank(DataArray array) {
        int index = TARGETS.indexOf(array.name().toLowerCase(Locale.ROOT));
        return index < 0 ? TARGETS.size() : index;
    }

    /** Returns the number of classes of labels 0, 1, ..., all of which occur; empty for others. */
    private static OptionalInt classes(double[] values) {
        double most = Arrays.stream(values).filter(v -> !Double.isNaN(v)).max().orElse(-1);
        if (!(most >= 1
                && most < MOST_CLASSES
                && most < values.length / (double) ROWS_OF_A_CLASS)) {
            return OptionalInt.empty();
        }
        boolean[] seen = new boolean[(int) most + 1];
        for (double value : values) {
            if (Double.isNaN(value)) {
                continue; // is missing
            }
            if (!(value >= 0) || value != Math.rint(value)) {
                return OptionalInt.empty();
            }
            seen[(int) value] = true;
        }
        for (boolean one : seen) {
            if (!one) {
                return OptionalInt.empty();
            }
        }
        return OptionalInt.of(seen.length);
    }

    private static boolean spansDecades(double[] values) {
        double least = Arrays.stream(values).filter(v -> !Double.isNaN(v)).min().orElse(0);
        double most = Arrays.stream(values).filter(v -> !Double.isNaN(v)).max().orElse(0);
        return least > 0 && most > SPAN * least;
    }

    /** Returns the number of rows. */
    long rows() {
        return shape.getFirst();
    }

    /** Tells whether a convolution makes sense of the input: it has a height and a width. */
    boolean isImage() {
        return shape.size() > 2;
    }

    /** Returns the smaller side of an image. */
    long side() {
        return Math.min(shape.get(shape.size() - 1), shape.get(shape.size() - 2));
    }

    /** Says what was found, for the user. */
    String described() {
        return "%s of %s from %s, %,d rows"
                .formatted(
                        classes.map(count -> "classification into %d classes".formatted(count))
                                .orElse("regression"),
                        target,
                        input.size() == 1 ? input.getFirst() : "%d columns".formatted(input.size()),
                        rows());
    }
}
