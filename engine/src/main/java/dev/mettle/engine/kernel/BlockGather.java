package dev.mettle.engine.kernel;

import static dev.mettle.engine.kernel.Lanes.BLOCK;
import static dev.mettle.engine.kernel.Lanes.SPECIES;
import static dev.mettle.engine.kernel.Lanes.SUMS;
import static dev.mettle.engine.kernel.Lanes.WIDTH;

import jdk.incubator.vector.FloatVector;

/**
 * Turns up to {@value Lanes#BLOCK} rows of a table into one block, the row's number becoming the
 * innermost dimension.
 */
public final class BlockGather {
    /**
     * Rows that the plain form reads at once: their columns then fill half a cache line of the
     * block before the next ones are read.
     */
    private static final int ROWS = 8;

    /** Rows and columns of a square that is turned in registers. */
    private static final int SQUARE = SUMS;

    private BlockGather() {}

    /**
     * Writes {@code out[outBase + position[d] + e] = table[rows[e] + d]}.
     *
     * @param table [row][columns]
     * @param columns columns of a row
     * @param rows where each example's row starts, {@value Lanes#BLOCK} of them
     * @param position where each column goes
     */
    public static void gather(
            float[] table, int columns, int[] rows, float[] out, int outBase, int[] position) {
        if (WIDTH != SQUARE || columns < SQUARE) {
            scalar(table, columns, rows, out, outBase, position);
            return;
        }
        for (int d = 0; d < columns; d += SQUARE) {
            int first = Math.min(d, columns - SQUARE); // the last square may overlap
            for (int e = 0; e < BLOCK; e += SQUARE) {
                square(table, rows, e, first, out, outBase + e, position);
            }
        }
    }

    /** Plain form; arguments as in {@link #gather}. */
    static void scalar(
            float[] table, int columns, int[] rows, float[] out, int outBase, int[] position) {
        for (int e = 0; e < BLOCK; e += ROWS) {
            eight(table, columns, rows, e, out, outBase + e, position);
        }
    }

