package dev.mettle.data;

import dev.mettle.core.data.Partition;
import dev.mettle.core.study.DataException;
import dev.mettle.core.study.SplitSettings;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Splits rows by time: the latest are test rows, those before them validation rows, the earliest
 * the pool. Rows of equal time stay together, so a part may be larger than wanted. Held-out rows
 * are in the order of time, those of equal time in the order of the file. Nothing is random.
 */
final class TimeSplit {
    private static final String KEY = "split";

    private TimeSplit() {}

    static RowSplit split(
            SplitColumn times, String name, SplitSettings.Counts wanted, Location where) {
        int[] starts = times.starts();
        int firstOfTest = earliest(starts, times.count(), wanted.test());
        int firstOfValidation = earliest(starts, firstOfTest, wanted.validation());
        int test = starts[times.count()] - starts[firstOfTest];
        int validation = starts[firstOfTest] - starts[firstOfValidation];
        if (firstOfValidation == 0) {
            throw new DataException(
                    KEY,
                    "%s: the latest %,d test rows and the %,d validation rows before them leave nothing to train on: there are %,d rows at %,d different times, and rows of equal time stay together. Hold out fewer rows, or split by a column that tells more times apart."
                            .formatted(
                                    where.array(),
                                    wanted.test(),
                                    wanted.validation(),
                                    starts[times.count()],
                                    times.count()));
        }
        int[] rows = times.rowsByRank(starts);
        int[] pool = Arrays.copyOf(rows, starts[firstOfValidation]);
        Arrays.sort(pool);
        Partition partition =
                new Partition(
                        pool,
                        Arrays.copyOfRange(rows, starts[firstOfValidation], starts[firstOfTest]),
                        Arrays.copyOfRange(rows, starts[firstOfTest], rows.length));
        String note =
                "data: {split: {time: %s}}: the pool is the %,d rows up to %s, validation the %,d rows from %s to %s, test the %,d rows from %s on."
                        .formatted(
                                name,
                                pool.length,
                                times.name(firstOfValidation - 1),
                                validation,
                                times.name(firstOfValidation),
                                times.name(firstOfTest - 1),
                                test,
                                times.name(firstOfTest));
        return new RowSplit(Optional.of(partition), Optional.empty(), List.of(note));
    }

    /** Returns the latest rank from which to {@code end} there are as many rows as wanted. */
    private static int earliest(int[] starts, int end, int wanted) {
        int rank = end;
        while (rank > 0 && starts[end] - starts[rank] < wanted) {
            rank--;
        }
        return rank;
    }
}
