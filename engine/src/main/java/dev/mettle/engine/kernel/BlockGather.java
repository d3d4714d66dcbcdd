package dev.mettle.engine.kernel;

import static dev.mettle.engine.kernel.Lanes.BLOCK;

/**
 * Turns up to {@value Lanes#BLOCK} rows of a table into one block, the row's number becoming the
 * innermost dimension.
 */
public final class BlockGather {
    /**
     * Rows read at once: their columns then fill half a cache line of the block before the next
     * ones are read.
     */
    private static final int ROWS = 8;

    private BlockGather() {}

    /**
     * Writes {@code out[outBase + position[d] + e] = table[order[first + e]][d]}. Lanes from {@code
     * live} on repeat the first row: what they compute is then finite whenever the first row's is,
     * and a gradient of 0 makes them contribute exactly nothing.
     *
     * @param table [row][columns]
     * @param columns columns of a row
     * @param order row numbers
     * @param first position in {@code order} of the block's first row
     * @param live rows that the block holds, 1 to {@value Lanes#BLOCK}
     * @param position where each column goes
     */
    public static void gather(
            float[] table,
            int columns,
            int[] order,
            int first,
            int live,
            float[] out,
            int outBase,
            int[] position) {
        for (int e = 0; e < BLOCK; e += ROWS) {
            eight(table, columns, order, first, live, e, out, outBase + e, position);
        }
    }

    private static void eight(
            float[] table,
            int columns,
            int[] order,
            int first,
            int live,
            int e,
            float[] out,
            int outBase,
            int[] position) {
        int r0 = row(order, first, live, e) * columns;
        int r1 = row(order, first, live, e + 1) * columns;
        int r2 = row(order, first, live, e + 2) * columns;
        int r3 = row(order, first, live, e + 3) * columns;
        int r4 = row(order, first, live, e + 4) * columns;
        int r5 = row(order, first, live, e + 5) * columns;
        int r6 = row(order, first, live, e + 6) * columns;
        int r7 = row(order, first, live, e + 7) * columns;
        for (int d = 0; d < columns; d++) {
            int to = outBase + position[d];
            out[to] = table[r0 + d];
            out[to + 1] = table[r1 + d];
            out[to + 2] = table[r2 + d];
            out[to + 3] = table[r3 + d];
            out[to + 4] = table[r4 + d];
            out[to + 5] = table[r5 + d];
            out[to + 6] = table[r6 + d];
            out[to + 7] = table[r7 + d];
        }
    }

    private static int row(int[] order, int first, int live, int e) {
        return order[e < live ? first + e : first];
    }
}
