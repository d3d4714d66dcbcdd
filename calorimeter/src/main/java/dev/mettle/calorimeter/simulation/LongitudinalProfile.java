package dev.mettle.calorimeter.simulation;

import dev.mettle.core.random.RandomStream;

/**
 * How the energy of a shower lies in depth t (in radiation lengths from its start): a gamma
 * distribution of shape {@code alpha} whose maximum is at {@code maximum} = (alpha - 1)/beta, f(t)
 * = (beta t)^(alpha-1) beta exp(-beta t) / Γ(alpha) (hep-ex/0001020, equations 2 and 12 to 16).
 *
 * @param alpha above 1
 * @param maximum T, depth of the shower maximum, above 0
 */
record LongitudinalProfile(double alpha, double maximum) {
    /** Below it the profile would have no maximum. */
    static final double LEAST_ALPHA = 1.1;

    /** Largest width of ln T and of ln alpha: the formulas diverge below about 0.1 GeV. */
    static final double LARGEST_SIGMA = 0.5;

    /** Returns the mean profile in a homogeneous calorimeter at {@code lnY} = ln(E/Ec). */
    static LongitudinalProfile homogeneous(double z, double lnY) {
        return new LongitudinalProfile(
                Math.max(LEAST_ALPHA, 0.81 + (0.458 + 2.26 / z) * lnY), Math.max(1, lnY - 0.812));
    }

    /** Returns the profile of mean ln T and mean ln alpha in a sampling calorimeter. */
    static LongitudinalProfile sampling(Stack stack, double lnY) {
        double maximum = lnY - 0.812 - 0.55 / stack.samplingFrequency() - 0.69 * (1 - stack.eHat());
        double alpha = 0.81 + (0.458 + 2.26 / stack.z()) * lnY - 0.476 / stack.samplingFrequency();
        return new LongitudinalProfile(Math.max(LEAST_ALPHA, alpha), Math.max(1, maximum));
    }

    /**
     * Draws the profile of one shower: ln T and ln alpha are normal numbers with the correlation
     * 0.784 - 0.023 ln y; T is at least 1 and alpha at least {@value #LEAST_ALPHA}.
     */
    static LongitudinalProfile draw(Stack stack, double lnY, RandomStream random) {
        LongitudinalProfile mean = sampling(stack, lnY);
        double correlation = Math.clamp(0.784 - 0.023 * lnY, -1.0, 1.0);
        double first = random.nextGaussian();
        double other = random.nextGaussian();
        double second = correlation * first + Math.sqrt(1 - correlation * correlation) * other;
        double lnMaximum = StrictMath.log(mean.maximum) + sigma(-2.5 + 1.25 * lnY) * first;
        double lnAlpha = StrictMath.log(mean.alpha) + sigma(-0.82 + 0.79 * lnY) * second;
        return new LongitudinalProfile(
                Math.max(LEAST_ALPHA, StrictMath.exp(lnAlpha)),
                StrictMath.exp(Math.max(0, lnMaximum)));
    }

    private static double sigma(double inverse) {
        return inverse > 1 / LARGEST_SIGMA ? 1 / inverse : LARGEST_SIGMA;
    }

    /** Returns the mean depth of the energy, T alpha / (alpha - 1). */
    double centre() {
        return maximum * alpha / (alpha - 1);
    }

    /** Returns the profile of the spots of a shower of this profile, which has a maximum too. */
    LongitudinalProfile ofSpots(double z) {
        return new LongitudinalProfile(
                Math.max(LEAST_ALPHA, alpha * (0.844 + 0.0026 * z)),
                maximum * (0.813 + 0.0019 * z));
    }

    /**
     * Writes the share of the distribution below each depth: {@code shares[i]} for t = i · {@code
     * step}, and for t = {@code depth} at the last index.
     *
     * @param count index of the last share; {@code shares} has more
     */
    void sharesBelow(double step, double depth, int count, double[] shares) {
        double lnGamma = GammaFunction.lnGamma(alpha);
        double beta = (alpha - 1) / maximum;
        for (int i = 0; i < count; i++) {
            shares[i] = GammaFunction.share(alpha, lnGamma, beta * step * i);
        }
        shares[count] = GammaFunction.share(alpha, lnGamma, beta * depth);
    }
}
