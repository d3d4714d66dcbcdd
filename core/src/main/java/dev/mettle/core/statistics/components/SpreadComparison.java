package dev.mettle.core.statistics.components;

import org.apache.commons.statistics.distribution.FDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;

import java.util.Arrays;

/**
 * Comparison of the spreads of two groups of numbers that need not be normal.
 *
 * <p><b>Test</b> that they are equal: Brown and Forsythe (JASA 69, 1974), an analysis of variance
 * of the distances from each group's median.
 *
 * <p><b>Interval</b> of the ratio of variances: Bonett (Computational Statistics and Data Analysis
 * 50, 2006). With s² the variances, c = [n₁/(n₁ - z)] / [n₂/(n₂ - z)], z the 97.5 % point of the
 * standard normal distribution, k_j = (n_j - 3)/n_j, and γ the pooled kurtosis Σ(y - m_j)⁴ (n₁ +
 * n₂) / (Σ(y - mean_j)²)², m_j the mean after trimming the part 1/(2√(n_j - 4)) from each end:
 *
 * <p>exp(ln(c s₁²/s₂²) ± z √((γ - k₁)/(n₁ - 1) + (γ - k₂)/(n₂ - 1))).
 *
 * @param firstCount numbers in the first group
 * @param secondCount numbers in the second group
 * @param firstStd standard deviation of the first group
 * @param secondStd standard deviation of the second group
 * @param varianceRatio variance of the first over variance of the second, with its 95 % interval
 * @param pValue of the test
 */
public record SpreadComparison(
        int firstCount,
        int secondCount,
        double firstStd,
        double secondStd,
        VarianceComponents.Interval varianceRatio,
        double pValue) {
    /** Fewest numbers in a group: the trimmed mean and the kurtosis mean nothing below. */
    public static final int LEAST = 10;

    private static final double NORMAL_POINT =
            NormalDistribution.of(0, 1)
                    .inverseSurvivalProbability((1 - VarianceComponents.CONFIDENCE) / 2);

    /**
     * Compares two groups.
     *
     * @param first finite numbers, at least {@link #LEAST}, not all equal
     * @param second the same
     */
    public static SpreadComparison of(double[] first, double[] second) {
        require(first);
        require(second);
        double firstVariance = squares(first) / (first.length - 1);
        double secondVariance = squares(second) / (second.length - 1);
        double ratio = firstVariance / secondVariance;
        double correction = correction(first.length) / correction(second.length);
        double half = NORMAL_POINT * standardError(first, second);
        return new SpreadComparison(
                first.length,
                second.length,
                Math.sqrt(firstVariance),
                Math.sqrt(secondVariance),
                new VarianceComponents.Interval(
                        ratio,
                        correction * ratio * StrictMath.exp(-half),
                        correction * ratio * StrictMath.exp(half)),
                brownForsythe(first, second));
    }

    private static void require(double[] group) {
        if (group.length < LEAST || !(squares(group) > 0)) {
            throw new IllegalArgumentException(
                    "a group needs %d or more numbers that are not all equal.".formatted(LEAST));
        }
    }

    private static double correction(double n) {
        return n / (n - NORMAL_POINT);
    }

    private static double standardError(double[] first, double[] second) {
        double squares = squares(first) + squares(second);
        double fourths = fourths(first) + fourths(second);
        double kurtosis = (first.length + second.length) * fourths / (squares * squares);
        return Math.sqrt(part(kurtosis, first.length) + part(kurtosis, second.length));
    }

    private static double part(double kurtosis, double n) {
        return (kurtosis - (n - 3) / n) / (n - 1);
    }

    private static double squares(double[] group) {
        double mean = mean(group, 0);
        return Arrays.stream(group).map(y -> (y - mean) * (y - mean)).sum();
    }

    private static double fourths(double[] group) {
        double centre = mean(group, 1 / (2 * Math.sqrt(group.length - 4)));
        return Arrays.stream(group).map(y -> (y - centre) * (y - centre)).map(d -> d * d).sum();
    }

    /** Returns the mean without the part trimmed from each end, rounded down to whole numbers. */
    private static double mean(double[] group, double trimmed) {
        double[] sorted = group.clone();
        Arrays.sort(sorted);
        int out = (int) (trimmed * sorted.length);
        double sum = 0;
        for (int i = out; i < sorted.length - out; i++) {
            sum += sorted[i];
        }
        return sum / (sorted.length - 2 * out);
    }

    private static double brownForsythe(double[] first, double[] second) {
        double[] a = distances(first);
        double[] b = distances(second);
        double n = a.length + b.length;
        double difference = mean(a, 0) - mean(b, 0);
        double between = a.length * (double) b.length / n * difference * difference;
        double within = (squares(a) + squares(b)) / (n - 2);
        if (!(within > 0)) { // each group has its numbers at one distance from its median
            return between > 0 ? 0 : 1;
        }
        return FDistribution.of(1, n - 2).survivalProbability(between / within);
    }

    private static double[] distances(double[] group) {
        double[] sorted = group.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        double median =
                sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
        return Arrays.stream(group).map(y -> Math.abs(y - median)).toArray();
    }
}
