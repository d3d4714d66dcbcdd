package dev.mettle.engine.kernel;

import static dev.mettle.engine.kernel.Lanes.SPECIES;
import static dev.mettle.engine.kernel.Lanes.WIDTH;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * One step of torch.optim.RMSprop, not centred (docs/math/optimisers.md): {@code d = g + decay · w;
 * s = alpha · s + (1 - alpha) d²; v = momentum · v + d / (√s + epsilon); w = w - rate · v}. Tiny s
 * and v become 0 ({@link Tiny}).
 */
public final class RmsPropStep {
    private RmsPropStep() {}

    /** Reference form; it defines the result. Arguments as in {@link #vector}. */
    public static void scalar(
            float[] weights,
            float[] gradients,
            float[] squares,
            float[] velocities,
            int length,
            float rate,
            float alpha,
            float oneMinusAlpha,
            float epsilon,
            float momentum,
            float decay) {
        for (int i = 0; i < length; i++) {
            float d = Math.fma(weights[i], decay, gradients[i]);
            squares[i] = Tiny.flush(Math.fma(d * d, oneMinusAlpha, squares[i] * alpha));
            float step = d / ((float) Math.sqrt(squares[i]) + epsilon);
            velocities[i] = Tiny.flush(Math.fma(velocities[i], momentum, step));
            weights[i] = Math.fma(velocities[i], -rate, weights[i]);
        }
    }

    /**
     * Changes weights, squares and velocities.
     *
     * @param length a multiple of {@value Lanes#BLOCK}
     */
    public static void vector(
            float[] weights,
            float[] gradients,
            float[] squares,
            float[] velocities,
            int length,
            float rate,
            float alpha,
            float oneMinusAlpha,
            float epsilon,
            float momentum,
            float decay) {
        FloatVector down = FloatVector.broadcast(SPECIES, -rate);
        FloatVector keep = FloatVector.broadcast(SPECIES, momentum);
        FloatVector shrink = FloatVector.broadcast(SPECIES, decay);
        FloatVector fresh = FloatVector.broadcast(SPECIES, oneMinusAlpha);
        for (int i = 0; i < length; i += WIDTH) {
            FloatVector w = FloatVector.fromArray(SPECIES, weights, i);
            FloatVector d = w.fma(shrink, FloatVector.fromArray(SPECIES, gradients, i));
            FloatVector s =
                    d.mul(d).fma(fresh, FloatVector.fromArray(SPECIES, squares, i).mul(alpha));
            s = s.blend(0f, s.abs().compare(VectorOperators.LT, Tiny.LIMIT));
            s.intoArray(squares, i);
            FloatVector step = d.div(s.sqrt().add(epsilon));
            FloatVector v = FloatVector.fromArray(SPECIES, velocities, i).fma(keep, step);
            v = v.blend(0f, v.abs().compare(VectorOperators.LT, Tiny.LIMIT));
            v.intoArray(velocities, i);
            v.fma(down, w).intoArray(weights, i);
        }
    }
}
