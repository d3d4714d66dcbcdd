package dev.mettle.data;

import dev.mettle.core.data.Partition;
import dev.mettle.core.data.RowGroups;
import dev.mettle.core.instance.Evaluation;
import dev.mettle.core.random.RandomStream;
import dev.mettle.core.random.Seed;
import dev.mettle.core.random.Stream;
import dev.mettle.core.study.DataException;
import dev.mettle.core.study.SplitSettings;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Splits rows so that those with the same value of a column stay together: the groups are shuffled;
 * whole ones are test rows until there are as many rows as wanted, then validation rows; the rest
 * is the pool, in the order of the file. So the size of validation changes no test row, and the
 * order of the rows in the file changes no group's part.
 */
final class GroupSplit {
    private static final String KEY = "split";

    /** Test, validation and pool need one each. */
    private static final int FEWEST = 3;

    private final SplitColumn column;
    private final String name;
    private final int[] order;
    private final int[] starts;
    private final int[] rows;
    private int next;

    private GroupSplit(SplitColumn column, String name, Seed seed) {
        this.column = column;
        this.name = name;
        order = new int[column.count()];
        Arrays.setAll(order, group -> group);
        new RandomStream(seed, Stream.GROUPS).shuffle(order, order.length);
        starts = column.starts();
        rows = column.rowsByRank(starts);
    }

    static RowSplit split(
            SplitColumn column,
            String name,
            SplitSettings.Counts wanted,
            Seed seed,
            Location where) {
        if (column.count() < FEWEST) {
            throw new DataException(
                    KEY,
                    "%s has %s: pool, validation and test need one value each at least. Split by another column."
                            .formatted(
                                    where.array(),
                                    column.count() == 1
                                            ? "the same value in all rows, " + column.name(0)
                                            : "only two different values, %s and %s"
                                                    .formatted(column.name(0), column.name(1))));
        }
        GroupSplit split = new GroupSplit(column, name, seed);
        int[] test = split.take(wanted.test());
        int ofTest = split.next;
        int[] validation = split.take(wanted.validation());
        int ofValidation = split.next - ofTest;
        int[] pool = split.take(Integer.MAX_VALUE);
        if (validation.length < wanted.validation() || pool.length == 0) {
            throw split.tooFew(wanted, test.length, validation.length, where);
        }
        Arrays.sort(pool);
        RowGroups groups = new RowGroups(name, column.ranks());
        Partition partition = new Partition(pool, validation, test);
        return new RowSplit(
                Optional.of(partition),
                Optional.of(groups),
                split.notes(partition, ofValidation, ofTest));
    }

    /** Returns the rows of the next groups, group after group, until they are enough. */
    private int[] take(int wanted) {
        int first = next;
        int count = 0;
        while (next < order.length && count < wanted) {
            count += size(order[next++]);
        }
        int[] taken = new int[count];
        int at = 0;
        for (int i = first; i < next; i++) {
            System.arraycopy(rows, starts[order[i]], taken, at, size(order[i]));
            at += size(order[i]);
        }
        return taken;
    }

    private int size(int group) {
        return starts[group + 1] - starts[group];
    }

    private DataException tooFew(
            SplitSettings.Counts wanted, int test, int validation, Location where) {
        int largest = 0;
        for (int group = 0; group < column.count(); group++) {
            largest = size(group) > size(largest) ? group : largest;
        }
        return new DataException(
                KEY,
                "%s: whole groups for %,d test rows and %,d validation rows (%,d and %,d rows) leave nothing to train on. There are %,d groups of %,d rows; the largest, %s, has %,d. Hold out fewer rows, or split by another column; another split_seed may put a large group elsewhere."
                        .formatted(
                                where.array(),
                                wanted.test(),
                                wanted.validation(),
                                test,
                                validation,
                                column.count(),
                                rows.length,
                                column.name(largest),
                                size(largest)));
    }

    private List<String> notes(Partition partition, int ofValidation, int ofTest) {
        List<String> notes = new ArrayList<>();
        notes.add(
                "data: {split: {by: %s}}: %,d groups; test has %,d of them (%,d rows), validation %,d (%,d rows), the pool %,d (%,d rows)."
                        .formatted(
                                name,
                                order.length,
                                ofTest,
                                partition.test().length,
                                ofValidation,
                                partition.validation().length,
                                order.length - ofTest - ofValidation,
                                partition.pool().length));
        if (Math.min(ofTest, ofValidation) < Evaluation.BLOCKS) {
            notes.add(
                    "fewer than %d groups of %s are held out (validation %,d, test %,d): how much the loss depends on which ones can't be judged; the noise that is shown counts rows, and is a lower bound."
                            .formatted(Evaluation.BLOCKS, name, ofValidation, ofTest));
        }
        return notes;
    }
}
