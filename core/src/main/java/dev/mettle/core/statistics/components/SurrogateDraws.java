package dev.mettle.core.statistics.components;

import dev.mettle.core.random.Purpose;
import dev.mettle.core.random.RandomStream;
import dev.mettle.core.random.Seed;
import dev.mettle.core.random.Stream;

import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Chi-square numbers by which the sums of squares of a grid are divided to get draws of its
 * variance components: for each term {@value #DRAWS} numbers with its degrees of freedom, the terms
 * independent. They depend on the shape of the grid alone, so one object serves every grid of that
 * shape; it never changes and may be shared by threads.
 *
 * <p>The numbers of a term are the quantiles at (i + 1/2) / {@value #DRAWS}, in random order, the
 * order by a fixed seed (Latin hypercube; McKay, Beckman and Conover, Technometrics 21, 1979). Each
 * term's distribution is then exact to its grid, and percentiles of their combinations are nearer
 * to the truth than those of as many independent draws.
 */
public final class SurrogateDraws {
    /** An interval's limit is then certain to about 0.15 % of probability. */
    static final int DRAWS = 10_000;

    private final int[] levels;
    private final double[][] chiSquares;

    private SurrogateDraws(int[] levels, double[][] chiSquares) {
        this.levels = levels;
        this.chiSquares = chiSquares;
    }

    /** Makes the numbers for a grid with so many levels of each factor, 2 or more. */
    public static SurrogateDraws of(int... levels) {
        Map<Integer, double[]> sorted = new HashMap<>();
        double[][] chiSquares = new double[1 << levels.length][];
        for (int term = 1; term < chiSquares.length; term++) {
            double[] quantiles =
                    sorted.computeIfAbsent(
                            CrossedGrid.degrees(levels, term), SurrogateDraws::quantiles);
            chiSquares[term] = shuffled(quantiles, term);
        }
        return new SurrogateDraws(levels.clone(), chiSquares);
    }

    private static double[] quantiles(int degrees) {
        ChiSquaredDistribution distribution = ChiSquaredDistribution.of(degrees);
        double[] quantiles = new double[DRAWS];
        for (int i = 0; i < DRAWS; i++) {
            quantiles[i] = distribution.inverseCumulativeProbability((i + 0.5) / DRAWS);
        }
        return quantiles;
    }

    private static double[] shuffled(double[] quantiles, int term) {
        int[] places = new int[DRAWS];
        Arrays.setAll(places, i -> i);
        Seed seed = new Seed(0, Purpose.DECOMPOSE, Seed.Source.SAMPLE, term);
        new RandomStream(seed, Stream.RESAMPLES).shuffle(places, DRAWS);
        double[] shuffled = new double[DRAWS];
        Arrays.setAll(shuffled, i -> quantiles[places[i]]);
        return shuffled;
    }

    /** Tells whether these numbers are for grids of that shape. */
    boolean fit(CrossedGrid grid) {
        return Arrays.equals(levels, grid.levels());
    }

    double chiSquare(int term, int draw) {
        return chiSquares[term][draw];
    }
}
