package dev.mettle.core.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * From which training-sample size on a candidate is robust, proved from its losses at several sizes
 * (docs/math/sample-size.md). Robust at a size: cv is at most a limit, and no instance ever fails.
 *
 * <p><b>From above.</b> Fixed-sequence testing (Maurer, Hothorn and Lehmacher 1995; Westfall and
 * Krishen 2001) from the largest size down, each null "not robust at this size" at level alpha,
 * ending at the first that is not rejected. The probability that any size is called robust and is
 * not, the family-wise error, is at most alpha without a correction: for that to happen the first
 * true null in the order must be rejected, one event of probability alpha at most. It holds however
 * the sizes depend on one another and whatever shape cv has over the sizes; that all sizes between
 * and beyond those tried are robust too is what a monotone cv adds.
 *
 * <p><b>From below.</b> The same from the smallest size up with the nulls "robust at this size". A
 * failed instance rejects it for certain.
 *
 * <p>Each direction errs with probability alpha at most; both together with 2 alpha.
 *
 * @param steps what each size says by itself, smallest first
 * @param robustFrom smallest size that is robust, with all larger ones tried; empty when not even
 *     the largest is proved
 * @param notRobustUpTo largest size that is not robust, with all smaller ones tried; empty when not
 *     even the smallest is proved
 * @param heavyTails whether the losses have more far ones than log-normal losses, so that alpha may
 *     be exceeded: their excess kurtosis, the mean over the sizes, is above 1 and above what chance
 *     makes of log-normal ones
 */
public record MinimalSize(
        List<SizeStep> steps,
        OptionalInt robustFrom,
        OptionalInt notRobustUpTo,
        boolean heavyTails) {
    /** Probability of a wrong answer in one direction unless another is asked for. */
    public static final double ALPHA = 0.05;

    private static final double SMALLEST_HEAVY = 1;

    /** 1 % point of a standard normal number. */
    private static final double FAR = 2.33;

    public MinimalSize {
        steps = List.copyOf(steps);
    }

    /** Tests with {@link Robustness.Limits#DEFAULT} and {@link #ALPHA}. */
    public static MinimalSize of(List<SizedLosses> sizes) {
        return of(sizes, Robustness.Limits.DEFAULT, ALPHA);
    }

    /**
     * Tests.
     *
     * @param sizes at least one, in increasing order
     * @param limits what is asked of a robust candidate
     * @param alpha probability with which each direction may be wrong, in (0, 0.5)
     */
    public static MinimalSize of(List<SizedLosses> sizes, Robustness.Limits limits, double alpha) {
        return test(sizes, sizes.stream().map(_ -> limits).toList(), alpha);
    }

    /**
     * Tests whether the candidate would be robust if the pool had no end. Samples of n of its N
     * rows overlap, which takes about n/N of the variance that samples cause; at worst samples
     * cause all of it, and then cv is to be divided by √(1 - n/N).
     *
     * @param pool rows of the pool, more than the largest size
     */
    public static MinimalSize withEndlessPool(
            List<SizedLosses> sizes, Robustness.Limits limits, double alpha, int pool) {
        return test(
                sizes,
                sizes.stream()
                        .map(size ->
                                new Robustness.Limits(
                                        limits.cv() * poolFactor(size.rows(), pool),
                                        limits.instances()))
                        .toList(),
                alpha);
    }

    /**
     * Returns √(1 - n/N), by which the spread that samples of n of N rows cause is too small.
     *
     * @param rows n, below N
     * @param pool N
     */
    public static double poolFactor(int rows, int pool) {
        if (rows >= pool) {
            throw new IllegalArgumentException(
                    "rows (%d) must be fewer than the pool's %d.".formatted(rows, pool));
        }
        return Math.sqrt(1 - (double) rows / pool);
    }

    private static MinimalSize test(
            List<SizedLosses> sizes, List<Robustness.Limits> limits, double alpha) {
        if (!(alpha > 0 && alpha < 0.5)) {
            throw new IllegalArgumentException("alpha (%s) must be in (0, 0.5).".formatted(alpha));
        }
        requireIncreasing(sizes);
        List<SizeStep> steps = new ArrayList<>();
        for (int i = 0; i < sizes.size(); i++) {
            steps.add(SizeStep.of(sizes.get(i), limits.get(i), alpha));
        }
        return new MinimalSize(
                steps,
                last(steps.reversed(), SizeStep.Proof.ROBUST),
                last(steps, SizeStep.Proof.NOT_ROBUST),
                areTailsHeavy(sizes));
    }

    static void requireIncreasing(List<SizedLosses> sizes) {
        if (sizes.isEmpty()) {
            throw new IllegalArgumentException("there is no size.");
        }
        for (int i = 1; i < sizes.size(); i++) {
            if (sizes.get(i).rows() <= sizes.get(i - 1).rows()) {
                throw new IllegalArgumentException(
                        "sizes must increase, but %d follows %d."
                                .formatted(sizes.get(i).rows(), sizes.get(i - 1).rows()));
            }
        }
    }

    /** Returns the last size of a sequence of proofs that has no gap from its beginning on. */
    private static OptionalInt last(List<SizeStep> sequence, SizeStep.Proof proof) {
        OptionalInt last = OptionalInt.empty();
        for (SizeStep step : sequence) {
            if (step.proof() != proof) {
                break;
            }
            last = OptionalInt.of(step.rows());
        }
        return last;
    }

    /**
     * Looks at all sizes together, since one of 50 instances seldom shows its tails. The standard
     * error of the kurtosis is that of normal losses, √(24/n) for large n (Fisher 1930).
     */
    private static boolean areTailsHeavy(List<SizedLosses> sizes) {
        double kurtosis = 0;
        double squaredErrors = 0;
        int count = 0;
        for (SizedLosses size : sizes) {
            Losses losses = size.sorted();
            double n = losses.count();
            if (n >= 4 && losses.failures() == 0) {
                kurtosis += Spread.of(losses).excessKurtosis();
                squaredErrors +=
                        24 * n * (n - 1) * (n - 1) / ((n - 3) * (n - 2) * (n + 3) * (n + 5));
                count++;
            }
        }
        double chance = FAR * Math.sqrt(squaredErrors) / count;
        return count > 0 && kurtosis / count > Math.max(SMALLEST_HEAVY, chance);
    }

    /** Returns where the size from which on the candidate is robust lies, as far as proved. */
    public Bracket proven() {
        return new Bracket(
                notRobustUpTo.orElse(0),
                robustFrom.isPresent() ? robustFrom.getAsInt() : Double.POSITIVE_INFINITY);
    }

    /** Returns the smallest size tried. */
    public int smallest() {
        return steps.getFirst().rows();
    }

    /** Returns the largest size tried. */
    public int largest() {
        return steps.getLast().rows();
    }
}
