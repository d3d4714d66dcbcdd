package dev.mettle.core.selection;

import dev.mettle.core.random.RandomStream;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which dropped candidates an audit trains in full (docs/math/selection.md#audit). Half of the
 * sample is spread evenly over them, half goes to those that were dropped closely; each one's
 * probability is kept, so that shares of all the dropped can be told from the sample.
 */
public final class AuditSample {
    /** Fewer audited candidates than this say nothing about the others. */
    public static final int FEWEST = 20;

    private static final double EVEN = 0.5;

    private AuditSample() {}

    /**
     * A dropped candidate of the sample.
     *
     * @param elimination how it was dropped
     * @param probability of being in the sample, above 0, at most 1
     */
    public record Drawn(Elimination elimination, double probability) {}

    /**
     * Returns how many are drawn.
     *
     * @param dropped candidates dropped
     * @param share of them to audit, 0 to 1
     * @return the share rounded up, at least {@value #FEWEST} and at most all; 0 where the share is
     */
    public static int count(int dropped, double share) {
        return share == 0
                ? 0
                : Math.min(dropped, Math.max(FEWEST, (int) Math.ceil(share * dropped)));
    }

    /**
     * Returns the most trainings that an audit takes.
     *
     * @param dropped most candidates that the race may drop
     * @param lacking most instances that one of them lacks
     */
    public static long trainingsAtMost(int dropped, int lacking, double share) {
        return (long) count(dropped, share) * lacking;
    }

    /**
     * Draws candidates: systematic sampling with given probabilities from a shuffled list (Madow,
     * Annals of Mathematical Statistics 20, 1949), so that each one's is exactly its own.
     *
     * @param eliminations of a race that is over, in the order made
     * @param candidates in the race
     * @param share of the dropped to audit, 0 to 1
     * @param random shuffles and starts
     * @return {@link #count} of them, in the order of the eliminations
     */
    public static List<Drawn> draw(
            List<Elimination> eliminations, int candidates, double share, RandomStream random) {
        int count = count(eliminations.size(), share);
        double[] probabilities = probabilities(eliminations, candidates, count);
        int[] order = IntStream.range(0, probabilities.length).toArray();
        random.shuffle(order, order.length);
        double next = random.nextDouble();
        double passed = 0;
        List<Integer> places = new ArrayList<>();
        for (int place : order) {
            passed += probabilities[place];
            if (passed > next && places.size() < count) {
                places.add(place);
                next++;
            }
        }
        return places.stream()
                .sorted()
                .map(place -> new Drawn(eliminations.get(place), probabilities[place]))
                .toList();
    }

    /**
     * Returns each one's probability of being drawn: in proportion to 1/(2D) + w/(2Σw), D the
     * number of the dropped and w = 1/(1 + r/K) for the r-th behind the bar where K stayed; never
     * above 1.
     */
    static double[] probabilities(List<Elimination> eliminations, int candidates, int count) {
        double[] sizes = closeness(eliminations, candidates);
        double sum = Arrays.stream(sizes).sum();
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = EVEN / sizes.length + (1 - EVEN) * sizes[i] / sum;
        }
        return proportional(sizes, count);
    }

    private static double[] closeness(List<Elimination> eliminations, int candidates) {
        double[] weights = new double[eliminations.size()];
        int from = 0;
        while (from < weights.length) {
            int to = from + 1;
            while (to < weights.length
                    && eliminations.get(to).iteration() == eliminations.get(from).iteration()) {
                to++;
            }
            double stayed = candidates - to;
            for (int i = from; i < to; i++) {
                weights[i] = 1 / (1 + (i - from) / stayed);
            }
            from = to;
        }
        return weights;
    }

    /** Returns probabilities that add up to the count; whom that would give more than 1 gets 1. */
    private static double[] proportional(double[] sizes, int count) {
        double[] probabilities = new double[sizes.length];
        if (count == sizes.length) {
            Arrays.fill(probabilities, 1);
            return probabilities;
        }
        while (true) {
            double open = count - Arrays.stream(probabilities).filter(p -> p == 1).sum();
            double sum =
                    IntStream.range(0, sizes.length)
                            .filter(i -> probabilities[i] < 1)
                            .mapToDouble(i -> sizes[i])
                            .sum();
            boolean above = false;
            for (int i = 0; i < sizes.length; i++) {
                if (probabilities[i] < 1) {
                    double probability = open * sizes[i] / sum;
                    above |= probability >= 1;
                    probabilities[i] = Math.min(1, probability);
                }
            }
            if (!above) {
                return probabilities;
            }
        }
    }
}
