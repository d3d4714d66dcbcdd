package dev.mettle.core.statistics;

import dev.mettle.core.random.Purpose;
import dev.mettle.core.random.RandomStream;
import dev.mettle.core.random.Seed;
import dev.mettle.core.random.Stream;

import org.apache.commons.statistics.distribution.NormalDistribution;

import java.util.function.ToDoubleFunction;

/**
 * Bias-corrected and accelerated bootstrap interval (Efron, JASA 82, 1987), and the bootstrap
 * standard error. The resamples come from one fixed seed, so equal losses give equal intervals
 * everywhere.
 *
 * <p>On the extended reals: resamples may be +infinity. The bias correction counts ties half; it is
 * kept finite by counting at least half a resample on each side. The acceleration is 0 where a
 * jackknife value is infinite or all are equal.
 */
final class BcaBootstrap {
    /**
     * Percentiles of the resamples are then uncertain by about 0.35 % of probability at the 2.5 %
     * limit.
     */
    static final int RESAMPLES = 2000;

    private static final Seed SEED = new Seed(0, Purpose.ASSESS, Seed.Source.SAMPLE, 0);
    private static final double TAIL = (1 - LossSummary.CONFIDENCE) / 2;
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    private BcaBootstrap() {}

    /**
     * Returns the statistic with its interval.
     *
     * @param floor lower limit when nothing is known
     */
    static Estimate estimate(
            String name, Losses losses, ToDoubleFunction<Losses> statistic, double floor) {
        double value = statistic.applyAsDouble(losses);
        if (losses.count() == 1) {
            return Estimate.unknown(name, value, floor, "no interval from one loss");
        }
        Losses replicates = replicates(losses, statistic);
        double bias = NORMAL.inverseCumulativeProbability(shareBelow(replicates, value));
        double acceleration = acceleration(losses, statistic);
        double z = NORMAL.inverseSurvivalProbability(TAIL);
        return new Estimate(
                name,
                value,
                replicates.quantile(level(bias, acceleration, -z)),
                replicates.quantile(level(bias, acceleration, z)),
                replicates.std(),
                "BCa bootstrap, %d resamples".formatted(RESAMPLES));
    }

    private static Losses replicates(Losses losses, ToDoubleFunction<Losses> statistic) {
        RandomStream random = new RandomStream(SEED, Stream.RESAMPLES);
        int n = losses.count();
        double[] replicates = new double[RESAMPLES];
        int[] times = new int[n];
        double[] resample = new double[n];
        for (int b = 0; b < RESAMPLES; b++) {
            draw(random, times);
            int filled = 0;
            for (int i = 0; i < n; i++) { // in order, so that nothing is left to sort
                for (; times[i] > 0; times[i]--) {
                    resample[filled++] = losses.ordered(i + 1);
                }
            }
            replicates[b] = statistic.applyAsDouble(Losses.of(resample));
        }
        return Losses.of(replicates);
    }

    private static void draw(RandomStream random, int[] times) {
        for (int i = 0; i < times.length; i++) {
            times[random.nextInt(times.length)]++;
        }
    }

    private static double shareBelow(Losses replicates, double value) {
        double below = 0;
        for (int b = 1; b <= RESAMPLES; b++) {
            double replicate = replicates.ordered(b);
            below += replicate < value ? 1 : replicate == value ? 0.5 : 0;
        }
        return Math.clamp(below, 0.5, RESAMPLES - 0.5) / RESAMPLES;
    }

    /** Returns Σd³ / (6 (Σd²)^1.5), d = mean of the jackknife values less each of them. */
    private static double acceleration(Losses losses, ToDoubleFunction<Losses> statistic) {
        double[] jackknife = jackknife(losses, statistic);
        double mean = Losses.of(jackknife).mean();
        double squares = 0;
        double cubes = 0;
        for (double value : jackknife) {
            double deviation = mean - value;
            squares += deviation * deviation;
            cubes += deviation * deviation * deviation;
        }
        double acceleration = cubes / (6 * squares * Math.sqrt(squares));
        return Double.isFinite(acceleration) ? acceleration : 0;
    }

    private static double[] jackknife(Losses losses, ToDoubleFunction<Losses> statistic) {
        int n = losses.count();
        double[] jackknife = new double[n];
        double[] left = new double[n - 1];
        for (int out = 0; out < n; out++) {
            for (int i = 0; i < n - 1; i++) {
                left[i] = losses.ordered(i < out ? i + 1 : i + 2);
            }
            jackknife[out] = statistic.applyAsDouble(Losses.of(left));
        }
        return jackknife;
    }

    /** Returns the share of resamples below a limit whose normal score is z. */
    private static double level(double bias, double acceleration, double z) {
        double shifted = bias + z;
        double stretch = 1 - acceleration * shifted;
        if (!(stretch > 0)) { // beyond the pole of the transformation: the outermost resample
            return shifted > 0 ? 1 : 0;
        }
        return NORMAL.cumulativeProbability(bias + shifted / stretch);
    }
}
