package dev.mettle.data;

import dev.mettle.core.data.Partition;
import dev.mettle.core.random.RandomStream;
import dev.mettle.core.random.Seed;
import dev.mettle.core.random.Stream;
import dev.mettle.core.study.DataException;
import dev.mettle.core.study.DataSettings;
import dev.mettle.core.study.SplitSettings;

import java.util.Arrays;

/**
 * Splits the rows of a data set at random into pool, validation and test, by {@code
 * data.split_seed} alone: all rows are shuffled; the first {@code test} of them are the test rows,
 * the next {@code validation} the validation rows, in shuffled order; the rest, in the order of the
 * file, is the pool. So the size of validation changes no test row.
 */
public final class Splitter {
    private Splitter() {}

    /**
     * Splits rows 0 to {@code rows - 1}.
     *
     * @param settings of a random split (else an {@link IllegalArgumentException})
     * @throws DataException when validation and test leave nothing to train on
     */
    public static Partition split(int rows, DataSettings settings) {
        if (!(settings.split() instanceof SplitSettings.Random(SplitSettings.Counts wanted))) {
            throw new IllegalArgumentException("the split is not random.");
        }
        if ((long) wanted.validation() + wanted.test() >= rows) {
            throw new DataException(
                    wanted.test() >= rows ? "test" : "validation",
                    ("%d rows for validation and %d for test leave nothing to train on: %s "
                                    + "has %d rows. Use fewer.")
                            .formatted(
                                    wanted.validation(),
                                    wanted.test(),
                                    settings.source().label(),
                                    rows));
        }
        return random(rows, wanted, RowSplit.seed(settings));
    }

    /** Splits rows of which more than the wanted ones are there. */
    static Partition random(int rows, SplitSettings.Counts wanted, Seed seed) {
        int[] order = new int[rows];
        Arrays.setAll(order, row -> row);
        int heldOut = wanted.test() + wanted.validation();
        new RandomStream(seed, Stream.ROWS).shuffle(order, rows);
        int[] test = Arrays.copyOf(order, wanted.test());
        int[] validation = Arrays.copyOfRange(order, wanted.test(), heldOut);
        int[] pool = Arrays.copyOfRange(order, heldOut, rows);
        Arrays.sort(pool);
        return new Partition(pool, validation, test);
    }
}
