package dev.mettle.core.statistics;

import java.util.Arrays;

/**
 * The losses of a candidate's instances, sorted: at least one, none NaN or -infinity, +infinity for
 * a failed instance. Every statistic is on the extended reals and never NaN. Sums run over the
 * sorted losses, so the order in which instances finished does not matter. Finite losses give
 * finite statistics, but for the squares in {@link #std} and the differences in {@link #iqr}, which
 * are +infinity when they exceed the greatest double.
 */
public final class Losses {
    /**
     * Rounding of a quantile's position, relative to the number of losses: 0.56 × 25 is not 14 in
     * doubles.
     */
    private static final double POSITION_ROUNDING = 1e-12;

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
                throw new IllegalArgumentException(
                        "a loss (%s) must be a number above -infinity.".formatted(loss));
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

    /**
     * Returns the mean; +infinity if any loss is. Never outside the range of the losses, so equal
     * ones have std 0.
     */
    public double mean() {
        if (max() == Double.POSITIVE_INFINITY) {
            return Double.POSITIVE_INFINITY;
        }
        double sum = 0;
        for (double loss : sorted) {
            sum += loss;
        }
        double mean = Double.isFinite(sum) ? sum / sorted.length : meanWithoutOverflow();
        return Math.clamp(mean, min(), max());
    }

    private double meanWithoutOverflow() {
        double mean = 0;
        for (double loss : sorted) {
            mean += loss / sorted.length;
        }
        return mean;
    }

    /**
     * Returns the standard deviation with n - 1; 0 for one finite loss; +infinity if any loss is.
     */
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
        return mean > 0 && mean < Double.POSITIVE_INFINITY
                ? std() / mean
                : Double.POSITIVE_INFINITY;
    }

    /** Returns mean + lambda × std, for lambda of 0 or more; +infinity if any loss is. */
    public double meanPlusStd(double lambda) {
        // lambda 0 apart, because 0 × infinity is NaN
        return lambda == 0 ? mean() : mean() + lambda * std();
    }

    /**
     * Returns the quantile of type 7 (Hyndman and Fan 1996), for q in [0, 1]; a zero weight is
     * skipped.
     */
    public double quantile(double q) {
        double position = q * (sorted.length - 1);
        double nearest = Math.rint(position);
        if (Math.abs(position - nearest) <= POSITION_ROUNDING * sorted.length) {
            return sorted[(int) nearest];
        }
        int below = (int) position;
        return mix(sorted[below], sorted[below + 1], position - below);
    }

    private static double mix(double low, double high, double weight) {
        double difference = high - low;
        // the second form can't overflow; it gives +infinity only if high is
        return Double.isFinite(difference)
                ? low + weight * difference
                : low * (1 - weight) + high * weight;
    }

    /** Returns the third quartile less the first; +infinity if the third is. */
    public double iqr() {
        double third = quantile(0.75);
        return third == Double.POSITIVE_INFINITY ? third : third - quantile(0.25);
    }

    /**
     * Returns the mean of the worst share 1 - q of the losses; the loss at the edge counts with the
     * part of it that belongs to the tail (Rockafellar and Uryasev 2000, for a discrete
     * distribution).
     */
    public double cvar(double q) {
        double tail = (1 - q) * sorted.length;
        double left = tail;
        double sum = 0;
        for (int i = sorted.length - 1; i >= 0 && left > 0; i--) {
            double part = Math.min(1, left);
            sum += part / tail * sorted[i];
            left -= part;
        }
        return sum;
    }

    /** Returns a sorted copy. */
    public double[] toArray() {
        return sorted.clone();
    }
}
