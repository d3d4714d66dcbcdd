package dev.mettle.data;

import dev.mettle.core.data.RowGroups;
import dev.mettle.core.random.RandomStream;
import dev.mettle.core.random.Seed;
import dev.mettle.core.random.Stream;

import java.util.Arrays;

/** The groups of a pool, from which samples are drawn. Immutable; safe for several threads. */
final class PoolGroups {
    /** Rows of the pool, group after group, each in the order of the pool. */
    private final int[] rows;

    /** Where each group begins in {@link #rows}, and the number of rows. */
    private final int[] starts;

    PoolGroups(RowGroups groups, int[] pool) {
        int codes = Arrays.stream(pool).map(groups::of).max().orElse(-1) + 1;
        int[] next = new int[codes + 1];
        for (int row : pool) {
            next[groups.of(row) + 1]++;
        }
        for (int code = 0; code < codes; code++) {
            next[code + 1] += next[code];
        }
        starts = Arrays.stream(next).distinct().toArray(); // codes without a row are no group
        rows = new int[pool.length];
        for (int row : pool) {
            rows[next[groups.of(row)]++] = row;
        }
    }

    /**
     * Draws rows: groups in random order, the rows of each in random order, until there are enough;
     * of the last group only its first ones are taken. A smaller sample is the beginning of a
     * larger one.
     */
    int[] draw(Seed seed, int count) {
        int[] order = new int[starts.length - 1];
        Arrays.setAll(order, group -> group);
        new RandomStream(seed, Stream.GROUPS).choose(order, order.length);
        RandomStream within = new RandomStream(seed, Stream.ROWS);
        int[] drawn = new int[count];
        int at = 0;
        for (int i = 0; at < count; i++) {
            int[] group = Arrays.copyOfRange(rows, starts[order[i]], starts[order[i] + 1]);
            within.shuffle(group, group.length);
            int taken = Math.min(group.length, count - at);
            System.arraycopy(group, 0, drawn, at, taken);
            at += taken;
        }
        return drawn;
    }
}
