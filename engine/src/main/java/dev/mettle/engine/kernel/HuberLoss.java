package dev.mettle.engine.kernel;

import static dev.mettle.engine.kernel.Lanes.SPECIES;
import static dev.mettle.engine.kernel.Lanes.WIDTH;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Huber's loss (docs/math/losses.md): d² / 2 where |d| ≤ delta, else delta (|d| - delta / 2). The
 * gradient is d limited to [-delta, delta].
 */
public final class HuberLoss {
    private HuberLoss() {}

    /** Reference form; it defines the result. Arguments as in {@link #vector}. */
    public static void scalar(
            float[] arena,
            int prediction,
            int target,
            int gradient,
            int value,
            int length,
            float slope,
            float delta) {
        for (int i = 0; i < length; i++) {
            float d = arena[prediction + i] - arena[target + i];
            float size = Math.abs(d);
            arena[value + i] = size <= delta ? 0.5f * d * d : delta * (size - 0.5f * delta);
            float limited = d > delta ? delta : d;
            arena[gradient + i] = slope * (limited < -delta ? -delta : limited);
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
     * @param delta positive
     */
    public static void vector(
            float[] arena,
            int prediction,
            int target,
            int gradient,
            int value,
            int length,
            float slope,
            float delta) {
        for (int i = 0; i < length; i += WIDTH) {
            FloatVector d =
                    FloatVector.fromArray(SPECIES, arena, prediction + i)
                            .sub(FloatVector.fromArray(SPECIES, arena, target + i));
            FloatVector size = d.abs();
            size.sub(0.5f * delta)
                    .mul(delta)
                    .blend(d.mul(0.5f).mul(d), size.compare(VectorOperators.LE, delta))
                    .intoArray(arena, value + i);
            FloatVector limited = d.blend(delta, d.compare(VectorOperators.GT, delta));
            limited.blend(-delta, limited.compare(VectorOperators.LT, -delta))
                    .mul(slope)
                    .intoArray(arena, gradient + i);
        }
    }
}
