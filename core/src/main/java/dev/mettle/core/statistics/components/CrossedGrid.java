package dev.mettle.core.statistics.components;

/**
 * Numbers on a complete crossed grid of two or three factors, one number for each combination of
 * levels.
 *
 * <p>A <em>term</em> is a set of factors, written as a bit mask: bit f stands for factor f, counted
 * from 0. Of two factors the terms are 1 (the first), 2 (the second) and 3 (their interaction).
 * Cells are numbered with the last factor fastest.
 */
public final class CrossedGrid {
    private static final int LEAST_FACTORS = 2;
    private static final int MOST_FACTORS = 3;

    private final int[] levels;
    private final double[] values;

    private CrossedGrid(int[] levels, double[] values) {
        this.levels = levels;
        this.values = values;
    }

    /**
     * Takes a grid.
     *
     * @param levels number of levels of each factor, 2 or more; two or three factors
     * @param values one finite number for each cell, the last factor fastest
     */
    public static CrossedGrid of(int[] levels, double[] values) {
        if (levels.length < LEAST_FACTORS || levels.length > MOST_FACTORS) {
            throw new IllegalArgumentException(
                    "a grid has 2 or 3 factors, not %d.".formatted(levels.length));
        }
        int cells = 1;
        for (int count : levels) {
            if (count < 2) {
                throw new IllegalArgumentException(
                        "a factor needs 2 or more levels, not %d.".formatted(count));
            }
            cells = Math.multiplyExact(cells, count);
        }
        if (values.length != cells) {
            throw new IllegalArgumentException(
                    "a grid of %d cells needs as many values, not %d."
                            .formatted(cells, values.length));
        }
        for (double value : values) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("a value (%s) is not finite.".formatted(value));
            }
        }
        return new CrossedGrid(levels.clone(), values.clone());
    }

    /** Returns the number of factors, 2 or 3. */
    public int factors() {
        return levels.length;
    }

    /** Returns the number of levels of a factor. */
    public int levels(int factor) {
        return levels[factor];
    }

    int[] levels() {
        return levels.clone();
    }

    /** Returns the number of cells. */
    public int cells() {
        return values.length;
    }

    /** Returns the number in a cell. */
    public double value(int cell) {
        return values[cell];
    }

    /** Returns how many terms there are, the empty one included. */
    int terms() {
        return 1 << levels.length;
    }

    /** Returns how many combinations of levels the factors of a term have; 1 for the empty one. */
    int combinations(int term) {
        return combinations(levels, term);
    }

    static int combinations(int[] levels, int term) {
        int combinations = 1;
        for (int factor = 0; factor < levels.length; factor++) {
            combinations *= contains(term, factor) ? levels[factor] : 1;
        }
        return combinations;
    }

    /** Returns the number of the combination of a term's levels to which a cell belongs. */
    int combination(int term, int cell) {
        return combination(levels, term, cell);
    }

    static int combination(int[] levels, int term, int cell) {
        int combination = 0;
        int stride = 1;
        int rest = cell;
        for (int factor = levels.length - 1; factor >= 0; factor--) {
            if (contains(term, factor)) {
                combination += stride * (rest % levels[factor]);
                stride *= levels[factor];
            }
            rest /= levels[factor];
        }
        return combination;
    }

    /** Returns the degrees of freedom of a term: the product of its factors' levels less one. */
    static int degrees(int[] levels, int term) {
        int degrees = 1;
        for (int factor = 0; factor < levels.length; factor++) {
            degrees *= contains(term, factor) ? levels[factor] - 1 : 1;
        }
        return degrees;
    }

    static boolean contains(int term, int factor) {
        return (term >> factor & 1) == 1;
    }

    /** Tells whether every factor of one term is one of the other. */
    static boolean isWithin(int part, int whole) {
        return (part & whole) == part;
    }
}
