package dev.mettle.engine.kernel;

import static dev.mettle.engine.kernel.Lanes.SPECIES;
import static dev.mettle.engine.kernel.Lanes.WIDTH;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * One step of stochastic gradient descent as torch.optim.SGD does it (docs/math/optimisers.md):
 * {@code d = g + decay · w; v = momentum · v + d; w = w - rate · (d + momentum · v)} with
 * Nesterov's momentum, {@code w - rate · v} without. A tiny v becomes 0 ({@link Tiny}).
 */
public final class SgdStep {
    private SgdStep() {}

    /** Reference form; it defines the result. Arguments as in {@link #vector}. */
    public static void scalar(
            float[] weights,
            float[] gradients,
            float[] velocities,
            int length,
            float rate,
            float momentum,
            boolean nesterov,
            float decay) {
        float ofVelocity = nesterov ? momentum : 1;
        float ofGradient = nesterov ? 1 : 0;
        for (int i = 0; i < length; i++) {
            float d = Math.fma(weights[i], decay, gradients[i]);
            velocities[i] = Tiny.flush(Math.fma(velocities[i], momentum, d));
            float direction = Math.fma(velocities[i], ofVelocity, d * ofGradient);
            weights[i] = Math.fma(direction, -rate, weights[i]);
        }
    }

    /**
     * Changes weights and velocities.
     *
     * @param length a multiple of {@value Lanes#BLOCK}
     */
    public static void vector(
            float[] weights,
            float[] gradients,
            float[] velocities,
            int length,
            float rate,
            float momentum,
            boolean nesterov,
            float decay) {
        FloatVector down = FloatVector.broadcast(SPECIES, -rate);
        FloatVector keep = FloatVector.broadcast(SPECIES, momentum);
        FloatVector shrink = FloatVector.broadcast(SPECIES, decay);
        FloatVector ofVelocity = FloatVector.broadcast(SPECIES, nesterov ? momentum : 1f);
        FloatVector ofGradient = FloatVector.broadcast(SPECIES, nesterov ? 1f : 0f);
        for (int i = 0; i < length; i += WIDTH) {
            FloatVector w = FloatVector.fromArray(SPECIES, weights, i);
            FloatVector d = w.fma(shrink, FloatVector.fromArray(SPECIES, gradients, i));
            FloatVector v = FloatVector.fromArray(SPECIES, velocities, i).fma(keep, d);
            v = v.blend(0f, v.abs().compare(VectorOperators.LT, Tiny.LIMIT));
            v.intoArray(velocities, i);
            v.fma(ofVelocity, d.mul(ofGradient)).fma(down, w).intoArray(weights, i);
        }
    }
}
