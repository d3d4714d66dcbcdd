package dev.mettle.calorimeter.simulation;

import dev.mettle.core.random.RandomStream;

/**
 * Numbers of a Poisson distribution, exact for every mean: by inversion below {@value
 * #REJECTION_FROM}, else by transformed rejection with squeeze (PTRS; W. Hörmann, The transformed
 * rejection method for generating Poisson random variables, Insurance: Mathematics and Economics
 * 12, 1993).
 */
final class PoissonSampler {
    private static final double REJECTION_FROM = 10;

    private PoissonSampler() {}

    /** Returns a whole number of the distribution with this mean, from 0 to 10¹². */
    static double draw(RandomStream random, double mean) {
        if (!(mean > 0)) {
            return 0;
        }
        return mean < REJECTION_FROM ? inversion(random, mean) : rejection(random, mean);
    }

    private static double inversion(RandomStream random, double mean) {
        double left = random.nextDouble();
        double probability = StrictMath.exp(-mean);
        int count = 0;
        while (left > probability && probability > 0) { // 0 is reached far beyond any uniform
            left -= probability;
            count++;
            probability *= mean / count;
        }
        return count;
    }

    /** The constants are those of the paper's algorithm PTRS. */
    private static double rejection(RandomStream random, double mean) {
        double b = 0.931 + 2.53 * Math.sqrt(mean);
        double a = -0.059 + 0.02483 * b;
        double squeeze = 0.9277 - 3.6224 / (b - 2);
        while (true) {
            double u = random.nextDouble() - 0.5;
            double v = random.nextDouble();
            double us = 0.5 - Math.abs(u);
            double count = Math.floor((2 * a / us + b) * u + mean + 0.43);
            if (us >= 0.07 && v <= squeeze) {
                return count;
            }
            if (count < 0 || us < 0.013 && v > us) {
                continue;
            }
            double inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
            double left = StrictMath.log(v * inverseAlpha / (a / (us * us) + b));
            if (left <= count * StrictMath.log(mean) - mean - GammaFunction.lnGamma(count + 1)) {
                return count;
            }
        }
    }
}
