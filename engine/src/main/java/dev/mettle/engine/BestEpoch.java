package dev.mettle.engine;

import dev.mettle.core.study.RestoreBest;

/**
 * Remembers the weights of the epoch with the least loss on the last rows of the sample, which are
 * not trained on.
 */
final class BestEpoch {
    private final Training training;
    private final int patience;
    private final int[] rows;
    private double least = Double.POSITIVE_INFINITY;
    private int best;

    /**
     * Takes the training to judge.
     *
     * @param sample rows of the sample, those set aside included
     */
    BestEpoch(Training training, RestoreBest settings, int sample) {
        this.training = training;
        this.patience = settings.patience();
        int aside = settings.rows(sample);
        this.rows = new int[aside];
        for (int i = 0; i < aside; i++) {
            rows[i] = sample - aside + i;
        }
    }

    /** Returns the number of rows that are set aside. */
    int rows() {
        return rows.length;
    }

    /**
     * Judges the weights after an epoch, counted from 1; a loss that is NaN is never the least.
     * Returns whether patience is at its end.
     */
    boolean judge(int epoch) {
        double loss = training.loss(rows);
        if (loss < least) {
            least = loss;
            best = epoch;
            training.keep();
        }
        return epoch - best >= patience;
    }

    /** Sets the weights of the best epoch; without one, the last ones stay. */
    void restore() {
        if (best > 0) {
            training.revert();
        }
    }
}
