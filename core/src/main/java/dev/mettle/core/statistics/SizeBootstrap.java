package dev.mettle.core.statistics;

import dev.mettle.core.random.Purpose;
import dev.mettle.core.random.RandomStream;
import dev.mettle.core.random.Seed;
import dev.mettle.core.random.Stream;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Percentile intervals (Efron and Tibshirani 1993, chapter 13) of the sizes at which curves of cv
 * cross a limit, and of their ratios. A resample draws as many instances as there are, with
 * replacement; where sizes and candidates are paired, the same ones for all. The variance of a
 * resample is multiplied by n/(n - 1), since on average it is that much too small.
 *
 * <p>A crossing below the smallest or above the largest size is a bracket; the interval takes the
 * lower limits of all brackets for its lower end and the upper ones for its upper end, so that what
 * is not known makes it wider. The resamples come from one fixed seed, and instances are put into
 * an order that depends on their losses alone, so equal losses give equal intervals.
 */
final class SizeBootstrap {
    static final int RESAMPLES = 2000;

    private static final Seed SEED = new Seed(0, Purpose.SAMPLE_SIZE, Seed.Source.SAMPLE, 0);
    private static final double TAIL = (1 - LossSummary.CONFIDENCE) / 2;

    /** One candidate at one size. */
    private record Cell(double rows, double[] losses) {}

    private final Bracket[][] crossings;

    private SizeBootstrap(Bracket[][] crossings) {
        this.crossings = crossings;
    }

    /** Resamples; {@code paired}: the i-th losses of all belong together. */
    static SizeBootstrap of(List<List<SizedLosses>> candidates, boolean paired, double limit) {
        List<List<Cell>> cells = new ArrayList<>();
        for (List<SizedLosses> sizes : candidates) {
            cells.add(
                    sizes.stream()
                            .map(size -> new Cell(size.rows(), size.losses().toArray()))
                            .toList());
        }
        List<Cell> all = cells.stream().flatMap(List::stream).toList();
        if (paired) {
            sortTogether(all);
        } else {
            all.forEach(cell -> Arrays.sort(cell.losses()));
        }
        RandomStream random = new RandomStream(SEED, Stream.RESAMPLES);
        Bracket[][] crossings = new Bracket[candidates.size()][RESAMPLES];
        int[] times = new int[all.getFirst().losses().length];
        for (int b = 0; b < RESAMPLES; b++) {
            if (paired) {
                draw(random, times);
            }
            for (int c = 0; c < cells.size(); c++) {
                crossings[c][b] = crossing(cells.get(c), paired, times, random, limit);
            }
        }
        return new SizeBootstrap(crossings);
    }

    /** Sorts instances by their losses in the first cell, ties by the second, and so on. */
    private static void sortTogether(List<Cell> cells) {
        int n = cells.getFirst().losses().length;
        List<double[]> instances = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            double[] losses = new double[cells.size()];
            for (int k = 0; k < losses.length; k++) {
                if (cells.get(k).losses().length != n) {
                    throw new IllegalArgumentException(
                            "paired sizes must have the same number of instances, not %d and %d."
                                    .formatted(n, cells.get(k).losses().length));
                }
                losses[k] = cells.get(k).losses()[i];
            }
            instances.add(losses);
        }
        instances.sort(Arrays::compare);
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < cells.size(); k++) {
                cells.get(k).losses()[i] = instances.get(i)[k];
            }
        }
    }

    private static void draw(RandomStream random, int[] times) {
        Arrays.fill(times, 0);
        for (int i = 0; i < times.length; i++) {
            times[random.nextInt(times.length)]++;
        }
    }

    private static Bracket crossing(
            List<Cell> cells, boolean paired, int[] times, RandomStream random, double limit) {
        double[] rows = new double[cells.size()];
        double[] cv = new double[cells.size()];
        double[] weights = new double[cells.size()];
        for (int k = 0; k < rows.length; k++) {
            double[] losses = cells.get(k).losses();
            int[] drawn = times;
            if (!paired) {
                drawn = new int[losses.length];
                draw(random, drawn);
            }
            rows[k] = cells.get(k).rows();
            cv[k] = cv(losses, drawn);
            weights[k] = losses.length;
        }
        return CvCurve.crossing(rows, cv, weights, limit);
    }

    /** Returns cv of losses that were drawn so many times; +infinity if one that failed was. */
    private static double cv(double[] losses, int[] times) {
        double n = losses.length;
        double sum = 0;
        for (int i = 0; i < times.length; i++) {
            sum += times[i] == 0 ? 0 : times[i] * losses[i];
        }
        double mean = sum / n;
        if (!(mean > 0 && mean < Double.POSITIVE_INFINITY)) {
            return Double.POSITIVE_INFINITY;
        }
        double squares = 0;
        for (int i = 0; i < times.length; i++) {
            double deviation = losses[i] - mean;
            squares += times[i] == 0 ? 0 : times[i] * deviation * deviation;
        }
        double variance = n > 1 ? squares / (n - 1) * n / (n - 1) : 0;
        return Math.sqrt(variance) / mean;
    }

    /** Returns the interval of the size that a candidate needs. */
    Bracket size(int candidate) {
        return interval(Arrays.asList(crossings[candidate]));
    }

    /** Returns the interval of how many times as many rows a candidate needs as the first. */
    Bracket ratio(int candidate) {
        List<Bracket> ratios = new ArrayList<>();
        for (int b = 0; b < RESAMPLES; b++) {
            ratios.add(crossings[candidate][b].over(crossings[0][b]));
        }
        return interval(ratios);
    }

    private static Bracket interval(List<Bracket> resamples) {
        return new Bracket(
                Losses.of(resamples.stream().mapToDouble(Bracket::low).toArray()).quantile(TAIL),
                Losses.of(resamples.stream().mapToDouble(Bracket::high).toArray())
                        .quantile(1 - TAIL));
    }
}
