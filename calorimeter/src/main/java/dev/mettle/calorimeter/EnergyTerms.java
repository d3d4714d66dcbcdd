package dev.mettle.calorimeter;

/**
 * The terms of the energy calibration (docs/math/baselines.md), in the order in which they join:
 * scale, offset, leakage (logarithm and its square), position in the cell.
 *
 * <p>With r = S / {@code reference}: 1; 1/r; ln r; ln² r; cos 2πu and cos 2πv; their product. All
 * but S itself are held at the ends of the sample's range of sums, because a logarithm's square and
 * a reciprocal fitted on a sample say nothing beyond it.
 *
 * @param reference geometric mean of the sample's positive sums, in the unit of the cells
 * @param low smallest positive sum of the sample
 * @param high largest sum of the sample
 */
record EnergyTerms(double reference, double low, double high) {
    /** Names of the terms as constants. */
    private static final String[] NAMES = {
        "scale", "offset", "log", "log_squared", "cos_x", "cos_y", "cos_x_cos_y"
    };

    /** Number of terms. */
    static final int COUNT = NAMES.length;

    /** How many terms each model of the nest has. */
    private static final int[] NEST = {1, 2, 3, 4, 6, 7};

    /** Sums this far below the smallest one of a sample are beyond what it can calibrate. */
    private static final double FLOOR_FRACTION = 0.1;

    /** Takes the range of the sums of some rows; of rows without energy, the constant 1. */
    static EnergyTerms of(ShowerSums showers, int[] rows) {
        double low = Double.POSITIVE_INFINITY;
        double high = 0;
        double logarithms = 0;
        int count = 0;
        for (int row : rows) {
            double sum = showers.sum(row);
            if (sum > 0) {
                low = Math.min(low, sum);
                high = Math.max(high, sum);
                logarithms += StrictMath.log(sum);
                count++;
            }
        }
        return count == 0
                ? new EnergyTerms(1, 1, 1)
                : new EnergyTerms(StrictMath.exp(logarithms / count), low, high);
    }

    /** Returns the sizes of the models to choose from, growing; not to be written. */
    static int[] nest() {
        return NEST;
    }

    /** Returns the name of a term. */
    static String name(int term) {
        return NAMES[term];
    }

    /** Returns the sum that the energy is proportional to, at least a tenth of the smallest. */
    double sum(double energySum) {
        return Math.max(energySum, FLOOR_FRACTION * low);
    }

    /**
     * Returns one term.
     *
     * @param u place of the barycentre in its cell along the first index, in cells from its middle
     * @param v the same along the second
     */
    double term(int term, double energySum, double u, double v) {
        double ratio = Math.clamp(energySum, low, high) / reference;
        return switch (term) {
            case 0 -> 1;
            case 1 -> 1 / ratio;
            case 2 -> StrictMath.log(ratio);
            case 3 -> StrictMath.log(ratio) * StrictMath.log(ratio);
            case 4 -> wave(u);
            case 5 -> wave(v);
            case 6 -> wave(u) * wave(v);
            default -> throw new IllegalArgumentException("there is no term " + term);
        };
    }

    private static double wave(double place) {
        return StrictMath.cos(2 * StrictMath.PI * place);
    }
}
