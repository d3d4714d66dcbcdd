package dev.mettle.calorimeter.simulation;

import dev.mettle.core.random.RandomStream;
import dev.mettle.core.study.Detector;

/**
 * Makes the shower of a photon as spots of energy and adds them to cells (hep-ex/0001020, section
 * 3): the photon converts after an exponential depth of mean 9/7 radiation lengths; a depth step of
 * {@value #STEP} radiation lengths gets the energy of the longitudinal profile, fluctuating by the
 * sampling resolution, and shares it equally among its spots, whose places follow the radial
 * profile. Energy behind the stack or beside the matrix is lost.
 *
 * <p>Holds buffers: one for each thread. The shower is a pure function of photon and random stream.
 */
final class SpotShower {
    /** Depth step in radiation lengths. */
    static final double STEP = 0.5;

    private static final double CONVERSION_LENGTH = 9.0 / 7;
    private static final double SPOTS_FACTOR = 10.3;
    private static final double SPOTS_POWER = 0.959;
    private static final int CHOICES = 1 << 16;
    private static final int MOST_SPOTS = 10_000_000;

    private final Stack stack;
    private final int side;
    private final double halfWidth;
    private final double perMillimetre;
    private final double samplingTerm;
    private final double[] energyShares;
    private final double[] spotShares;

    // The axis of the shower at hand, in mm: a point of it, its direction, the two directions
    // across.
    private double entryX;
    private double entryY;
    private double alongX;
    private double alongY;
    private double radialX;
    private double radialY;
    private double turnX;
    private double turnY;

    SpotShower(Detector detector) {
        this.stack = Stack.of(detector);
        this.side = detector.matrix();
        this.halfWidth = detector.halfWidth();
        this.perMillimetre = 1 / detector.pitch();
        this.samplingTerm = detector.samplingTerm();
        int most = (int) (stack.depth() / STEP / LEAST_COSINE) + 3;
        this.energyShares = new double[most];
        this.spotShares = new double[most];
    }

    /** Cosine of the steepest photon, 60 degrees: bounds the depth of a shower. */
    private static final double LEAST_COSINE = 0.5;

    /**
     * Adds the shower to the cells.
     *
     * @param cells [matrix, matrix] in GeV, index ix · matrix + iy
     */
    void add(Photon photon, RandomStream random, double[] cells) {
        double cosine = StrictMath.cos(photon.theta());
        if (!(cosine >= LEAST_COSINE)) {
            throw new IllegalArgumentException(
                    "theta (%s rad) must be at most 60 degrees.".formatted(photon.theta()));
        }
        double start = -CONVERSION_LENGTH * StrictMath.log(random.nextDouble());
        double depth = stack.depth() / cosine - start;
        double lnE = StrictMath.log(photon.energy());
        double lnY = lnE - StrictMath.log(stack.criticalEnergy());
        LongitudinalProfile profile = LongitudinalProfile.draw(stack, lnY, random);
        if (depth > 0) {
            aim(photon, cosine);
            double spots = SPOTS_FACTOR / samplingTerm * StrictMath.exp(SPOTS_POWER * lnE);
            develop(photon, profile, start, depth, spots, random, cells);
        }
    }

    private void aim(Photon photon, double cosine) {
        double sine = StrictMath.sin(photon.theta());
        double cosPhi = StrictMath.cos(photon.phi());
        double sinPhi = StrictMath.sin(photon.phi());
        entryX = photon.x();
        entryY = photon.y();
        alongX = sine * cosPhi;
        alongY = sine * sinPhi;
        radialX = cosine * cosPhi;
        radialY = cosine * sinPhi;
        turnX = -sinPhi;
        turnY = cosPhi;
    }

