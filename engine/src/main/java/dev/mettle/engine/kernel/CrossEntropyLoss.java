package dev.mettle.engine.kernel;

import static dev.mettle.engine.kernel.Lanes.BLOCK;
import static dev.mettle.engine.kernel.Lanes.SPECIES;
import static dev.mettle.engine.kernel.Lanes.WIDTH;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Cross-entropy of a softmax for one block of rows (docs/math/losses.md). With m the largest logit
 * of a row, s_k = z_k - m, S = Σ e^s_k in the order of the classes, and the target t_k = 1 -
 * smoothing for the true class, plus smoothing / classes for every class:
 *
 * <p>loss = ln S - Σ t_k s_k, gradient = e^s_k / S - t_k, 0 where it is tiny ({@link Tiny}): a
 * confident network would otherwise fill its gradients with denormal numbers. A NaN among the
 * logits makes both NaN.
 *
 * <p>The vector form hands no vector from method to method, and takes logarithms one by one: what
 * is not inlined would box it.
 */
public final class CrossEntropyLoss {
    private CrossEntropyLoss() {}

    /** Reference form; it defines the result. Arguments as in {@link #vector}. */
    public static void scalar(
            float[] arena,
            int logits,
            int label,
            int gradient,
            int value,
            int classes,
            float slope,
            float smoothing) {
        float certain = 1 - smoothing;
        float even = smoothing / classes;
        for (int e = 0; e < BLOCK; e++) {
            float largest = arena[logits + e];
            for (int k = 1; k < classes; k++) {
                float z = arena[logits + k * BLOCK + e];
                largest = z > largest ? z : largest;
            }
            float sum = 0;
            float total = 0;
            float own = 0;
            for (int k = 0; k < classes; k++) {
                float shifted = arena[logits + k * BLOCK + e] - largest;
                float exp = Exponential.exp(shifted);
                arena[gradient + k * BLOCK + e] = exp;
                sum += exp;
                total += shifted;
                own = arena[label + e] == k ? shifted : own;
            }
            arena[value + e] = Logarithm.scalar(sum) - Math.fma(total, even, own * certain);
            for (int k = 0; k < classes; k++) {
                float wanted = arena[label + e] == k ? even + certain : even;
                int at = gradient + k * BLOCK + e;
                arena[at] = Tiny.flush((arena[at] / sum - wanted) * slope);
            }
        }
    }

    /**
     * Computes one block.
     *
     * @param arena holds all numbers
     * @param logits where the logits lie, [class][{@value Lanes#BLOCK}]
     * @param label where the labels lie, whole numbers from 0, [{@value Lanes#BLOCK}]
     * @param gradient where the gradient by logit is written, like the logits
     * @param value where the loss of each row is written, [{@value Lanes#BLOCK}]; as much behind it
     *     is used too
     * @param classes number of classes, 2 or more
     * @param slope factor of the gradient: 1 / rows of the mini-batch
     * @param smoothing share of the target that is spread evenly over the classes, in [0, 1)
     */
    public static void vector(
            float[] arena,
            int logits,
            int label,
            int gradient,
            int value,
            int classes,
            float slope,
            float smoothing) {
        for (int e = 0; e < BLOCK; e += WIDTH) {
            exponentials(arena, logits + e, label + e, gradient + e, value + e, classes, smoothing);
            gradients(arena, label + e, gradient + e, value + e, classes, slope, smoothing);
        }
        for (int e = 0; e < BLOCK; e++) {
            arena[value + e] = Logarithm.scalar(arena[value + e]) - arena[value + BLOCK + e];
        }
    }

    /** Writes e^s_k for the gradients, S for the values and Σ t_k s_k behind them. */
    private static void exponentials(
            float[] arena,
            int logits,
            int label,
            int exponentials,
            int value,
            int classes,
            float smoothing) {
        FloatVector labels = FloatVector.fromArray(SPECIES, arena, label);
        FloatVector largest = FloatVector.fromArray(SPECIES, arena, logits);
        for (int k = 1; k < classes; k++) {
            FloatVector z = FloatVector.fromArray(SPECIES, arena, logits + k * BLOCK);
            largest = largest.blend(z, z.compare(VectorOperators.GT, largest));
        }
        FloatVector sum = FloatVector.zero(SPECIES);
        FloatVector total = FloatVector.zero(SPECIES);
        FloatVector own = FloatVector.zero(SPECIES);
        for (int k = 0; k < classes; k++) {
            FloatVector shifted =
                    FloatVector.fromArray(SPECIES, arena, logits + k * BLOCK).sub(largest);
            FloatVector exp = Exponential.exp(shifted);
            exp.intoArray(arena, exponentials + k * BLOCK);
            sum = sum.add(exp);
            total = total.add(shifted);
            own = own.blend(shifted, labels.compare(VectorOperators.EQ, (float) k));
        }
        sum.intoArray(arena, value);
        total.fma(FloatVector.broadcast(SPECIES, smoothing / classes), own.mul(1 - smoothing))
                .intoArray(arena, value + BLOCK);
    }

    private static void gradients(
            float[] arena,
            int label,
            int gradient,
            int sums,
            int classes,
            float slope,
            float smoothing) {
        float even = smoothing / classes;
        FloatVector labels = FloatVector.fromArray(SPECIES, arena, label);
        FloatVector sum = FloatVector.fromArray(SPECIES, arena, sums);
        FloatVector others = FloatVector.broadcast(SPECIES, even);
        for (int k = 0; k < classes; k++) {
            int at = gradient + k * BLOCK;
            FloatVector wanted =
                    others.blend(
                            even + (1 - smoothing), labels.compare(VectorOperators.EQ, (float) k));
            FloatVector change =
                    FloatVector.fromArray(SPECIES, arena, at).div(sum).sub(wanted).mul(slope);
            change.blend(0f, change.abs().compare(VectorOperators.LT, Tiny.LIMIT))
                    .intoArray(arena, at);
        }
    }
}
