package dev.mettle.engine.kernel;

/**
 * Squared difference d² (docs/math/losses.md). What is written is d itself, so that its square can
 * be added in double without a rounding; the gradient is d times the slope.
 *
 * <p>Plain code is the fast form: these loops are short, and a vector kernel that the compiler has
 * not reached yet boxes every vector (docs/math/losses.md).
 */
public final class SquaredLoss {
    private SquaredLoss() {}

    /**
     * Computes {@code length} numbers.
     *
     * @param arena holds all of them
     * @param prediction where the outputs lie
     * @param target where the targets lie
     * @param gradient where the gradient by output is written
     * @param value where the differences are written
     * @param length how many
     * @param slope factor of the gradient: 2 / number of losses of the mini-batch
     */
    public static void block(
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
}
