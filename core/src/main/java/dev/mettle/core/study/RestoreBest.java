package dev.mettle.core.study;

/**
 * Ends a training with the weights of its best epoch: the one with the least loss on a part of the
 * instance's own sample that is set aside and not trained on (docs/decisions/0021-restore-best.md).
 * No held-out row is looked at.
 *
 * @param patience epochs without a better one after which training stops, at least 1
 * @param holdout share of the sample that is set aside, in (0, 1)
 */
public record RestoreBest(int patience, double holdout) {
    public RestoreBest {
        if (patience < 1) {
            throw new IllegalArgumentException(
                    "patience (%d) must be 1 or more.".formatted(patience));
        }
        if (!(holdout > 0 && holdout < 1)) {
            throw new IllegalArgumentException(
                    "holdout (%s) must be inside (0, 1).".formatted(holdout));
        }
    }

    /**
     * Returns the rows that are set aside: the share rounded to a whole number, at least 1, as long
     * as one is left to train on.
     *
     * @param sample rows of the sample, at least 1
     */
    public int rows(int sample) {
        return Math.min(sample - 1, Math.max(1, Math.toIntExact(Math.round(holdout * sample))));
    }
}
