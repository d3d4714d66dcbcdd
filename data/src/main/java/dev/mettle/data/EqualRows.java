package dev.mettle.data;

import dev.mettle.core.data.Dataset;

import java.util.Arrays;

/**
 * A set of rows of a data set, in which rows that are equal are one: same bits of inputs and
 * features (all NaN are equal), same categories, and, where that is asked for, the same targets.
 * Rows are found by a hash and then compared. Memory is 16 to 32 bytes for each of the rows.
 */
final class EqualRows {
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;
    private static final int NONE = -1;

    private final Dataset data;
    private final boolean withTargets;

    /** Open addressing: the first row of each kind, or none. */
    private final int[] slots;

    private final int[] counts;

    /**
     * Takes rows, the first of equal ones standing for all.
     *
     * @param withTargets whether rows with different targets differ
     */
    EqualRows(Dataset data, int[] rows, boolean withTargets) {
        this.data = data;
        this.withTargets = withTargets;
        int size = Integer.highestOneBit(Math.max(4, rows.length)) << 2; // at most half full
        slots = new int[size];
        counts = new int[size];
        Arrays.fill(slots, NONE);
        for (int row : rows) {
            int slot = slot(row);
            if (slots[slot] == NONE) {
                slots[slot] = row;
            }
            counts[slot]++;
        }
    }

    /** Returns the first row that is equal to this one; -1 when there is none. */
    int find(int row) {
        return slots[slot(row)];
    }

    /** Returns how many rows are equal to this one that were not counted before. */
    int takeCount(int row) {
        int slot = slot(row);
        int count = counts[slot];
        counts[slot] = 0;
        return count;
    }

    private int slot(int row) {
        long hash = hash(row);
        int mask = slots.length - 1;
        int slot = (int) (hash >>> 32) & mask;
        while (slots[slot] != NONE && !same(slots[slot], row)) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private long hash(int row) {
        long hash = hash(0, data.inputs(), data.inputShape().size(), row);
        hash = hash(hash, data.features(), data.featureCount(), row);
        int columns = data.categories().columnCount();
        for (int c = 0; c < columns; c++) {
            hash = mixed(hash, data.categories().code(row, c));
        }
        for (int t = 0; withTargets && t < data.task().targetCount(); t++) {
            hash = mixed(hash, Double.hashCode(data.target(row, t)));
        }
        return hash;
    }

    private static long hash(long start, float[] values, int size, int row) {
        long hash = start;
        for (int i = row * size; i < (row + 1) * size; i++) {
            hash = mixed(hash, Float.floatToIntBits(values[i]));
        }
        return hash;
    }

    private static long mixed(long hash, int bits) {
        long mixed = (hash ^ bits) * MULTIPLIER;
        return mixed ^ mixed >>> 29;
    }

    private boolean same(int a, int b) {
        return same(data.inputs(), data.inputShape().size(), a, b)
                && same(data.features(), data.featureCount(), a, b)
                && sameCodes(a, b)
                && (!withTargets || sameTargets(a, b));
    }

    /** Compares as {@link Float#floatToIntBits}: NaN equals NaN, 0 differs from -0. */
    private static boolean same(float[] values, int size, int a, int b) {
        return Arrays.equals(values, a * size, (a + 1) * size, values, b * size, (b + 1) * size);
    }

    private boolean sameCodes(int a, int b) {
        int[] codes = data.categories().codes();
        int count = data.categories().columnCount();
        return Arrays.equals(codes, a * count, (a + 1) * count, codes, b * count, (b + 1) * count);
    }

    private boolean sameTargets(int a, int b) {
        double[] targets = data.targets();
        int count = data.task().targetCount();
        return Arrays.equals(
                targets, a * count, (a + 1) * count, targets, b * count, (b + 1) * count);
    }
}
