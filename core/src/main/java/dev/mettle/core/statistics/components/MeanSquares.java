package dev.mettle.core.statistics.components;

/**
 * Analysis of variance of a crossed grid with one number in each cell. The effect of a term S is
 * the mean over the cells of each combination of its levels, less the effects of all smaller terms
 * within S (down to the grand mean); its sum of squares runs over all cells, and its degrees of
 * freedom are Π_{f in S} (n_f - 1). The last term, of all factors, is what is left (Searle, Casella
 * and McCulloch, Variance Components, 1992, section 4.3).
 */
final class MeanSquares {
    private final CrossedGrid grid;

    /** By term, then combination of levels. */
    private final double[][] effects;

    private MeanSquares(CrossedGrid grid, double[][] effects) {
        this.grid = grid;
        this.effects = effects;
    }

    static MeanSquares of(CrossedGrid grid) {
        double[][] effects = new double[grid.terms()][];
        for (int term = 0; term < effects.length; term++) { // smaller terms come first
            double[] effect = means(grid, term);
            for (int part = 0; part < term; part++) {
                if (CrossedGrid.isWithin(part, term)) {
                    subtract(grid, effect, term, effects[part], part);
                }
            }
            effects[term] = effect;
        }
        return new MeanSquares(grid, effects);
    }

    private static double[] means(CrossedGrid grid, int term) {
        double[] means = new double[grid.combinations(term)];
        for (int cell = 0; cell < grid.cells(); cell++) {
            means[grid.combination(term, cell)] += grid.value(cell);
        }
        for (int i = 0; i < means.length; i++) {
            means[i] /= (double) grid.cells() / means.length;
        }
        return means;
    }

    private static void subtract(
            CrossedGrid grid, double[] effect, int term, double[] smaller, int part) {
        boolean[] done = new boolean[effect.length];
        for (int cell = 0; cell < grid.cells(); cell++) {
            int combination = grid.combination(term, cell);
            if (!done[combination]) {
                done[combination] = true;
                effect[combination] -= smaller[grid.combination(part, cell)];
            }
        }
    }

    CrossedGrid grid() {
        return grid;
    }

    /** Returns the effects of a term: those of a single factor have mean 0. */
    double[] effects(int term) {
        return effects[term].clone();
    }

    /** Returns the sum of squares of a term. */
    double sumOfSquares(int term) {
        double sum = 0;
        for (double effect : effects[term]) {
            sum += effect * effect;
        }
        return sum * grid.cells() / effects[term].length;
    }

    double degrees(int term) {
        return CrossedGrid.degrees(grid.levels(), term);
    }

    double meanSquare(int term) {
        return sumOfSquares(term) / degrees(term);
    }
}
