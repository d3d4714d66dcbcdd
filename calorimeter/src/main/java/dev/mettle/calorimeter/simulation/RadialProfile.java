package dev.mettle.calorimeter.simulation;

/**
 * How the energy of a shower lies around its axis, r in Molière radii: f(r) = p g(r; core) + (1 -
 * p) g(r; tail) with g(r; R) = 2 r R² / (r² + R²)², for one energy in one stack (hep-ex/0001020,
 * equations 17 and 24). Its three numbers depend on tau, the depth over that of the shower maximum.
 * Bounded where the formulas leave their range: p to [0, 1], the radii to {@value #LEAST_RADIUS} or
 * more.
 */
final class RadialProfile {
    /** In Molière radii: far below the size of any cell. */
    private static final double LEAST_RADIUS = 1e-3;

    /**
     * Largest exponent of the tail, which grows exponentially with depth: e¹⁰ leaves any matrix.
     */
    private static final double LARGEST_EXPONENT = 10;

    private final double coreStart;
    private final double coreSlope;
    private final double tailScale;
    private final double tailGrowth;
    private final double weightScale;
    private final double weightCentre;
    private final double weightWidth;
    private final double blindness;
    private final double layer;

    /**
     * The profile in a sampling calorimeter.
     *
     * @param lnE ln of the energy in GeV
     */
    RadialProfile(Stack stack, double lnE) {
        this(stack.z(), lnE, 1 - stack.eHat(), 1 / stack.samplingFrequency());
    }

    private RadialProfile(double z, double lnE, double blindness, double layer) {
        coreStart = 0.0251 + 0.00319 * lnE;
        coreSlope = 0.1162 - 0.000381 * z;
        tailScale = 0.659 - 0.00309 * z;
        tailGrowth = 0.3585 + 0.0412 * lnE;
        weightScale = 2.632 - 0.00094 * z;
        weightCentre = 0.401 + 0.00187 * z;
        weightWidth = 1.313 - 0.0686 * lnE;
        this.blindness = blindness;
        this.layer = layer;
    }

    /** Returns the profile in a homogeneous calorimeter of atomic number {@code z}. */
    static RadialProfile homogeneous(double z, double lnE) {
        return new RadialProfile(z, lnE, 0, 0);
    }

    /** Returns the radius of the core: half of its energy lies within it. */
    double core(double tau) {
        double core = coreStart + coreSlope * tau;
        core += -0.0203 * blindness + 0.0397 * layer * StrictMath.exp(-tau);
        return Math.max(LEAST_RADIUS, core);
    }

    /** Returns the radius of the tail: half of its energy lies within it. */
    double tail(double tau) {
        double past = tau - 0.645;
        double growth = Math.min(LARGEST_EXPONENT, tailGrowth * past);
        double tail = tailScale * (StrictMath.exp(-2.59 * past) + StrictMath.exp(growth));
        tail += -0.14 * blindness - 0.495 * layer * StrictMath.exp(-tau);
        return Math.max(LEAST_RADIUS, tail);
    }

    /** Returns p, the share of the core. */
    double coreWeight(double tau) {
        double q = (weightCentre - tau) / weightWidth;
        double weight = weightScale * StrictMath.exp(q - StrictMath.exp(q));
        double past = tau - 1;
        weight += blindness * (0.348 - 0.642 * layer * StrictMath.exp(-past * past));
        return Math.clamp(weight, 0.0, 1.0);
    }
}
