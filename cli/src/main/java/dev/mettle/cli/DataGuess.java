package dev.mettle.cli;

import dev.mettle.core.study.DataException;
import dev.mettle.data.DataArray;
import dev.mettle.data.DataFile;
import dev.mettle.data.DataFiles;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a study of an archive's arrays probably is about.
 *
 * @param file as the study names it
 * @param input name of the input array
 * @param shape of the input array: rows first, then one to three axes
 * @param target name of the array to predict
 * @param classes number of classes where the target holds labels; empty for a regression
 * @param logarithmic whether the target is positive and spans more than a factor of ten
 * @param others arrays with one number per row that are neither
 */
record DataGuess(
        String file,
        String input,
        List<Long> shape,
        String target,
        Optional<Integer> classes,
        boolean logarithmic,
        List<String> others) {
    private static final List<String> TARGETS =
            List.of("target", "targets", "label", "labels", "class", "classes", "energy", "y");
    private static final int MOST_AXES = 4;
    private static final int MOST_CLASSES = 100;

    /** A class must have more rows than this on average, or whole numbers are no labels. */
    private static final int ROWS_OF_A_CLASS = 20;

    private static final long FEWEST_ROWS = 20;
    private static final double SPAN = 10;

    /** Takes the lists unmodifiable. */
    DataGuess {
        shape = List.copyOf(shape);
        others = List.copyOf(others);
    }

    /**
     * Looks into an archive.
     *
     * @param seen its path as the study names it
     * @param wanted the target, if the user named one
     * @throws UserException when no array can be an input, or none a target
     */
    static DataGuess of(Path file, String seen, @Nullable String wanted) {
        try (DataFile data = DataFiles.open(file, DataFiles.formats())) {
            List<DataArray> arrays = readable(data);
            DataArray input =
                    arrays.stream()
                            .filter(array -> array.shape().size() >= 2 && !isColumn(array))
                            .filter(array -> array.shape().size() <= MOST_AXES)
                            .max(Comparator.comparingLong(DataArray::count))
                            .orElseThrow(() -> new UserException(noInput(data)));
            long rows = input.shape().getFirst();
            if (rows < FEWEST_ROWS) {
                throw new UserException(
                        "%s: %s has %d rows; a study needs at least %d."
                                .formatted(file, input.describe(), rows, FEWEST_ROWS));
            }
            List<DataArray> columns =
                    arrays.stream()
                            .filter(array -> isColumn(array) && array.shape().getFirst() == rows)
                            .toList();
            DataArray target = target(data, columns, rows, wanted);
            double[] values = target.toDoubles();
            OptionalInt classes = classes(values);
            return new DataGuess(
                    seen,
                    input.name(),
                    input.shape(),
                    target.name(),
                    classes.isPresent() ? Optional.of(classes.getAsInt()) : Optional.empty(),
                    spansDecades(values),
                    columns.stream()
                            .map(DataArray::name)
                            .filter(name -> !name.equals(target.name()))
                            .toList());
        }
    }

    private static List<DataArray> readable(DataFile data) {
        List<DataArray> arrays = new ArrayList<>();
        for (String name : data.names()) {
            try {
                arrays.add(data.array("file", name));
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

    private static String noInput(DataFile data) {
        return "%s has no array that could be an input, of shape (n, d), (n, height, width) or (n, channels, height, width); it has %s."
                .formatted(data.path(), data.listing());
    }

    private static DataArray target(
            DataFile data, List<DataArray> columns, long rows, @Nullable String wanted) {
        if (wanted != null) {
            return columns.stream()
                    .filter(array -> array.name().equals(wanted))
                    .findFirst()
                    .orElseThrow(() ->
                            new UserException(
                                    "%s has no array '%s' of %d numbers; it has %s."
                                            .formatted(data.path(), wanted, rows, data.listing())));
        }
        return columns.stream()
                .min(Comparator.comparingInt(DataGuess::rank)) // the first of equal ones
                .orElseThrow(() ->
                        new UserException(
                                "%s has no array of %d numbers that could be a target; it has %s."
                                        .formatted(data.path(), rows, data.listing())));
    }

    private static int rank(DataArray array) {
        int index = TARGETS.indexOf(array.name().toLowerCase(Locale.ROOT));
        return index < 0 ? TARGETS.size() : index;
    }

    /** Returns the number of classes of labels 0, 1, ..., all of which occur; empty for others. */
    private static OptionalInt classes(double[] values) {
        double most = Arrays.stream(values).max().orElse(-1);
        if (!(most >= 1
                && most < MOST_CLASSES
                && most < values.length / (double) ROWS_OF_A_CLASS)) {
            return OptionalInt.empty();
        }
        boolean[] seen = new boolean[(int) most + 1];
        for (double value : values) {
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
        double least = Arrays.stream(values).min().orElse(0);
        double most = Arrays.stream(values).max().orElse(0);
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
                        input,
                        rows());
    }
}
