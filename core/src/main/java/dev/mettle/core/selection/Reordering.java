package dev.mettle.core.selection;

import dev.mettle.core.random.Purpose;
import dev.mettle.core.random.RandomStream;
import dev.mettle.core.random.Seed;
import dev.mettle.core.random.Stream;
import dev.mettle.core.statistics.Losses;

import org.apache.commons.statistics.distribution.NormalDistribution;

import java.util.Arrays;
import java.util.List;

/**
 * Asks whether a race would have dropped its winner if the winner's losses had come in another
 * order. All orders of a candidate's instances are equally probable, so the share of orders in
 * which it falls is the probability that the race drops a candidate as good as the winner.
 *
 * <p>The winner is the best of some that may be equally good, and its losses look better than such
 * candidates are; so they are raised by what the best of u equal means is too low by (Blom 1958),
 * with u the number of finalists that cannot be told from it. What a sample does to all candidates
 * alike stays where it is: only the rest is reordered.
 *
 * @param error share of the orders in which it is dropped
 * @param thresholds for each look, the statistic that all but few of the orders stay below
 * @param equals u
 */
record Reordering(double error, double[] thresholds, int equals) {
    /** Orders tried. */
    static final int ORDERS = 1000;

    /** Finalists whose mean estimates the effect of the samples. */
    private static final int OTHERS = 8;

    /** Standard errors within which two finalists are not told apart. */
    private static final double CLOSE = 2;

    /** Where the quantile of the normal distribution is rounded, so that all machines agree. */
    private static final double QUANTUM = 1e-9;

    /**
     * Makes the check.
     *
     * @param finalists losses of those without a failure, best first, all of the same instances
     * @param bars for each look, the statistic of the best candidate that was left out; +infinity
     *     where nobody was
     * @param looks instances at each look
     */
    static Reordering of(
            List<double[]> finalists, double[] bars, List<Integer> looks, RacingStatistic how) {
        boolean logarithmic =
                finalists.stream().flatMapToDouble(Arrays::stream).allMatch(loss -> loss > 0);
        List<double[]> scaled = finalists.stream().map(row -> scaled(row, logarithmic)).toList();
        double[] winner = scaled.getFirst();
        int instances = winner.length;
        double[] shared = shared(scaled.subList(1, Math.min(scaled.size(), 1 + OTHERS)), instances);
        double[] own = new double[instances];
        Arrays.setAll(own, j -> winner[j] - shared[j]);
        int equals = equals(scaled);
        double shift = blom(equals) * deviation(own) / Math.sqrt(instances);
        double[][] statistics = new double[looks.size()][ORDERS];
        int dropped = 0;
        int[] order = new int[instances];
        double[] twin = new double[instances];
        for (int r = 0; r < ORDERS; r++) {
            draw(order, r);
            for (int j = 0; j < instances; j++) {
                double value = own[order[j]] + shared[j] + shift;
                twin[j] = logarithmic ? StrictMath.exp(value) : value;
            }
            boolean falls = false;
            for (int k = 0; k < bars.length; k++) {
                statistics[k][r] = how.of(Losses.of(Arrays.copyOf(twin, looks.get(k))));
                falls |= statistics[k][r] > bars[k];
            }
            dropped += falls ? 1 : 0;
        }
        return new Reordering((double) dropped / ORDERS, thresholds(statistics), equals);
    }

    private static double[] thresholds(double[][] statistics) {
        double[] thresholds = new double[statistics.length];
        int place =
                (int) Math.ceil((1 - RaceCheck.LIMIT / statistics.length) * ORDERS)
                        - 1; // Bonferroni
        for (int k = 0; k < thresholds.length; k++) {
            Arrays.sort(statistics[k]);
            thresholds[k] = statistics[k][place];
        }
        return thresholds;
    }

    private static void draw(int[] order, int number) {
        Arrays.setAll(order, j -> j);
        new RandomStream(new Seed(0, Purpose.RACE, Seed.Source.INIT, number), Stream.RESAMPLES)
                .shuffle(order, order.length);
    }

    private static double[] scaled(double[] losses, boolean logarithmic) {
        return logarithmic ? Arrays.stream(losses).map(StrictMath::log).toArray() : losses;
    }

    /** Returns what each sample adds to everybody's losses; nothing where too few can tell. */
    private static double[] shared(List<double[]> others, int instances) {
        double[] shared = new double[instances];
        if (others.size() < 2) {
            return shared;
        }
        for (double[] other : others) {
            double mean = mean(other);
            for (int j = 0; j < instances; j++) {
                shared[j] += (other[j] - mean) / others.size();
            }
        }
        return shared;
    }

    private static int equals(List<double[]> scaled) {
        double[] winner = scaled.getFirst();
        int equals = 1;
        for (double[] other : scaled.subList(1, scaled.size())) {
            double[] differences = new double[winner.length];
            Arrays.setAll(differences, j -> other[j] - winner[j]);
            double error = deviation(differences) / Math.sqrt(differences.length);
            equals += mean(differences) <= CLOSE * error ? 1 : 0;
        }
        return equals;
    }

    /** Returns the expected largest of so many normal numbers, nearly (Blom 1958). */
    private static double blom(int count) {
        double quantile =
                NormalDistribution.of(0, 1)
                        .inverseCumulativeProbability((count - 0.375) / (count + 0.25));
        return Math.rint(quantile / QUANTUM) * QUANTUM;
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    /** Returns the sample standard deviation. */
    private static double deviation(double[] values) {
        double mean = mean(values);
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return Math.sqrt(squares / (values.length - 1));
    }
}
