package dev.mettle.engine.kernel;

/** Absolute difference |d| (docs/math/losses.md). The gradient is the sign of d, 0 where d is 0. */
public final class AbsoluteLoss {
    private AbsoluteLoss() {}

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
            arena[value + i] = Math.abs(d);
            arena[gradient + i] = d > 0 ? slope : d < 0 ? -slope : d - d;
        }
    }
}
