package dev.mettle.engine.kernel;

import static dev.mettle.engine.kernel.Lanes.SPECIES;
import static dev.mettle.engine.kernel.Lanes.WIDTH;

import jdk.incubator.vector.FloatVector;

/**
 * Squared difference d² (docs/math/losses.md). What is written is d itself, so that its square can
 * be added in double without a rounding; the gradient is d times the slope.
 */
public final class SquaredLoss {
    private SquaredLoss() {}

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
            arena[value + i] = d;
            arena[gradient + i] = d * slope;
        }
    }

    /**
     * Computes {@code length} numbers.
     *
     * @param arena holds all of them
     * @param prediction where the outputs lie
     * @param target where the targets lie
     * @param gradient where the gradient by output is written
     * @param value where the differences are written
     * @param length a multiple of {@value Lanes#BLOCK}
     * @param slope factor of the gradient: 2 / number of losses of the mini-batch
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
            d.intoArray(arena, value + i);
            d.mul(slope).intoArray(arena, gradient + i);
        }
    }
}
