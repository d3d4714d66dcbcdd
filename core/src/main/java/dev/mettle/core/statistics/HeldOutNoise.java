package dev.mettle.core.statistics;

import dev.mettle.core.data.Series;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Noise of the finite held-out set, from the losses of several instances in the same B random
 * blocks of held-out rows. Blocks stand for rows: they are what would be resampled, whole and the
 * same ones for all instances. Blocks are taken as equally large (they differ by one row at most).
 * With L[i][b] the loss of instance i in block b:
 *
 * <p><b>Level.</b> How far all losses would move together with another held-out set. A bootstrap
 * that draws B blocks with replacement has, for a mean, a standard deviation in closed form, so
 * nothing is drawn: √(Σ_b (m_b - m)² / (B - 1) / B), where m_b is the mean of L[i][b] over
 * instances (Efron and Tibshirani 1993, chapter 5; with B - 1 in place of B to be unbiased).
 *
 * <p><b>Share of the spread.</b> How much of the variance between instances the held-out set makes
 * itself, since each network errs on its own rows: 1 - Cov_i(half 1, half 2) / Var_i(whole), the
 * covariance averaged over all random halves of the blocks. Every pair of different blocks falls
 * into opposite halves equally often, so that average is exactly the mean of the covariances of
 * different blocks: with C the B × B covariance matrix over instances, D its trace and S the sum of
 * its elements, share = 1 - B (S - D) / ((B - 1) S). It is never below 0; above 1, where blocks are
 * negatively correlated by chance, it is given as 1 (docs/math/held-out-noise.md).
 *
 * @param levelStandardError standard error of the mean loss that is due to the held-out rows, in
 *     the loss's unit
 * @param spreadShare share of the variance between instances, in [0, 1]; empty with fewer than two
 *     instances, or when all are equal
 * @param instances instances it was estimated from
 * @param blocks blocks of each
 */
public record HeldOutNoise(
        double levelStandardError, OptionalDouble spreadShare, int instances, int blocks) {
    /**
     * Estimates both.
     *
     * @param lossesByBlock one series per instance; those that are empty or not finite (failed
     *     instances) are left out; all others have the same length
     * @return empty with no instance left, or fewer than two blocks
     */
    public static Optional<HeldOutNoise> of(List<Series> lossesByBlock) {
        List<double[]> losses =
                lossesByBlock.stream().map(Series::toArray).filter(HeldOutNoise::isFinite).toList();
        if (losses.isEmpty() || losses.getFirst().length < 2) {
            return Optional.empty();
        }
        int blocks = losses.getFirst().length;
        for (double[] row : losses) {
            if (row.length != blocks) {
                throw new IllegalArgumentException(
                        "instances have %d and %d blocks of held-out rows."
                                .formatted(blocks, row.length));
            }
        }
        return Optional.of(
                new HeldOutNoise(
                        level(losses, blocks), share(losses, blocks), losses.size(), blocks));
    }

    private static boolean isFinite(double[] row) {
        for (double loss : row) {
            if (!Double.isFinite(loss)) {
                return false;
            }
        }
        return row.length > 0;
    }

    private static double level(List<double[]> losses, int blocks) {
        double[] byBlock = columnMeans(losses, blocks);
        return Losses.of(byBlock).std() / Math.sqrt(blocks);
    }

    private static OptionalDouble share(List<double[]> losses, int blocks) {
        double[] means = columnMeans(losses, blocks);
        double trace = 0;
        double sum = 0;
        for (double[] row :
                losses) { // S = Σ_i (Σ_b deviation)², D = Σ_i Σ_b deviation²; the divisor n - 1
            // cancels
            double total = 0;
            for (int b = 0; b < blocks; b++) {
                double deviation = row[b] - means[b];
                trace += deviation * deviation;
                total += deviation;
            }
            sum += total * total;
        }
        double share = 1 - blocks * (sum - trace) / ((blocks - 1) * sum);
        return Double.isFinite(share)
                ? OptionalDouble.of(Math.clamp(share, 0.0, 1.0))
                : OptionalDouble.empty();
    }

    /** Returns the mean of each block over the instances; exactly theirs when all are equal. */
    private static double[] columnMeans(List<double[]> losses, int blocks) {
        double[] means = new double[blocks];
        for (int b = 0; b < blocks; b++) {
            int block = b;
            means[b] = Losses.of(losses.stream().mapToDouble(row -> row[block]).toArray()).mean();
        }
        return means;
    }
}
