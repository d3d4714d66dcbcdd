package dev.mettle.data;

import dev.mettle.core.data.Dataset;
import dev.mettle.core.data.Partition;
import dev.mettle.core.study.LeakPolicy;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntFunction;

/** Rows of the pool that are equal to a held-out row in all that a network sees. */
final class Leaks {
    private final Partition partition;

    /** Of the pool without them. */
    private final int[] kept;

    private final int heldOut;
    private final int sameTarget;
    private final int row;
    private final int copy;

    private Leaks(Partition partition, int[] kept, int heldOut, int sameTarget, int row, int copy) {
        this.partition = partition;
        this.kept = kept;
        this.heldOut = heldOut;
        this.sameTarget = sameTarget;
        this.row = row;
        this.copy = copy;
    }

    /**
     * Looks for equal rows; time is that of reading all inputs once.
     *
     * @return empty when there are none
     */
    static Optional<Leaks> find(Dataset data, Partition partition) {
        int[] heldOut = heldOut(partition);
        EqualRows rows = new EqualRows(data, heldOut, false);
        int[] pool = partition.pool();
        int[] kept = new int[pool.length];
        int[] leaks = new int[pool.length];
        int count = 0;
        int leaked = 0;
        int copied = 0;
        for (int one : pool) {
            if (rows.find(one) < 0) {
                kept[count++] = one;
            } else {
                leaks[leaked++] = one;
                copied += rows.takeCount(one);
            }
        }
        if (leaked == 0) {
            return Optional.empty();
        }
        EqualRows withTargets = new EqualRows(data, heldOut, true);
        int same =
                (int)
                        Arrays.stream(leaks, 0, leaked)
                                .filter(one -> withTargets.find(one) >= 0)
                                .count();
        return Optional.of(
                new Leaks(
                        partition,
                        Arrays.copyOf(kept, count),
                        copied,
                        same,
                        leaks[0],
                        rows.find(leaks[0])));
    }

    /** Returns all held-out rows in the order of the file, so that the first is named. */
    private static int[] heldOut(Partition partition) {
        int validation = partition.validation().length;
        int[] rows = Arrays.copyOf(partition.validation(), validation + partition.test().length);
        System.arraycopy(partition.test(), 0, rows, validation, partition.test().length);
        Arrays.sort(rows);
        return rows;
    }

    /** Returns how many rows of the pool are equal to a held-out row. */
    int count() {
        return partition.pool().length - kept.length;
    }

    /** Returns the partition without the rows of the pool that are equal to held-out ones. */
    Partition without() {
        return new Partition(kept, partition.validation(), partition.test());
    }

    /**
     * Says what was found.
     *
     * @param names what a row is called
     */
    String described(LeakPolicy policy, IntFunction<String> names) {
        int leaked = count();
        String found =
                "%,d of the pool's %,d rows are equal to one of the held-out rows (%,d of %,d) in all that a network sees, %s with the same target: %s and %s, for example."
                        .formatted(
                                leaked,
                                partition.pool().length,
                                heldOut,
                                partition.validation().length + partition.test().length,
                                sameTarget == leaked ? "all" : "%,d".formatted(sameTarget),
                                names.apply(row),
                                names.apply(copy));
        return switch (policy) {
            case REPORT ->
                    found
                            + " Held-out losses may look better than they are. data: {leaks: drop}"
                            + " takes them out of the pool; where rows belong together, split: {by:"
                            + " COLUMN} keeps them together.";
            case DROP -> found + " They are out of the pool, as data: {leaks: drop} says.";
            case ERROR ->
                    found
                            + " data: {leaks: error} allows none; leaks: drop takes them out of the"
                            + " pool; where rows belong together, split: {by: COLUMN} keeps them"
                            + " together.";
        };
    }
}
