package dev.mettle.data;

import dev.mettle.core.data.Partition;
import dev.mettle.core.random.Purpose;
import dev.mettle.core.random.RandomStream;
import dev.mettle.core.random.Seed;
import dev.mettle.core.random.Stream;
import dev.mettle.core.study.DataException;
import dev.mettle.core.study.DataSettings;

import java.util.Arrays;

/**
 * Splits the rows of a data set into pool, validation and test, by {@code data.split_seed} alone:
 * all rows are shuffled; the first {@code test} of them are the test rows, the next {@code
 * validation} the validation rows, in shuffled order; the rest, in the order of the file, is the
 * pool. So the size of validation changes no test row.
 */
public final class Splitter {
    /**
     * No sample of a race ever has this index, so a split seed that equals the study's seed shares
     * no number with it.
     */
    private static final int INDEX = Integer.MAX_VALUE;

    private Splitter() {}

    /**
     * Splits rows 0 to {@code rows - 1}.
     *
     * @throws DataException when validation and test leave nothing to train on
     */
    public static Partition split(int rows, DataSettings settings) {
        long heldOut = (long) settings.validation() + settings.test();
        if (heldOut >= rows) {
            throw new DataException(
                    settings.test() >= rows ? "test" : "validation",
                    ("%d rows for validation and %d for test leave nothing to train on: %s "
                                    + "has %d rows. Use fewer.")
                            .formatted(
                                    settings.validation(),
                                    settings.test(),
                                    settings.source().label(),
                                    rows));
        }
        int[] order = new int[rows];
        Arrays.setAll(order, row -> row);
        Seed seed = new Seed(settings.splitSeed(), Purpose.RACE, Seed.Source.SAMPLE, INDEX);
        new RandomStream(seed, Stream.ROWS).shuffle(order, rows);
        int[] test = Arrays.copyOf(order, settings.test());
        int[] validation = Arrays.copyOfRange(order, settings.test(), (int) heldOut);
        int[] pool = Arrays.copyOfRange(order, (int) heldOut, rows);
        Arrays.sort(pool);
        return new Partition(pool, validation, test);
    }
}
