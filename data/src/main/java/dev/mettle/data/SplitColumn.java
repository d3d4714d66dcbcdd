package dev.mettle.data;

import dev.mettle.core.study.DataException;

import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.IntFunction;

/**
 * A column by which rows are split: which rows have equal values, and the order of the values.
 * Ranks number the values that occur, from 0, the least first; so they depend neither on the order
 * of the rows nor on the format of the file.
 */
final class SplitColumn {
    private static final String KEY = "split";

    private final int[] ranks;
    private final int count;
    private final IntFunction<String> names;

    private SplitColumn(int[] ranks, int count, IntFunction<String> names) {
        this.ranks = ranks;
        this.count = count;
        this.names = names;
    }

    /**
     * Reads a column of numbers or texts; texts in alphabetical order.
     *
     * @param where what messages call it
     */
    static SplitColumn of(DataArray column, Location where) {
        Optional<Texts> texts = column.manyTexts();
        if (texts.isEmpty()) {
            return ofNumbers(column.toDoubles(), where);
        }
        requirePresent(texts.get().toDoubles(), where);
        return ofCodes(texts.get().codes(), texts.get().names());
    }

    /**
     * Reads a column of times: numbers, or texts that are dates or times of ISO 8601.
     *
     * @param where what messages call it
     */
    static SplitColumn ofTimes(DataArray column, Location where) {
        Optional<Texts> texts = column.manyTexts();
        if (texts.isEmpty()) {
            return ofNumbers(column.toDoubles(), where);
        }
        int[] codes = texts.get().codes();
        List<String> names = texts.get().names();
        requirePresent(texts.get().toDoubles(), where);
        LocalDateTime[] times = new LocalDateTime[names.size()];
        int zoned = -1;
        int local = -1;
        for (int row = 0; row < codes.length; row++) {
            if (times[codes[row]] == null) {
                times[codes[row]] = time(names.get(codes[row]), where, row);
                zoned = zoned < 0 && IsoTime.hasZone(names.get(codes[row])) ? row : zoned;
                local = local < 0 && !IsoTime.hasZone(names.get(codes[row])) ? row : local;
            }
        }
        if (zoned >= 0 && local >= 0) {
            throw new DataException(
                    KEY,
                    "%s: '%s' has a time zone, but '%s' (%s) has none: their order is not known. Write all times with one, or all without."
                            .formatted(
                                    where.row(zoned),
                                    names.get(codes[zoned]),
                                    names.get(codes[local]),
                                    where.row(local)));
        }
        SortedSet<LocalDateTime> sorted = new TreeSet<>();
        for (int code : codes) {
            sorted.add(times[code]);
        }
        List<LocalDateTime> order = List.copyOf(sorted);
        int[] rankOfCode = new int[times.length];
        String[] named = new String[order.size()];
        for (int code = 0; code < times.length; code++) {
            if (times[code] != null) {
                rankOfCode[code] = Collections.binarySearch(order, times[code]);
                named[rankOfCode[code]] = names.get(code);
            }
        }
        int[] ranks = Arrays.stream(codes).map(code -> rankOfCode[code]).toArray();
        return new SplitColumn(ranks, order.size(), rank -> named[rank]);
    }

    private static LocalDateTime time(String text, Location where, int row) {
        return IsoTime.of(text)
                .orElseThrow(() ->
                        new DataException(
                                KEY,
                                "%s: '%s' is no date or time. Rows are split by numbers, or by dates and times as 2024-05-31, 2024-05-31 10:00 or 2024-05-31T10:00:00."
                                        .formatted(where.row(row), shortened(text))));
    }

    private static SplitColumn ofNumbers(double[] given, Location where) {
        requirePresent(given, where);
        double[] values = Arrays.stream(given).map(value -> value + 0.0).toArray(); // no -0.0
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int count = 0;
        for (int i = 0; i < sorted.length; i++) {
            if (i == 0 || sorted[i] != sorted[i - 1]) {
                sorted[count++] = sorted[i];
            }
        }
        int different = count;
        int[] ranks = new int[values.length];
        for (int row = 0; row < ranks.length; row++) {
            ranks[row] = Arrays.binarySearch(sorted, 0, different, values[row]);
        }
        return new SplitColumn(ranks, different, rank -> name(sorted[rank]));
    }

    private static String name(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? String.valueOf((long) value)
                : String.valueOf(value);
    }

    /** Leaves out the texts that no row has: they may be those of rows left out. */
    private static SplitColumn ofCodes(int[] codes, List<String> names) {
        boolean[] occurs = new boolean[names.size()];
        for (int code : codes) {
            occurs[code] = true;
        }
        int[] rankOfCode = new int[occurs.length];
        String[] named = new String[occurs.length];
        int count = 0;
        for (int code = 0; code < occurs.length; code++) {
            if (occurs[code]) {
                named[count] = names.get(code);
                rankOfCode[code] = count++;
            }
        }
        int[] ranks = Arrays.stream(codes).map(code -> rankOfCode[code]).toArray();
        return new SplitColumn(ranks, count, rank -> named[rank]);
    }

    /** Requires a value in every row: NaN where there is none. */
    static void requirePresent(double[] values, Location where) {
        int first = -1;
        int missing = 0;
        for (int row = 0; row < values.length; row++) {
            if (Double.isNaN(values[row])) {
                first = missing == 0 ? row : first;
                missing++;
            }
        }
        if (missing > 0) {
            throw new DataException(
                    KEY,
                    "%s: the value is missing; of %,d values %,d are, and rows can't be split by what is not there. Fill them in, or leave such rows out: data: {missing: drop}.%s"
                            .formatted(where.row(first), values.length, missing, where.note()));
        }
    }

    /** Returns a text for a message: one line, not too long. */
    static String shortened(String text) {
        String line = text.replaceAll("\\p{Cntrl}", "?");
        return line.length() > 40 ? line.substring(0, 40) + "..." : line;
    }

    /** Returns the number of different values. */
    int count() {
        return count;
    }

    /** Returns the rank of each row's value; shared. */
    int[] ranks() {
        return ranks;
    }

    /** Returns the value of a rank for a message. */
    String name(int rank) {
        return shortened(names.apply(rank));
    }

    /** Returns the rows by rank: those of rank r are from {@code starts[r]} to the next start. */
    int[] rowsByRank(int[] starts) {
        int[] next = starts.clone();
        int[] rows = new int[ranks.length];
        for (int row = 0; row < ranks.length; row++) {
            rows[next[ranks[row]]++] = row;
        }
        return rows;
    }

    /** Returns where each rank's rows begin in {@link #rowsByRank}, and the number of rows. */
    int[] starts() {
        int[] starts = new int[count + 1];
        for (int rank : ranks) {
            starts[rank + 1]++;
        }
        for (int rank = 0; rank < count; rank++) {
            starts[rank + 1] += starts[rank];
        }
        return starts;
    }
}
