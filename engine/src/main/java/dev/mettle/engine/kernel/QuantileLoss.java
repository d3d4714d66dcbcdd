package dev.mettle.engine.kernel;

/**
 * Pinball loss (docs/math/losses.md): -q d where d ≤ 0, else (1 - q) d. The gradient is -q below 0,
 * 1 - q above, 0 where d is 0.
 *
 * <p>Plain code is the fast form: these loops are short, and a vector kernel that the compiler has
 * not reached yet boxes every vector (docs/math/losses.md).
 */
public final class QuantileLoss {
    private QuantileLoss() {}

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
     * @param q the quantile, in (0, 1)
     */
    public static void block(
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
}
