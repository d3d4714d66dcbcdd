package dev.mettle.core.statistics;

import java.util.Arrays;

/**
 * The losses of a candidate's instances, sorted: at least one, none NaN or -infinity, +infinity for a failed instance.
 * Every statistic is on the extended reals and never NaN. Sums run over the sorted losses, so the order in which
 * instances finished does not matter.
 */
public final class Losses {
    private final double[] sorted;

    private Losses(double[] sorted) {
        this.sorted = sorted;
    }

    /** Copies and sorts the losses given. */
    public static Losses of(double... losses) {
        double[] sorted = losses.clone();
        Arrays.sort(sorted);
        if (sorted.length == 0) {
            throw new IllegalArgumentException("losses are empty.");
        }
        for (double loss : sorted) {
            if (!(loss > Double.NEGATIVE_INFINITY)) {
                throw new IllegalArgumentException("a loss (%s) must be a number above -infinity.".formatted(loss));
            }
        }
        return new Losses(sorted);
    }

    /** Returns the number of losses. */
    public int count() {
        return sorted.length;
    }

    /** Returns the number of infinite losses: failed instances. */
    public int failures() {
        int failures = 0;
        for (double loss : sorted) {
            failures += loss == Double.POSITIVE_INFINITY ? 1 : 0;
        }
        return failures;
    }

    /** Returns the k-th smallest loss, k from 1. */
    public double ordered(int k) {
        return sorted[k - 1];
    }

    /** Returns the smallest loss. */
    public double min() {
        return sorted[0];
    }

    /** Returns the largest loss. */
    public double max() {
        return sorted[sorted.length - 1];
    }

    /** Returns the mean; +infinity if any loss is. */
    public double mean() {
        double sum = 0;
        for (double loss : sorted) {
            sum += loss;
        }
        return sum / sorted.length;
    }

    /** Returns the standard deviation with n - 1; 0 for one finite loss; +infinity if any loss is. */
    public double std() {
        if (max() == Double.POSITIVE_INFINITY) {
            return Double.POSITIVE_INFINITY;
        }
        if (sorted.length == 1) {
            return 0;
        }
        double mean = mean();
        double sum = 0;
        for (double loss : sorted) {
            sum += (loss - mean) * (loss - mean);
        }
        return Math.sqrt(sum / (sorted.length - 1));
    }

    /** Returns std / mean; +infinity if any loss is, or the mean is 0 or less. */
    public double cv() {
        double mean = mean();
        return mean > 0 && mean < Double.POSITIVE_INFINITY ? std() / mean : Double.POSITIVE_INFINITY;
    }

    /** Returns mean + lambda × std, for lambda of 0 or more; +infinity if any loss is. */
    public double meanPlusStd(double lambda) {
        return max() == Double.POSITIVE_INFINITY ? Double.POSITIVE_INFINITY : mean() + lambda * std();
    }

    /** Returns the quantile of type 7 (Hyndman and Fan 1996), for q in [0, 1]; a zero weight is skipped. */
    public double quantile(double q) {
        double position = q * (sorted.length - 1);
        int below = (int) position;
        double weight = position - below;
        return weight == 0 ? sorted[below] : mix(sorted[below], sorted[below + 1], weight);
    }

    private static double mix(double low, double high, double weight) {
        return high == Double.POSITIVE_INFINITY ? high : low + weight * (high - low);
    }

    /** Returns the third quartile less the first; +infinity if the third is. */
    public double iqr() {
        double third = quantile(0.75);
        return third == Double.POSITIVE_INFINITY ? third : third - quantile(0.25);
    }

    /**
     * Returns the mean of the worst share 1 - q of the losses; the loss at the edge counts with the part of it that
     * belongs to the tail (Rockafellar and Uryasev 2000, for a discrete distribution).
     */
    public double cvar(double q) {
        double tail = (1 - q) * sorted.length;
        double left = tail;
        double sum = 0;
        for (int i = sorted.length - 1; i >= 0 && left > 0; i--) {
            double part = Math.min(1, left);
            sum += part * sorted[i];
            left -= part;
        }
        return sum / tail;
    }

    /** Returns a sorted copy. */
    public double[] toArray() {
        return sorted.clone();
    }
}
