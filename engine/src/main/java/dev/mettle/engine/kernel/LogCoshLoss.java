package dev.mettle.engine.kernel;

import static dev.mettle.engine.kernel.Lanes.SPECIES;
import static dev.mettle.engine.kernel.Lanes.WIDTH;

import jdk.incubator.vector.FloatVector;

/**
 * Logarithm of the hyperbolic cosine (docs/math/losses.md): ln cosh d = |d| + ln(1 + e^(-2|d|)) -
 * ln 2, which never overflows; near 0 its error is that of a number near ln 2. The gradient is tanh
 * d.
 */
public final class LogCoshLoss {
    private static final float LN2 = 0x1.62e43p-1f;

    private LogCoshLoss() {}

    /** Reference form; it defines the result. Arguments as in {@link #vector}. */
    public static void scalar(
            float[] arena,
            int prediction,
            int target,
            int gradient,
            int value,
            int length,
            float slope) {
        for (int i = 0; i < length; i++) {
            float d = arena[prediction + i] - arena[target + i];
            float size = Math.abs(d);
            arena[value + i] = size + Softplus.scalar(-2 * size) - LN2;
            arena[gradient + i] = Tanh.tanh(d) * slope;
        }
    }

    /**
     * Computes {@code length} numbers.
     *
     * @param arena holds all of them
     * @param prediction where the outputs lie
     * @param target where the targets lie
     * @param gradient where the gradient by output is written
     * @param value where the losses are written
     * @param length a multiple of {@value Lanes#BLOCK}
     * @param slope factor of the gradient: 1 / number of losses of the mini-batch
     */
    public static void vector(
            float[] arena,
            int prediction,
            int target,
            int gradient,
            int value,
            int length,
            float slope) {
        for (int i = 0; i < length; i += WIDTH) {
            FloatVector d =
                    FloatVector.fromArray(SPECIES, arena, prediction + i)
                            .sub(FloatVector.fromArray(SPECIES, arena, target + i));
            FloatVector size = d.abs();
            size.add(Softplus.vector(size.mul(-2f))).sub(LN2).intoArray(arena, value + i);
            Tanh.tanh(d).mul(slope).intoArray(arena, gradient + i);
        }
    }
}
