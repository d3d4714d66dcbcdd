package dev.mettle.engine.kernel;

/**
 * Logarithm of the hyperbolic cosine (docs/math/losses.md): ln cosh d = |d| + ln(1 + e^(-2|d|)) -
 * ln 2, which never overflows; near 0 its error is that of a number near ln 2. The gradient is tanh
 * d.
 *
 * <p>Plain code is the fast form: these loops are short, and a vector kernel that the compiler has
 * not reached yet boxes every vector (docs/math/losses.md).
 */
public final class LogCoshLoss {
    private static final float LN2 = 0x1.62e43p-1f;

    private LogCoshLoss() {}

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
            float size = Math.abs(d);
            arena[value + i] = size + Softplus.scalar(-2 * size) - LN2;
            arena[gradient + i] = Tanh.tanh(d) * slope;
        }
    }
}
