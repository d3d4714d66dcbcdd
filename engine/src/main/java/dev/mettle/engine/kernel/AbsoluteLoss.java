package dev.mettle.engine.kernel;

import static dev.mettle.engine.kernel.Lanes.SPECIES;
import static dev.mettle.engine.kernel.Lanes.WIDTH;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** Absolute difference |d| (docs/math/losses.md). The gradient is the sign of d, 0 where d is 0. */
public final class AbsoluteLoss {
    private AbsoluteLoss() {}

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
            arena[value + i] = Math.abs(d);
            arena[gradient + i] = d > 0 ? slope : d < 0 ? -slope : d - d;
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
            d.abs().intoArray(arena, value + i);
            d.sub(d) // 0, or NaN where d is one
                    .blend(slope, d.compare(VectorOperators.GT, 0f))
                    .blend(-slope, d.compare(VectorOperators.LT, 0f))
                    .intoArray(arena, gradient + i);
        }
    }
}
