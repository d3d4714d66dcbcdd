package dev.mettle.core.statistics.components;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Variance components of a crossed grid under the random-effects model, one for each term: y = μ +
 * Σ_S effect_S, effects independent with mean 0 and variance σ²_S. Each is estimated by analysis of
 * variance, with m_S the number of cells of each combination of S's levels:
 *
 * <p>σ²_S = Σ_{T ⊇ S} (-1)^(|T| - |S|) MS_T / m_S,
 *
 * <p>which of two factors is (MS_A - MS_E)/b, (MS_B - MS_E)/a and MS_E. A negative estimate is
 * reported as 0, and kept as the raw one.
 *
 * <p>Intervals are generalised ones (Weerahandi, JASA 88, 1993; Burdick, Borror and Montgomery,
 * SIAM 2005): every mean square is replaced by SS / χ²(df), negative components by 0, many times;
 * the 2.5 % and 97.5 % points of what comes out, variance or share, are the limits. The probability
 * that a term dominates is the part of these draws in which its component is the largest. Exact
 * coverage is not proved; measured for normal effects it is 93 to 98 % of 95 %
 * (docs/math/variance-components.md).
 *
 * @param components one for each term, in the order of terms
 * @param total sum of the estimates, negative ones counted as 0
 */
public record VarianceComponents(List<Component> components, double total) {
    /** Confidence of every interval. */
    public static final double CONFIDENCE = 0.95;

    private static final double TAIL = (1 - CONFIDENCE) / 2;

    /**
     * A value with its interval.
     *
     * @param low lower limit
     * @param high upper limit
     */
    public record Interval(double value, double low, double high) {
        /** Tells whether a number is inside, or a limit. */
        public boolean contains(double number) {
            return number >= low && number <= high;
        }
    }

    /**
     * The component of one term.
     *
     * @param term which, a bit mask of factors
     * @param degrees degrees of freedom
     * @param meanSquare its mean square
     * @param raw the estimate, perhaps negative
     * @param variance the estimate, at least 0
     * @param share of the total
     * @param dominates probability that it is the largest of all
     */
    public record Component(
            int term,
            double degrees,
            double meanSquare,
            double raw,
            Interval variance,
            Interval share,
            double dominates) {}

    public VarianceComponents {
        components = List.copyOf(components);
    }

    /** Estimates the components of a grid whose values are not all equal. */
    public static VarianceComponents of(CrossedGrid grid, SurrogateDraws draws) {
        double[] scale = new double[grid.terms()];
        Arrays.fill(scale, 1);
        return of(MeanSquares.of(grid), draws, scale);
    }

    /**
     * Estimates the components, each multiplied by a number of its own.
     *
     * @param scale by term
     */
    static VarianceComponents of(MeanSquares squares, SurrogateDraws draws, double[] scale) {
        CrossedGrid grid = squares.grid();
        if (!draws.fit(grid)) {
            throw new IllegalArgumentException("the draws are for a grid of another shape.");
        }
        double[] means = new double[grid.terms()];
        for (int term = 1; term < means.length; term++) {
            means[term] = squares.meanSquare(term);
        }
        double[] raw = components(grid, means, scale);
        double total = Arrays.stream(raw).map(v -> Math.max(0, v)).sum();
        if (!(total > 0)) {
            throw new IllegalArgumentException("all values are equal: there is no variance.");
        }
        Sampled sampled = sample(squares, draws, scale);
        List<Component> components = new ArrayList<>();
        for (int term = 1; term < raw.length; term++) {
            double value = Math.max(0, raw[term]);
            components.add(
                    new Component(
                            term,
                            squares.degrees(term),
                            means[term],
                            raw[term],
                            interval(value, sampled.variances[term]),
                            interval(value / total, sampled.shares[term]),
                            (double) sampled.largest[term] / SurrogateDraws.DRAWS));
        }
        return new VarianceComponents(components, total);
    }

    /** Draws of all components, by term and draw, and how often each was the largest. */
    private record Sampled(double[][] variances, double[][] shares, int[] largest) {}

    private static Sampled sample(MeanSquares squares, SurrogateDraws draws, double[] scale) {
        CrossedGrid grid = squares.grid();
        int terms = grid.terms();
        double[] sums = new double[terms];
        for (int term = 1; term < terms; term++) {
            sums[term] = squares.sumOfSquares(term);
        }
        double[][] variances = new double[terms][SurrogateDraws.DRAWS];
        double[][] shares = new double[terms][SurrogateDraws.DRAWS];
        int[] largest = new int[terms];
        double[] means = new double[terms];
        for (int draw = 0; draw < SurrogateDraws.DRAWS; draw++) {
            for (int term = 1; term < terms; term++) {
                means[term] = sums[term] / draws.chiSquare(term, draw);
            }
            double[] components = components(grid, means, scale);
            double total = 0;
            int best = terms - 1;
            for (int term = 1; term < terms; term++) {
                components[term] = Math.max(0, components[term]);
                total += components[term];
                best = components[term] > components[best] ? term : best;
            }
            largest[best]++;
            for (int term = 1; term < terms; term++) {
                variances[term][draw] = components[term];
                shares[term][draw] = total > 0 ? components[term] / total : 0;
            }
        }
        return new Sampled(variances, shares, largest);
    }

    /** Returns the component of each term from the mean squares, perhaps negative. */
    private static double[] components(CrossedGrid grid, double[] meanSquares, double[] scale) {
        double[] components = new double[meanSquares.length];
        for (int term = 1; term < components.length; term++) {
            double sum = 0;
            for (int whole = term; whole < components.length; whole++) {
                if (CrossedGrid.isWithin(term, whole)) {
                    boolean even = Integer.bitCount(whole ^ term) % 2 == 0;
                    sum += even ? meanSquares[whole] : -meanSquares[whole];
                }
            }
            components[term] = scale[term] * sum * grid.combinations(term) / grid.cells();
        }
        return components;
    }

    private static Interval interval(double value, double[] draws) {
        Arrays.sort(draws);
        return new Interval(value, quantile(draws, TAIL), quantile(draws, 1 - TAIL));
    }

    /** Returns the quantile of type 7 of sorted numbers. */
    private static double quantile(double[] sorted, double q) {
        double position = q * (sorted.length - 1);
        int below = (int) position;
        return sorted[below] + (position - below) * (sorted[below + 1] - sorted[below]);
    }

    /** Returns the component of a term. */
    public Component of(int term) {
        return components.get(term - 1);
    }

    /** Returns the component whose estimate is the largest; the first of equal ones. */
    public Component largest() {
        Component largest = components.getFirst();
        for (Component component : components) {
            largest =
                    component.variance().value() > largest.variance().value() ? component : largest;
        }
        return largest;
    }
}
