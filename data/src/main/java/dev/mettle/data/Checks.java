package dev.mettle.data;

import dev.mettle.core.study.DataException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/**
 * What must hold of the numbers of an array before anything is trained on them. Rows are counted
 * from 0, as in NumPy.
 */
final class Checks {
    private static final String REPAIR =
            " Repair these rows, or keep the good ones:"
                    + " a[numpy.isfinite(a).reshape(len(a), -1).all(1)], the same rows in every"
                    + " array; data: {missing: drop} leaves out rows with NaN.";

    private Checks() {}

    /**
     * Requires finite values.
     *
     * @param where what the message calls the values
     * @param rowShape sizes of the axes after the first
     */
    static void finite(
            String key,
            Location where,
            IntToDoubleFunction values,
            int count,
            List<Long> rowShape) {
        int bad = 0;
        int first = -1;
        for (int i = 0; i < count; i++) {
            if (!Double.isFinite(values.applyAsDouble(i)) && !isAllowed(where, values, i)) {
                first = bad == 0 ? i : first;
                bad++;
            }
        }
        if (bad == 0) {
            return;
        }
        if (where.isTable() && Double.isNaN(values.applyAsDouble(first))) {
            throw missing(key, where, values, count);
        }
        int rowSize = (int) rowShape.stream().mapToLong(size -> size).reduce(1, (a, b) -> a * b);
        String position = rowSize == 1 ? "" : ", position " + position(first % rowSize, rowShape);
        throw new DataException(
                key,
                ("%s%s: %s is not a finite number of at most 3.4e38 (single precision); %d of %d"
                                + " values are not.%s")
                        .formatted(
                                where.row(first / rowSize),
                                position,
                                values.applyAsDouble(first),
                                bad,
                                count,
                                where.isTable()
                                        ? " Repair these lines or leave them out."
                                        : where.note() + REPAIR));
    }

    private static boolean isAllowed(Location where, IntToDoubleFunction values, int i) {
        return where.mayMiss() && Double.isNaN(values.applyAsDouble(i));
    }

    /**
     * Requires that no value is missing.
     *
     * @param values NaN where one is
     */
    static void present(String key, Location where, double[] values) {
        if (where.isTable() && Arrays.stream(values).anyMatch(Double::isNaN)) {
            throw missing(key, where, row -> values[row], values.length);
        }
    }

    private static DataException missing(
            String key, Location where, IntToDoubleFunction values, int count) {
        int missing = 0;
        int first = -1;
        for (int row = count - 1; row >= 0; row--) {
            if (Double.isNaN(values.applyAsDouble(row))) {
                first = row;
                missing++;
            }
        }
        return new DataException(
                key,
                "%s: the value is missing; of %d values %d are. Fill them in; or data: {missing: drop} leaves such rows out, {missing: impute} fills inputs in."
                        .formatted(where.row(first), count, missing));
    }

    private static List<Long> position(long offset, List<Long> shape) {
        List<Long> position = new ArrayList<>();
        for (long size : shape.reversed()) {
            position.addFirst(offset % size);
            offset /= size;
        }
        return position;
    }

    /** Requires values above 0, because the study takes their logarithm. */
    static void positive(String key, Location where, IntToDoubleFunction values, int count) {
        int bad = 0;
        int first = -1;
        for (int i = 0; i < count; i++) {
            if (!(values.applyAsDouble(i) > 0) && !isAllowed(where, values, i)) {
                first = bad == 0 ? i : first;
                bad++;
            }
        }
        if (bad > 0) {
            throw new DataException(
                    key,
                    ("%s: %s has no logarithm, which the scale 'log' takes; %d of %d values are 0"
                         + " or less.%s Use the scale 'standard', or leave these rows out.")
                            .formatted(
                                    where.row(first),
                                    values.applyAsDouble(first),
                                    bad,
                                    count,
                                    where.note()));
        }
    }

    /** Requires at least two different values. */
    static void varied(String key, Location where, double[] values) {
        for (double value : values) {
            if (value != values[0]) {
                return;
            }
        }
        throw new DataException(
                key,
                "%s: each of the %d values is %s, so there is nothing to learn. Name another array."
                        .formatted(where.array(), values.length, values[0]));
    }
}