    private void develop(
            Photon photon,
            LongitudinalProfile profile,
            double start,
            double depth,
            double spots,
            RandomStream random,
            double[] cells) {
        int steps = (int) Math.ceil(depth / STEP);
        profile.sharesBelow(STEP, depth, steps, energyShares);
        profile.ofSpots(stack.z()).sharesBelow(STEP, depth, steps, spotShares);
        RadialProfile radial = new RadialProfile(stack, StrictMath.log(photon.energy()));
        double unit = unitOfDepth(photon, profile);
        double variancePerEnergy = samplingTerm * samplingTerm;
        for (int i = 0; i < steps; i++) {
            double mean = photon.energy() * (energyShares[i + 1] - energyShares[i]);
            if (!(mean > 0)) {
                continue;
            }
            double energy = variancePerEnergy * GammaSampler.draw(random, mean / variancePerEnergy);
            int count = wholeSpots(spots * (spotShares[i + 1] - spotShares[i]), random);
            double end = Math.min(depth, (i + 1) * STEP);
            double tau = (i * STEP + end) / 2 / unit;
            double length = (end - i * STEP) * stack.radiationLength();
            spread(
                    energy / count,
                    count,
                    (start + i * STEP) * stack.radiationLength(),
                    length / count,
                    radial.core(tau) * stack.moliereRadius(),
                    radial.tail(tau) * stack.moliereRadius(),
                    (int) Math.rint(radial.coreWeight(tau) * CHOICES),
                    random,
                    cells);
        }
    }

    /**
     * Returns the depth at which the radial profile has tau = 1: the drawn centre of gravity, times
     * (A - 1)/A with A the mean alpha, which makes it T for a mean shower. Measured from the drawn
     * maximum the width would fluctuate twice as much.
     */
    private double unitOfDepth(Photon photon, LongitudinalProfile profile) {
        double lnY = StrictMath.log(photon.energy()) - StrictMath.log(stack.criticalEnergy());
        double alpha = LongitudinalProfile.sampling(stack, lnY).alpha();
        return profile.centre() * (alpha - 1) / alpha;
    }

    /** Rounds up with the probability of the fraction, so that the mean is kept; at least 1. */
    private static int wholeSpots(double mean, RandomStream random) {
        return Math.clamp((long) (mean + random.nextDouble()), 1, MOST_SPOTS);
    }

    /**
     * Places {@code count} spots of one step. A point (a, b) uniform in the unit disk has s = a² +
     * b² uniform in (0, 1) whatever its direction, so that r = R √(s/(1-s)) in that direction is
     * the point R (a, b)/√(1-s): no angle, one root. The 24 high bits of two words make a and b;
     * their 8 low bits choose core or tail. Depths are spaced evenly in the step.
     *
     * @param along depth of the step on the axis, in mm
     * @param each length of a spot's share of the step, in mm
     * @param coreChoices of 65,536 equal choices, those of the core
     */
    private void spread(
            double energy,
            int count,
            double along,
            double each,
            double core,
            double tail,
            int coreChoices,
            RandomStream random,
            double[] cells) {
        int made = 0;
        while (made < count) {
            int first = random.nextInt();
            int second = random.nextInt();
            double a = ((first >>> 8) + 0.5) * 0x1p-23 - 1;
            double b = ((second >>> 8) + 0.5) * 0x1p-23 - 1;
            double s = a * a + b * b;
            if (s >= 1) {
                continue;
            }
            int choice = (first & 0xFF) << 8 | second & 0xFF;
            double scale = (choice < coreChoices ? core : tail) / Math.sqrt(1 - s);
            double radial = a * scale;
            double turn = b * scale;
            double depth = along + (made + 0.5) * each;
            double x = entryX + depth * alongX + radial * radialX + turn * turnX;
            double y = entryY + depth * alongY + radial * radialY + turn * turnY;
            double column = (x + halfWidth) * perMillimetre;
            double row = (y + halfWidth) * perMillimetre;
            if (column >= 0 && column < side && row >= 0 && row < side) {
                cells[(int) column * side + (int) row] += energy;
            }
            made++;
        }
    }
}
