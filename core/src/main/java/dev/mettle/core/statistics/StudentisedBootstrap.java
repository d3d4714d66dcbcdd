package dev.mettle.core.statistics;

import dev.mettle.core.random.Purpose;
import dev.mettle.core.random.RandomStream;
import dev.mettle.core.random.Seed;
import dev.mettle.core.random.Stream;

import java.util.Arrays;

/**
 * Studentised bootstrap interval of the mean (Efron and Tibshirani 1993, section 12.5; Davison and
 * Hinkley 1997, section 5.2): with m and s mean and standard deviation of the n losses, and m*, s*
 * those of a resample,
 *
 * <pre>t* = (m* - m) / (s* / √n),    mean from m - t*₍₁₉₅₀₎ s / √n to m - t*₍₅₀₎ s / √n</pre>
 *
 * from the order statistics of 1,999 resamples: ranks 0.025 (1999 + 1) and 0.975 (1999 + 1). Unlike
 * Student's interval it is not symmetric, so it follows the skew of the losses. The resamples come
 * from one fixed seed.
 *
 * <p>A resample of equal losses has s* = 0 and t* = ±∞ (0 where m* = m): with very few losses a
 * limit is then infinite, as it should be.
 */
final class StudentisedBootstrap {
    /** One less than a number of which 2.5 % is whole. */
    static final int RESAMPLES = 1999;

    private static final Seed SEED = new Seed(0, Purpose.ASSESS, Seed.Source.SAMPLE, 1);
    private static final int LOW_RANK =
            (int) Math.round((1 - LossSummary.CONFIDENCE) / 2 * (RESAMPLES + 1));
    private static final String METHOD =
            "studentised bootstrap, %,d resamples".formatted(RESAMPLES);

    private StudentisedBootstrap() {}

    /** Returns the interval of the mean of losses without a failure. */
    static Estimate mean(String name, Losses losses) {
        double mean = losses.mean();
        int n = losses.count();
        if (n == 1) {
            return Estimate.unknown(
                    name, mean, Double.NEGATIVE_INFINITY, "no interval from one loss");
        }
        double standardError = losses.std() / Math.sqrt(n);
        if (standardError == 0) {
            return new Estimate(name, mean, mean, mean, 0, METHOD);
        }
        double[] scores = scores(losses, mean);
        return new Estimate(
                name,
                mean,
                mean - scores[RESAMPLES - LOW_RANK] * standardError,
                mean - scores[LOW_RANK - 1] * standardError,
                standardError,
                METHOD);
    }

    /** Returns t* of every resample, sorted. */
    private static double[] scores(Losses losses, double mean) {
        RandomStream random = new RandomStream(SEED, Stream.RESAMPLES);
        int n = losses.count();
        double[] scores = new double[RESAMPLES];
        double[] resample = new double[n];
        for (int b = 0; b < RESAMPLES; b++) {
            for (int i = 0; i < n; i++) {
                resample[i] = losses.ordered(1 + random.nextInt(n));
            }
            scores[b] = score(Losses.of(resample), mean);
        }
        Arrays.sort(scores);
        return scores;
    }

    private static double score(Losses resample, double mean) {
        double shift = resample.mean() - mean;
        return shift == 0 ? 0 : shift / (resample.std() / Math.sqrt(resample.count()));
    }
}
