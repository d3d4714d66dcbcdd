package dev.mettle.core.instance;

/**
 * How held-out rows are cut into {@link Evaluation#BLOCKS} runs of equal size, but for one row; as
 * many as there are rows when these are fewer.
 *
 * @param rows number of rows
 */
record RowBlocks(int rows) {
    /** A number per row. */
    @FunctionalInterface
    interface PerRow {
        double of(int row);
    }

    /** Returns the number of blocks. */
    int count() {
        return Math.min(Evaluation.BLOCKS, rows);
    }

    private int start(int block) {
        return (int) ((long) block * rows / count());
    }

    /** Returns the mean over all rows and writes the mean of each block. */
    double mean(PerRow values, double[] byBlock) {
        double sum = 0;
        for (int block = 0; block < byBlock.length; block++) {
            int from = start(block);
            int to = start(block + 1);
            double blockSum = 0;
            for (int row = from; row < to; row++) {
                blockSum += values.of(row);
            }
            byBlock[block] = blockSum / (to - from);
            sum += blockSum;
        }
        return sum / rows;
    }
}
