package dev.mettle.engine.kernel;

import static dev.mettle.engine.kernel.Lanes.SPECIES;
import static dev.mettle.engine.kernel.Lanes.WIDTH;

import jdk.incubator.vector.FloatVector;

/**
 * The distribution function of a standard normal number, Φ(x) = (1 + erf(x/√2)) / 2, to 6 · 10⁻⁸ of
 * 1 (docs/math/activations.md).
 */
final class NormalDistribution {
    /** 1/√2. */
    private static final float ROOT = 0.70710678118654752440f;

    private NormalDistribution() {}

    /** Returns Φ(x). */
    static float scalar(float x) {
        return (ErrorFunction.scalar(x * ROOT) + 1) * 0.5f;
    }

    /** {@link #scalar} of every lane. */
    static FloatVector vector(FloatVector x) {
        return ErrorFunction.vector(x.mul(ROOT)).add(1f).mul(0.5f);
    }

    /**
     * Writes Φ of {@code length} numbers, a multiple of {@value Lanes#BLOCK}. Named so that C2 does
     * not inline it (docs/decisions/0022-deep-networks.md).
     */
    static void forward(float[] in, int from, float[] out, int to, int length) {
        for (int i = 0; i < length; i += WIDTH) {
            vector(FloatVector.fromArray(SPECIES, in, from + i)).intoArray(out, to + i);
        }
    }
}
