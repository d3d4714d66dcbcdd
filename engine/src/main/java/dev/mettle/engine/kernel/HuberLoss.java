package dev.mettle.engine.kernel;

/**
 * Huber's loss (docs/math/losses.md): d² / 2 where |d| ≤ delta, else delta (|d| - delta / 2). The
 * gradient is d limited to [-delta, delta].
 *
 * <p>Plain code is the fast form: these loops are short, and a vector kernel that the compiler has
 * not reached yet boxes every vector (docs/math/losses.md).
 */
public final class HuberLoss {
    private HuberLoss() {}

    /**
     * Computes {@code length} numbers.
     *
     * @param arena holds all of them
     * @param prediction where the outputs lie
     * @param target where the targets lie
     * @param gradient where the gradient by output is written
     * @param value where the losses are written
     * @param length how many
     * @param slope factor of the gradient: 1 / number of losses of the mini-batch
     * @param delta positive
     */
    public static void block(
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
}
