package dev.mettle.engine.kernel;

import static dev.mettle.engine.kernel.Lanes.SPECIES;
import static dev.mettle.engine.kernel.Lanes.WIDTH;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Pinball loss (docs/math/losses.md): -q d where d ≤ 0, else (1 - q) d. The gradient is -q below 0,
 * 1 - q above, 0 where d is 0.
 */
public final class QuantileLoss {
    private QuantileLoss() {}

    /** Reference form; it defines the result. Arguments as in {@link #vector}. */
    public static void scalar(
            float[] arena,
            int prediction,
            int target,
            int gradient,
            int value,
            int length,
            float slope,
            float q) {
        for (int i = 0; i < length; i++) {
            float d = arena[prediction + i] - arena[target + i];
            arena[value + i] = d > 0 ? d * (1 - q) : d * -q;
            arena[gradient + i] = d > 0 ? slope * (1 - q) : d < 0 ? slope * -q : d - d;
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
     * @param q the quantile, in (0, 1)
     */
    public static void vector(
            float[] arena,
            int prediction,
            int target,
            int gradient,
            int value,
            int length,
            float slope,
            float q) {
        for (int i = 0; i < length; i += WIDTH) {
            FloatVector d =
                    FloatVector.fromArray(SPECIES, arena, prediction + i)
                            .sub(FloatVector.fromArray(SPECIES, arena, target + i));
            VectorMask<Float> above = d.compare(VectorOperators.GT, 0f);
            d.mul(-q).blend(d.mul(1 - q), above).intoArray(arena, value + i);
            d.sub(d) // 0, or NaN where d is one
                    .blend(slope * (1 - q), above)
                    .blend(slope * -q, d.compare(VectorOperators.LT, 0f))
                    .intoArray(arena, gradient + i);
        }
    }
}
