package dev.mettle.data;

import dev.mettle.core.study.DataException;
import dev.mettle.core.study.SplitSettings;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The part of each row, as the data themselves say it. */
final class GivenParts {
    static final int POOL = 0;
    static final int VALIDATION = 1;
    static final int TEST = 2;

    private static final String KEY = "split";
    private static final Map<String, Integer> TRUTH = Map.of("false", 0, "true", 1);
    private static final Map<String, Integer> NAMES =
            Map.of(
                    "train",
                    POOL,
                    "pool",
                    POOL,
                    "validation",
                    VALIDATION,
                    "val",
                    VALIDATION,
                    "test",
                    TEST);

    private final byte[] parts;

    private GivenParts(byte[] parts, Function<String, String> empty) {
        this.parts = parts;
        for (int part : new int[] {VALIDATION, TEST}) {
            if (rows(part).length == 0) {
                throw new DataException(KEY, empty.apply(part == TEST ? "test" : "validation"));
            }
        }
    }

    /** Returns the rows of a part, in the order of the file. */
    int[] rows(int part) {
        return IntStream.range(0, parts.length).filter(row -> parts[row] == part).toArray();
    }

    /** Rows whose mask is 1 are held out; the others are the pool. */
    static GivenParts ofMasks(
            SplitSettings.Masks masks, List<DataArray> columns, Function<String, Location> where) {
        String what = "0 or 1, or false or true";
        int[] validation = values(columns.get(0), where.apply(masks.validation()), 1, TRUTH, what);
        int[] test = values(columns.get(1), where.apply(masks.test()), 1, TRUTH, what);
        byte[] parts = new byte[test.length];
        for (int row = 0; row < parts.length; row++) {
            if (validation[row] == 1 && test[row] == 1) {
                throw new DataException(
                        KEY,
                        "%s: the row is in the mask '%s' too, but a row is validation or test, not both.%s"
                                .formatted(
                                        where.apply(masks.test()).row(row),
                                        masks.validation(),
                                        where.apply(masks.test()).note()));
            }
            parts[row] = (byte) (test[row] == 1 ? TEST : validation[row]);
        }
        return new GivenParts(
                parts,
                part ->
                        "the mask '%s' holds out no row."
                                .formatted(
                                        part.equals("test") ? masks.test() : masks.validation()));
    }

    /** Each row's part by its name or number. */
    static GivenParts ofColumn(
            SplitSettings.Column column, DataArray array, Function<String, Location> where) {
        int[] values =
                values(
                        array,
                        where.apply(column.part()),
                        TEST,
                        NAMES,
                        "train (or pool), validation (or val) or test; or 0, 1 or 2");
        return new GivenParts(
                bytes(values),
                part -> "%s: no row is in %s.".formatted(where.apply(column.part()).array(), part));
    }

    /**
     * Each row's part by its file.
     *
     * @param array of {@link JoinedFile#PART}
     */
    static GivenParts ofFiles(SplitSettings.Files files, DataArray array) {
        double[] values = array.toDoubles();
        byte[] parts = new byte[values.length];
        for (int row = 0; row < parts.length; row++) {
            parts[row] = (byte) values[row];
        }
        return new GivenParts(
                parts,
                part ->
                        "%s has no rows%s."
                                .formatted(
                                        part.equals("test") ? files.test() : files.validation(),
                                        " that are used"));
    }

    private static byte[] bytes(int[] values) {
        byte[] bytes = new byte[values.length];
        for (int row = 0; row < bytes.length; row++) {
            bytes[row] = (byte) values[row];
        }
        return bytes;
    }

    /** Returns small whole numbers, or what the words stand for. */
    private static int[] values(
            DataArray array, Location where, int most, Map<String, Integer> words, String what) {
        Optional<Texts> texts = array.manyTexts();
        double[] numbers = texts.map(Texts::toDoubles).orElseGet(array::toDoubles);
        SplitColumn.requirePresent(numbers, where);
        int[] values = new int[numbers.length];
        for (int row = 0; row < values.length; row++) {
            String text =
                    texts.isPresent()
                            ? texts.get().names().get((int) numbers[row])
                            : String.valueOf(numbers[row]);
            Integer value =
                    texts.isPresent()
                            ? words.get(text.strip().toLowerCase(Locale.ROOT))
                            : whole(numbers[row], most);
            if (value == null) {
                throw new DataException(
                        KEY,
                        "%s: '%s' is not %s.%s"
                                .formatted(
                                        where.row(row),
                                        SplitColumn.shortened(text),
                                        what,
                                        where.note()));
            }
            values[row] = value;
        }
        return values;
    }

    private static @Nullable Integer whole(double value, int most) {
        return value >= 0 && value <= most && value == Math.rint(value)
                ? Integer.valueOf((int) value)
                : null;
    }
}
