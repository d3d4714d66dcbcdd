package dev.mettle.core.selection;

import dev.mettle.core.random.Purpose;
import dev.mettle.core.random.RandomStream;
import dev.mettle.core.random.Seed;
import dev.mettle.core.random.Stream;
import dev.mettle.core.selection.RacingSchedule.Look;
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
     * @param previews losses of their previews, as many of each; none where the race has none
     * @param bars for each look, the statistic of the best candidate that was left out; +infinity
     *     where nobody was
     * @param looks of the race
     */
    static Reordering of(
            List<double[]> finalists,
            List<double[]> previews,
            double[] bars,
            List<Look> looks,
            RacingStatistic how) {
        int equals = equals(Column.scaled(finalists));
        Column raced = Column.of(finalists, equals);
        Column previewed = previews.isEmpty() ? raced : Column.of(previews, equals);
        double[][] statistics = new double[looks.size()][ORDERS];
        int dropped = 0;
        int[] order = new int[finalists.getFirst().length];
        for (int r = 0; r < ORDERS; r++) {
            draw(order, r);
            boolean falls = false;
            for (int k = 0; k < bars.length; k++) {
                Look look = looks.get(k);
                Column column = look.preview() ? previewed : raced;
                statistics[k][r] = how.of(Losses.of(column.twin(order, look.instances())));
                falls |= statistics[k][r] > bars[k];
            }
            dropped += falls ? 1 : 0;
        }
        return new Reordering((double) dropped / ORDERS, thresholds(statistics), equals);
    }

    /**
     * The winner's losses or previews, taken apart.
     *
     * @param own what is left without the samples' effect, on the scale of the logarithm if that is
     *     possible; +infinity where a preview failed
     * @param shared the samples' effect
     * @param shift the winner's luck
     * @param logarithmic the scale
     */
    private record Column(double[] own, double[] shared, double shift, boolean logarithmic) {
        static Column of(List<double[]> finalists, int equals) {
            List<double[]> scaled = scaled(finalists);
            double[] winner = scaled.getFirst();
            List<double[]> others =
                    scaled.stream()
                            .skip(1)
                            .limit(OTHERS)
                            .filter(row -> Arrays.stream(row).allMatch(Double::isFinite))
                            .toList();
            double[] shared = Reordering.shared(others, winner.length);
            double[] own = new double[winner.length];
            Arrays.setAll(own, j -> winner[j] - shared[j]);
            double[] finite = Arrays.stream(own).filter(Double::isFinite).toArray();
            double shift =
                    finite.length < 2
                            ? 0
                            : blom(equals) * deviation(finite) / Math.sqrt(own.length);
            return new Column(own, shared, shift, isPositive(finalists));
        }

        static List<double[]> scaled(List<double[]> finalists) {
            boolean logarithmic = isPositive(finalists);
            return finalists.stream().map(row -> Reordering.scaled(row, logarithmic)).toList();
        }

        private static boolean isPositive(List<double[]> finalists) {
            return finalists.stream().flatMapToDouble(Arrays::stream).allMatch(loss -> loss > 0);
        }

        /** Returns the first losses of a candidate like the winner, in another order. */
        double[] twin(int[] order, int count) {
            double[] twin = new double[count];
            for (int j = 0; j < count; j++) {
                double value = own[order[j]] + shared[j] + shift;
                twin[j] = logarithmic ? StrictMath.exp(value) : value;
            }
            return twin;
        }
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
