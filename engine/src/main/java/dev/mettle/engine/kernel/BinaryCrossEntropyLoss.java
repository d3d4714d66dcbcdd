package dev.mettle.engine.kernel;

/**
 * Cross-entropy of two classes from the logit z of class 1 (docs/math/losses.md): ln(1 + e^z) for
 * class 0, ln(1 + e^-z) for class 1. The gradient is 1 / (1 + e^-z) less the label, 0 where it is
 * tiny ({@link Tiny}).
 *
 * <p>Plain code is the fast form: these loops are short, and a vector kernel that the compiler has
 * not reached yet boxes every vector (docs/math/losses.md).
 */
public final class BinaryCrossEntropyLoss {
    private BinaryCrossEntropyLoss() {}

    /**
     * Computes {@code length} numbers.
     *
     * @param arena holds all of them
     * @param prediction where the logits lie
     * @param target where the labels lie, 0 or 1
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
            float z = arena[prediction + i];
            float label = arena[target + i];
            arena[value + i] = Softplus.scalar(label == 1 ? -z : z);
            arena[gradient + i] = Tiny.flush((1 / (1 + Exponential.exp(-z)) - label) * slope);
        }
    }
}
