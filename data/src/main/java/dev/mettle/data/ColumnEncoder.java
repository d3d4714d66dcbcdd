package dev.mettle.data;

import dev.mettle.core.study.DataException;
import dev.mettle.core.study.Encoding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Makes numbers of a column of few different values, texts or numbers. */
final class ColumnEncoder {
    private static final String KEY = "encode";
    private static final int MOST_SHOWN = 40;

    private ColumnEncoder() {}

    /**
     * Returns the columns of the input that a column becomes: one for each of its values in their
     * order (texts sorted, numbers ascending), or one of their places.
     *
     * @param where what messages call the column
     * @throws DataException when there are too many values, or one that the order does not have
     */
    static List<DataArray> encode(DataArray column, Encoding encoding, Location where) {
        Texts values = column.texts().orElseGet(() -> numbered(column, where));
        return switch (encoding) {
            case Encoding.OneHot() -> oneHot(column, values, where);
            case Encoding.Ordinal(List<String> order) ->
                    List.of(ordinal(column, values, order, where));
        };
    }

    private static List<DataArray> oneHot(DataArray column, Texts values, Location where) {
        int count = values.names().size();
        if (count > Encoding.MOST) {
            throw new DataException(
                    KEY,
                    "%s has %,d different values; one_hot is for at most %,d. Name it in 'categories' for the layer 'embedding', or leave it as a number."
                            .formatted(where.array(), count, Encoding.MOST));
        }
        List<DataArray> columns = new ArrayList<>();
        for (int value = 0; value < count; value++) {
            double[] numbers = new double[count];
            numbers[value] = 1;
            columns.add(new EncodedColumn(column, values.codes(), numbers));
        }
        return columns;
    }

    private static DataArray ordinal(
            DataArray column, Texts values, List<String> order, Location where) {
        List<String> places = column.texts().isPresent() ? order : asNumbers(order);
        double[] numbers = new double[values.names().size()];
        for (int value = 0; value < numbers.length; value++) {
            String name = values.names().get(value);
            int place = places.indexOf(name);
            if (place < 0) {
                throw new DataException(
                        KEY,
                        "%s: '%s' has no place in the order [%s]. Add it, or repair the value."
                                .formatted(
                                        where.row(firstRow(values.codes(), value)),
                                        shortened(name),
                                        String.join(", ", order)));
            }
            numbers[value] = place;
        }
        return new EncodedColumn(column, values.codes(), numbers);
    }

    private static int firstRow(int[] codes, int value) {
        return IntStream.range(0, codes.length)
                .filter(row -> codes[row] == value)
                .findFirst()
                .orElse(0);
    }

    /** Returns the values of a column of numbers as texts. */
    private static Texts numbered(DataArray column, Location where) {
        double[] numbers = column.toDoubles();
        double[] values =
                Arrays.stream(numbers)
                        .filter(number -> !Double.isNaN(number))
                        .map(number -> number + 0.0) // no negative zero
                        .distinct()
                        .limit(Encoding.MOST + 1)
                        .sorted()
                        .toArray();
        if (values.length > Encoding.MOST) {
            throw new DataException(
                    KEY,
                    "%s has more than %,d different numbers: it is none of a few kinds. Leave it as a number."
                            .formatted(where.array(), Encoding.MOST));
        }
        int[] codes = new int[numbers.length];
        for (int row = 0; row < codes.length; row++) {
            codes[row] =
                    Double.isNaN(numbers[row])
                            ? Texts.MISSING
                            : Arrays.binarySearch(values, numbers[row] + 0.0);
        }
        return new Texts(Arrays.stream(values).mapToObj(Double::toString).toList(), codes);
    }

    /** Returns an order of numbers as {@link #numbered} writes them; others as they are. */
    private static List<String> asNumbers(List<String> order) {
        return order.stream()
                .map(text -> {
                    try {
                        return Double.toString(Double.parseDouble(text) + 0.0);
                    } catch (NumberFormatException _) {
                        return text;
                    }
                })
                .toList();
    }

    private static String shortened(String text) {
        String line = text.replaceAll("\\p{Cntrl}", "?");
        return line.length() > MOST_SHOWN ? line.substring(0, MOST_SHOWN) + "..." : line;
    }
}
