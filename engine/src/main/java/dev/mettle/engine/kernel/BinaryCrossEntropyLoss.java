package dev.mettle.engine.kernel;

import static dev.mettle.engine.kernel.Lanes.SPECIES;
import static dev.mettle.engine.kernel.Lanes.WIDTH;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Cross-entropy of two classes from the logit z of class 1 (docs/math/losses.md): ln(1 + e^z) for
 * class 0, ln(1 + e^-z) for class 1. The gradient is 1 / (1 + e^-z) less the label.
 */
public final class BinaryCrossEntropyLoss {
    private BinaryCrossEntropyLoss() {}

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
            float z = arena[prediction + i];
            float label = arena[target + i];
            arena[value + i] = Softplus.scalar(label == 1 ? -z : z);
            arena[gradient + i] = (1 / (1 + Exponential.exp(-z)) - label) * slope;
        }
    }

    /**
     * Computes {@code length} numbers.
     *
     * @param arena holds all of them
     * @param prediction where the logits lie
     * @param target where the labels lie, 0 or 1
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
            FloatVector z = FloatVector.fromArray(SPECIES, arena, prediction + i);
            FloatVector label = FloatVector.fromArray(SPECIES, arena, target + i);
            FloatVector one = FloatVector.broadcast(SPECIES, 1f);
            Softplus.vector(z.blend(z.neg(), label.compare(VectorOperators.EQ, 1f)))
                    .intoArray(arena, value + i);
            one.div(Exponential.exp(z.neg()).add(one))
                    .sub(label)
                    .mul(slope)
                    .intoArray(arena, gradient + i);
        }
    }
}
