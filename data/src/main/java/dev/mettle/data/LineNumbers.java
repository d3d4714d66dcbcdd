package dev.mettle.data;

import java.util.Arrays;

/** In which line of its file each row of a table begins, kept as the places where lines jump. */
final class LineNumbers {
    private int[] rows = new int[8];
    private long[] offsets = new long[8];
    private int jumps;

    /** Adds the next row. */
    void add(int row, long line) {
        if (jumps > 0 && offsets[jumps - 1] == line - row) {
            return;
        }
        if (jumps == rows.length) {
            rows = Arrays.copyOf(rows, 2 * jumps);
            offsets = Arrays.copyOf(offsets, 2 * jumps);
        }
        rows[jumps] = row;
        offsets[jumps] = line - row;
        jumps++;
    }

    /** Adds rows that were counted from 0, and lines from 1, behind others. */
    void addAll(LineNumbers others, int rowsBefore, long linesBefore) {
        for (int jump = 0; jump < others.jumps; jump++) {
            int row = others.rows[jump];
            add(rowsBefore + row, linesBefore + row + others.offsets[jump]);
        }
    }

    /** Returns the line of a row that was added. */
    long line(int row) {
        int at = Arrays.binarySearch(rows, 0, jumps, row);
        return row + offsets[at >= 0 ? at : -at - 2];
    }
}
