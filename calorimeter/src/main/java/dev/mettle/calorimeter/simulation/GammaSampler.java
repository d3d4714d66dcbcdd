package dev.mettle.calorimeter.simulation;

import dev.mettle.core.random.RandomStream;

/**
 * Numbers of a gamma distribution of scale 1 by the method of G. Marsaglia and W. W. Tsang (A
 * simple method for generating gamma variables, ACM Trans. Math. Softw. 26, 2000): exact, about one
 * normal and one uniform number each.
 */
final class GammaSampler {
    private static final double SQUEEZE = 0.0331;

    private GammaSampler() {}

    /** Returns a number of the distribution of mean and variance {@code shape}, above 0. */
    static double draw(RandomStream random, double shape) {
        if (shape < 1) { // if G has shape a + 1, then G U^(1/a) has shape a
            double larger = draw(random, shape + 1);
            return larger * StrictMath.exp(StrictMath.log(random.nextDouble()) / shape);
        }
        double d = shape - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double x = random.nextGaussian();
            double root = 1 + c * x;
            if (root <= 0) {
                continue;
            }
            double v = root * root * root;
            double u = random.nextDouble();
            double square = x * x;
            if (u < 1 - SQUEEZE * square * square
                    || StrictMath.log(u) < square / 2 + d * (1 - v + StrictMath.log(v))) {
                return d * v;
            }
        }
    }
}