    private static void eight(
            float[] table,
            int columns,
            int[] rows,
            int e,
            float[] out,
            int outBase,
            int[] position) {
        int r0 = rows[e];
        int r1 = rows[e + 1];
        int r2 = rows[e + 2];
        int r3 = rows[e + 3];
        int r4 = rows[e + 4];
        int r5 = rows[e + 5];
        int r6 = rows[e + 6];
        int r7 = rows[e + 7];
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

    /**
     * Turns 16 rows by 16 columns: in four rounds neighbours at distance 8, 4, 2, 1 exchange halves
     * ({@link Exchange}).
     */
    private static void square(
            float[] table, int[] rows, int row, int d, float[] out, int outBase, int[] position) {
        FloatVector a0 = FloatVector.fromArray(SPECIES, table, rows[row + 0] + d);
        FloatVector a1 = FloatVector.fromArray(SPECIES, table, rows[row + 1] + d);
        FloatVector a2 = FloatVector.fromArray(SPECIES, table, rows[row + 2] + d);
        FloatVector a3 = FloatVector.fromArray(SPECIES, table, rows[row + 3] + d);
        FloatVector a4 = FloatVector.fromArray(SPECIES, table, rows[row + 4] + d);
        FloatVector a5 = FloatVector.fromArray(SPECIES, table, rows[row + 5] + d);
        FloatVector a6 = FloatVector.fromArray(SPECIES, table, rows[row + 6] + d);
        FloatVector a7 = FloatVector.fromArray(SPECIES, table, rows[row + 7] + d);
        FloatVector a8 = FloatVector.fromArray(SPECIES, table, rows[row + 8] + d);
        FloatVector a9 = FloatVector.fromArray(SPECIES, table, rows[row + 9] + d);
        FloatVector a10 = FloatVector.fromArray(SPECIES, table, rows[row + 10] + d);
        FloatVector a11 = FloatVector.fromArray(SPECIES, table, rows[row + 11] + d);
        FloatVector a12 = FloatVector.fromArray(SPECIES, table, rows[row + 12] + d);
        FloatVector a13 = FloatVector.fromArray(SPECIES, table, rows[row + 13] + d);
        FloatVector a14 = FloatVector.fromArray(SPECIES, table, rows[row + 14] + d);
        FloatVector a15 = FloatVector.fromArray(SPECIES, table, rows[row + 15] + d);
        FloatVector low8 = Exchange.low(8);
        FloatVector high8 = Exchange.high(8);
        FloatVector b0 = low8.selectFrom(a0, a8);
        FloatVector b8 = high8.selectFrom(a0, a8);
        FloatVector b1 = low8.selectFrom(a1, a9);
        FloatVector b9 = high8.selectFrom(a1, a9);
        FloatVector b2 = low8.selectFrom(a2, a10);
        FloatVector b10 = high8.selectFrom(a2, a10);
        FloatVector b3 = low8.selectFrom(a3, a11);
        FloatVector b11 = high8.selectFrom(a3, a11);
        FloatVector b4 = low8.selectFrom(a4, a12);
        FloatVector b12 = high8.selectFrom(a4, a12);
        FloatVector b5 = low8.selectFrom(a5, a13);
        FloatVector b13 = high8.selectFrom(a5, a13);
        FloatVector b6 = low8.selectFrom(a6, a14);
        FloatVector b14 = high8.selectFrom(a6, a14);
        FloatVector b7 = low8.selectFrom(a7, a15);
        FloatVector b15 = high8.selectFrom(a7, a15);
        FloatVector low4 = Exchange.low(4);
        FloatVector high4 = Exchange.high(4);
        FloatVector c0 = low4.selectFrom(b0, b4);
        FloatVector c4 = high4.selectFrom(b0, b4);
        FloatVector c1 = low4.selectFrom(b1, b5);
        FloatVector c5 = high4.selectFrom(b1, b5);
        FloatVector c2 = low4.selectFrom(b2, b6);
        FloatVector c6 = high4.selectFrom(b2, b6);
        FloatVector c3 = low4.selectFrom(b3, b7);
        FloatVector c7 = high4.selectFrom(b3, b7);
        FloatVector c8 = low4.selectFrom(b8, b12);
        FloatVector c12 = high4.selectFrom(b8, b12);
        FloatVector c9 = low4.selectFrom(b9, b13);
        FloatVector c13 = high4.selectFrom(b9, b13);
        FloatVector c10 = low4.selectFrom(b10, b14);
        FloatVector c14 = high4.selectFrom(b10, b14);
        FloatVector c11 = low4.selectFrom(b11, b15);
        FloatVector c15 = high4.selectFrom(b11, b15);
        FloatVector low2 = Exchange.low(2);
        FloatVector high2 = Exchange.high(2);
        FloatVector d0 = low2.selectFrom(c0, c2);
        FloatVector d2 = high2.selectFrom(c0, c2);
        FloatVector d1 = low2.selectFrom(c1, c3);
        FloatVector d3 = high2.selectFrom(c1, c3);
        FloatVector d4 = low2.selectFrom(c4, c6);
        FloatVector d6 = high2.selectFrom(c4, c6);
        FloatVector d5 = low2.selectFrom(c5, c7);
        FloatVector d7 = high2.selectFrom(c5, c7);
        FloatVector d8 = low2.selectFrom(c8, c10);
        FloatVector d10 = high2.selectFrom(c8, c10);
        FloatVector d9 = low2.selectFrom(c9, c11);
        FloatVector d11 = high2.selectFrom(c9, c11);
        FloatVector d12 = low2.selectFrom(c12, c14);
        FloatVector d14 = high2.selectFrom(c12, c14);
        FloatVector d13 = low2.selectFrom(c13, c15);
        FloatVector d15 = high2.selectFrom(c13, c15);
        FloatVector low1 = Exchange.low(1);
        FloatVector high1 = Exchange.high(1);
        FloatVector e0 = low1.selectFrom(d0, d1);
        FloatVector e1 = high1.selectFrom(d0, d1);
        FloatVector e2 = low1.selectFrom(d2, d3);
        FloatVector e3 = high1.selectFrom(d2, d3);
        FloatVector e4 = low1.selectFrom(d4, d5);
        FloatVector e5 = high1.selectFrom(d4, d5);
        FloatVector e6 = low1.selectFrom(d6, d7);
        FloatVector e7 = high1.selectFrom(d6, d7);
        FloatVector e8 = low1.selectFrom(d8, d9);
        FloatVector e9 = high1.selectFrom(d8, d9);
        FloatVector e10 = low1.selectFrom(d10, d11);
        FloatVector e11 = high1.selectFrom(d10, d11);
        FloatVector e12 = low1.selectFrom(d12, d13);
        FloatVector e13 = high1.selectFrom(d12, d13);
        FloatVector e14 = low1.selectFrom(d14, d15);
        FloatVector e15 = high1.selectFrom(d14, d15);
        e0.intoArray(out, outBase + position[d + 0]);
        e1.intoArray(out, outBase + position[d + 1]);
        e2.intoArray(out, outBase + position[d + 2]);
        e3.intoArray(out, outBase + position[d + 3]);
        e4.intoArray(out, outBase + position[d + 4]);
        e5.intoArray(out, outBase + position[d + 5]);
        e6.intoArray(out, outBase + position[d + 6]);
        e7.intoArray(out, outBase + position[d + 7]);
        e8.intoArray(out, outBase + position[d + 8]);
        e9.intoArray(out, outBase + position[d + 9]);
        e10.intoArray(out, outBase + position[d + 10]);
        e11.intoArray(out, outBase + position[d + 11]);
        e12.intoArray(out, outBase + position[d + 12]);
        e13.intoArray(out, outBase + position[d + 13]);
        e14.intoArray(out, outBase + position[d + 14]);
        e15.intoArray(out, outBase + position[d + 15]);
    }
}
