package dev.mettle.core.statistics.components;

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
 * <p>Nothing is random here: the numbers are the quantiles at the points of a lattice, (i z_S mod
 * N) / N + 1/(2N) for draw i of term S, which fill the cube of all terms' probabilities more evenly
 * than random points do (Sloan and Joe, Lattice Methods for Multiple Integration, 1994). Each
 * term's distribution is exact to its N quantiles. Limits of intervals were measured to be some
 * four times as certain as with N random draws (docs/math/variance-components.md).
 */
public final class SurrogateDraws {
    /** A power of two, so that odd multipliers reach every quantile. */
    static final int DRAWS = 1 << 14;

    /** Odd numbers without simple ratios; measured, not optimal. */
    private static final int[] LATTICE = {1, 364_981, 245_389, 97_823, 488_939, 62_609, 400_749};

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
            int step = LATTICE[term - 1];
            double[] numbers = new double[DRAWS];
            Arrays.setAll(numbers, i -> quantiles[i * step & DRAWS - 1]); // the product may wrap
            chiSquares[term] = numbers;
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

    /** Tells whether these numbers are for grids of that shape. */
    boolean fit(CrossedGrid grid) {
        return Arrays.equals(levels, grid.levels());
    }

    double chiSquare(int term, int draw) {
        return chiSquares[term][draw];
    }
}
