package dev.mettle.engine.kernel;

import static dev.mettle.engine.kernel.Lanes.SPECIES;
import static dev.mettle.engine.kernel.Lanes.WIDTH;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * One step of torch.optim.Adagrad (docs/math/optimisers.md): {@code d = g + decay · w; s = s + d²;
 * w = w - rate · d / (√s + epsilon)}. A tiny s becomes 0 ({@link Tiny}).
 */
public final class AdagradStep {
    private AdagradStep() {}

    /** Reference form; it defines the result. Arguments as in {@link #vector}. */
    public static void scalar(
            float[] weights,
            float[] gradients,
            float[] squares,
            int length,
            float rate,
            float epsilon,
            float decay) {
        for (int i = 0; i < length; i++) {
            float d = Math.fma(weights[i], decay, gradients[i]);
            squares[i] = Tiny.flush(Math.fma(d, d, squares[i]));
            float step = d / ((float) Math.sqrt(squares[i]) + epsilon);
            weights[i] = Math.fma(step, -rate, weights[i]);
        }
    }

    /**
     * Changes weights and sums of squares.
     *
     * @param length a multiple of {@value Lanes#BLOCK}
     */
    public static void vector(
            float[] weights,
            float[] gradients,
            float[] squares,
            int length,
            float rate,
            float epsilon,
            float decay) {
        FloatVector down = FloatVector.broadcast(SPECIES, -rate);
        FloatVector shrink = FloatVector.broadcast(SPECIES, decay);
        for (int i = 0; i < length; i += WIDTH) {
            FloatVector w = FloatVector.fromArray(SPECIES, weights, i);
            FloatVector d = w.fma(shrink, FloatVector.fromArray(SPECIES, gradients, i));
            FloatVector s = d.fma(d, FloatVector.fromArray(SPECIES, squares, i));
            s = s.blend(0f, s.abs().compare(VectorOperators.LT, Tiny.LIMIT));
            s.intoArray(squares, i);
            d.div(s.sqrt().add(epsilon)).fma(down, w).intoArray(weights, i);
        }
    }
}
