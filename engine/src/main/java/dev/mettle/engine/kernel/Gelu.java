package dev.mettle.engine.kernel;

import static dev.mettle.engine.kernel.Lanes.SPECIES;
import static dev.mettle.engine.kernel.Lanes.WIDTH;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Gaussian error linear unit in its exact form (docs/math/activations.md): x Φ(x) with Φ(x) = (1 +
 * erf(x/√2)) / 2. The gradient is Φ(x) + x φ(x) with φ(x) = e^(-x²/2) / √(2π). x is limited to
 * {@value #LOWEST} from below, in the gradient also to {@value #HIGHEST} from above: there Φ is 0
 * or 1 and x φ(x) is nothing beside it.
 */
public final class Gelu {
    private static final float LOWEST = -13;
    private static final float HIGHEST = 13;

    /** 1/√(2π). */
    private static final float DENSITY = 0.39894228040143267794f;

    private Gelu() {}

    /** Reference form; it defines the result. Arguments as in {@link #forward}. */
    public static void forwardScalar(float[] in, int from, float[] out, int to, int length) {
        for (int i = 0; i < length; i++) {
            float x = in[from + i];
            x = x < LOWEST ? LOWEST : x;
            out[to + i] = x * NormalDistribution.scalar(x);
        }
    }

    /**
     * Applies the function to {@code length} numbers.
     *
     * @param in read from {@code from} on
     * @param out written from {@code to} on; may be the input itself
     * @param length a multiple of {@value Lanes#BLOCK}
     */
    public static void forward(float[] in, int from, float[] out, int to, int length) {
        for (int i = 0; i < length; i += WIDTH) {
            FloatVector x = FloatVector.fromArray(SPECIES, in, from + i);
            x = x.blend(LOWEST, x.compare(VectorOperators.LT, LOWEST));
            x.mul(NormalDistribution.vector(x)).intoArray(out, to + i);
        }
    }

    /** Reference form; it defines the result. Arguments as in {@link #backward}. */
    public static void backwardScalar(
            float[] inputs, int from, float[] gradient, int at, int length) {
        for (int i = 0; i < length; i++) {
            float x = inputs[from + i];
            x = x < LOWEST ? LOWEST : x;
            x = x > HIGHEST ? HIGHEST : x;
            float density = Exponential.exp(x * x * -0.5f) * DENSITY;
            gradient[at + i] *= Math.fma(x, density, NormalDistribution.scalar(x));
        }
    }

    /**
     * Turns the gradient by output into the gradient by input, in place.
     *
     * @param inputs the inputs, read from {@code from} on
     * @param gradient changed from {@code at} on
     * @param length a multiple of {@value Lanes#BLOCK}
     * @param distributions memory for as many numbers, from {@code first} on: with Φ and φ in one
     *     loop C2 gives up half way and boxes vectors
     */
    public static void backward(
            float[] inputs,
            int from,
            float[] gradient,
            int at,
            int length,
            float[] distributions,
            int first) {
        NormalDistribution.forward(inputs, from, distributions, first, length);
        for (int i = 0; i < length; i += WIDTH) {
            FloatVector x = FloatVector.fromArray(SPECIES, inputs, from + i);
            x = x.blend(LOWEST, x.compare(VectorOperators.LT, LOWEST));
            x = x.blend(HIGHEST, x.compare(VectorOperators.GT, HIGHEST));
            FloatVector density = Exponential.exp(x.mul(x).mul(-0.5f)).mul(DENSITY);
            FloatVector distribution = FloatVector.fromArray(SPECIES, distributions, first + i);
            FloatVector.fromArray(SPECIES, gradient, at + i)
                    .mul(x.fma(density, distribution))
                    .intoArray(gradient, at + i);
        }
    }
}
