package dev.mettle.core.instance;

import dev.mettle.core.data.Dataset;
import dev.mettle.core.data.RowGroups;

/**
 * How held-out rows are cut into {@link Evaluation#BLOCKS} runs: of equal size, but for one row, as
 * many as there are rows when these are fewer. Where rows belong together and there are that many
 * groups, blocks are made of whole groups and are as equal as these allow.
 */
final class RowBlocks {
    /** Position at which each block begins, and the number of rows. */
    private final int[] starts;

    private RowBlocks(int[] starts) {
        this.starts = starts;
    }

    /** Cuts rows of a data set, in their order; those of one group follow each other. */
    static RowBlocks of(Dataset data, int[] rows) {
        return data.groups()
                .filter(groups -> groups.count(rows) >= Evaluation.BLOCKS)
                .map(groups -> new RowBlocks(byGroups(groups, rows)))
                .orElseGet(() -> new RowBlocks(equal(rows.length)));
    }

    private static int[] equal(int rows) {
        int count = Math.min(Evaluation.BLOCKS, rows);
        int[] starts = new int[count + 1];
        for (int block = 0; block <= count; block++) {
            starts[block] = count == 0 ? 0 : (int) ((long) block * rows / count);
        }
        return starts;
    }

    /** Each block begins with the group that begins nearest to where equal blocks would. */
    private static int[] byGroups(RowGroups groups, int[] rows) {
        int[] begins = new int[groups.count(rows) + 1];
        int count = 0;
        for (int i = 0; i < rows.length; i++) {
            if (i == 0 || groups.of(rows[i]) != groups.of(rows[i - 1])) {
                begins[count++] = i;
            }
        }
        begins[count] = rows.length;
        int[] starts = equal(rows.length);
        int group = 0;
        for (int block = 1; block < Evaluation.BLOCKS; block++) {
            int last = count - (Evaluation.BLOCKS - block); // the others need one each
            int wanted = starts[block];
            group++;
            while (group < last
                    && Math.abs(begins[group + 1] - wanted) < Math.abs(begins[group] - wanted)) {
                group++;
            }
            starts[block] = begins[group];
        }
        return starts;
    }

    /** A number per row. */
    @FunctionalInterface
    interface PerRow {
        double of(int row);
    }

    /** Returns the number of rows. */
    int rows() {
        return starts[starts.length - 1];
    }

    /** Returns the number of blocks. */
    int count() {
        return starts.length - 1;
    }

    /** Returns the position of the first row of a block. */
    int start(int block) {
        return starts[block];
    }

    /** Returns the mean over all rows and writes the mean of each block. */
    double mean(PerRow values, double[] byBlock) {
        double sum = 0;
        for (int block = 0; block < byBlock.length; block++) {
            int from = starts[block];
            int to = starts[block + 1];
            double blockSum = 0;
            for (int row = from; row < to; row++) {
                blockSum += values.of(row);
            }
            byBlock[block] = blockSum / (to - from);
            sum += blockSum;
        }
        return sum / rows();
    }
}
