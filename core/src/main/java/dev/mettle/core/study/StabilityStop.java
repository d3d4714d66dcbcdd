package dev.mettle.core.study;

/** When a training counts as exploded. */
public sealed interface StabilityStop {
    /** Only a loss that is not finite. */
    record Off() implements StabilityStop {}

    /**
     * From epoch {@link #FIRST_EPOCH} on, also an epoch whose mean training loss exceeds (1 +
     * threshold) × its mean over the preceding min(window, epoch - 1) epochs
     * (docs/decisions/0003-stability-stop.md).
     *
     * @param threshold positive; 0.1 means 10 %
     * @param window epochs, at least 1
     */
    record On(double threshold, int window) implements StabilityStop {
        public On {
            if (!(threshold > 0)) {
                throw new IllegalArgumentException(
                        "threshold (%s) must be above 0.".formatted(threshold));
            }
            if (window < 1) {
                throw new IllegalArgumentException(
                        "window (%d) must be 1 or more.".formatted(window));
            }
        }
    }

    /**
     * A training whose last epoch's loss is this many times the loss of a constant model has
     * diverged, even if its loss is falling again.
     */
    double DIVERGED = 1000;

    /** First epoch, counted from 1, at which a rising loss is judged. */
    int FIRST_EPOCH = 6;

    /**
     * Tells whether the training exploded at its last epoch.
     *
     * @param curve mean training loss of every epoch so far
     * @param epochs number of epochs so far, at least 1
     */
    default boolean exploded(float[] curve, int epochs) {
        float last = curve[epochs - 1];
        if (!Float.isFinite(last)) {
            return true;
        }
        return switch (this) {
            case Off _ -> false;
            case On(double threshold, int window) ->
                    epochs >= FIRST_EPOCH
                            && last > (1 + threshold) * meanBefore(curve, epochs, window);
        };
    }

    /**
     * Tells whether a training that reached its last epoch ended far worse than no training at all:
     * adaptive optimisers with an absurd learning rate jump once and then fall for ever.
     *
     * @param lastLoss mean training loss of the last epoch
     * @param constantLoss loss of the best constant model on the same sample and scale
     */
    default boolean diverged(float lastLoss, double constantLoss) {
        return this instanceof On && lastLoss > DIVERGED * constantLoss;
    }

    private static double meanBefore(float[] curve, int epochs, int window) {
        int count = Math.min(window, epochs - 1);
        double sum = 0;
        for (int i = epochs - 1 - count; i < epochs - 1; i++) {
            sum += curve[i];
        }
        return sum / count;
    }
}
