package dev.mettle.data;

import dev.mettle.core.data.Partition;
import dev.mettle.core.data.RowGroups;
import dev.mettle.core.random.Purpose;
import dev.mettle.core.random.RandomStream;
import dev.mettle.core.random.Seed;
import dev.mettle.core.random.Stream;
import dev.mettle.core.study.DataSettings;
import dev.mettle.core.study.SplitSettings;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which rows are held out.
 *
 * @param partition empty when that many random rows leave nothing to train on
 * @param groups of the rows, where they stay together
 * @param notes what a user should know
 */
record RowSplit(Optional<Partition> partition, Optional<RowGroups> groups, List<String> notes) {
    /**
     * No sample of a race ever has this index, so a split seed that equals the study's seed shares
     * no number with it.
     */
    private static final int INDEX = Integer.MAX_VALUE;

    RowSplit {
        notes = List.copyOf(notes);
    }

    /**
     * Splits the rows of a data set.
     *
     * @param columns those that the split names, one value per row each
     * @param where what messages call a column
     * @throws dev.mettle.core.study.DataException when the columns don't split them
     */
    static RowSplit of(
            int rows,
            List<DataArray> columns,
            DataSettings settings,
            Function<String, Location> where) {
        return switch (settings.split()) {
            case SplitSettings.Random random -> random(rows, random, settings);
            case SplitSettings.Groups(String by, var wanted) -> {
                SplitColumn column = SplitColumn.of(columns.getFirst(), where.apply(by));
                yield GroupSplit.split(column, by, wanted, seed(settings), where.apply(by));
            }
            case SplitSettings.Time(String by, var wanted) -> {
                SplitColumn column = SplitColumn.ofTimes(columns.getFirst(), where.apply(by));
                yield TimeSplit.split(column, by, wanted, where.apply(by));
            }
            case SplitSettings.Masks masks ->
                    given(GivenParts.ofMasks(masks, columns, where), settings);
            case SplitSettings.Column column ->
                    given(GivenParts.ofColumn(column, columns.getFirst(), where), settings);
            case SplitSettings.Files files ->
                    given(GivenParts.ofFiles(files, columns.getFirst()), settings);
        };
    }

    private static RowSplit random(int rows, SplitSettings.Random random, DataSettings settings) {
        long heldOut = (long) random.wanted().validation() + random.wanted().test();
        return new RowSplit(
                heldOut >= rows
                        ? Optional.empty()
                        : Optional.of(Splitter.random(rows, random.wanted(), seed(settings))),
                Optional.empty(),
                List.of());
    }

    /** Shuffles held-out rows, so that blocks of them are random. */
    private static RowSplit given(GivenParts parts, DataSettings settings) {
        RandomStream random = new RandomStream(seed(settings), Stream.ROWS);
        int[] test = parts.rows(GivenParts.TEST);
        random.shuffle(test, test.length);
        int[] validation = parts.rows(GivenParts.VALIDATION);
        random.shuffle(validation, validation.length);
        return new RowSplit(
                Optional.of(new Partition(parts.rows(GivenParts.POOL), validation, test)),
                Optional.empty(),
                List.of());
    }

    /** Returns the seed of everything random in a split. */
    static Seed seed(DataSettings settings) {
        return new Seed(settings.splitSeed(), Purpose.RACE, Seed.Source.SAMPLE, INDEX);
    }
}
