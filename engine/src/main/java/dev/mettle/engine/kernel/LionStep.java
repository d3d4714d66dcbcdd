package dev.mettle.engine.kernel;

import static dev.mettle.engine.kernel.Lanes.SPECIES;
import static dev.mettle.engine.kernel.Lanes.WIDTH;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * One step of Lion (Chen et al. 2023; docs/math/optimisers.md): {@code c = beta1 · m + (1 - beta1)
 * g; w = keep · w - rate · sign(c); m = beta2 · m + (1 - beta2) g}. The sign of 0 is 0, that of NaN
 * is NaN, so that it is seen. A tiny m becomes 0 ({@link Tiny}).
 */
public final class LionStep {
    private LionStep() {}

    /** Reference form; it defines the result. Arguments as in {@link #vector}. */
    public static void scalar(
            float[] weights,
            float[] gradients,
            float[] means,
            int length,
            float beta1,
            float oneMinusBeta1,
            float beta2,
            float oneMinusBeta2,
            float rate,
            float keep) {
        for (int i = 0; i < length; i++) {
            float g = gradients[i];
            float c = Math.fma(g, oneMinusBeta1, means[i] * beta1);
            float sign = c > 0 ? 1 : c < 0 ? -1 : c;
            weights[i] = Math.fma(sign, -rate, weights[i] * keep);
            means[i] = Tiny.flush(Math.fma(g, oneMinusBeta2, means[i] * beta2));
        }
    }

    /**
     * Changes weights and means.
     *
     * @param length a multiple of {@value Lanes#BLOCK}
     */
    public static void vector(
            float[] weights,
            float[] gradients,
            float[] means,
            int length,
            float beta1,
            float oneMinusBeta1,
            float beta2,
            float oneMinusBeta2,
            float rate,
            float keep) {
        FloatVector down = FloatVector.broadcast(SPECIES, -rate);
        FloatVector fresh1 = FloatVector.broadcast(SPECIES, oneMinusBeta1);
        FloatVector fresh2 = FloatVector.broadcast(SPECIES, oneMinusBeta2);
        for (int i = 0; i < length; i += WIDTH) {
            FloatVector g = FloatVector.fromArray(SPECIES, gradients, i);
            FloatVector m = FloatVector.fromArray(SPECIES, means, i);
            FloatVector c = g.fma(fresh1, m.mul(beta1));
            FloatVector sign =
                    c.blend(1f, c.compare(VectorOperators.GT, 0f))
                            .blend(-1f, c.compare(VectorOperators.LT, 0f));
            FloatVector w = FloatVector.fromArray(SPECIES, weights, i).mul(keep);
            sign.fma(down, w).intoArray(weights, i);
            m = g.fma(fresh2, m.mul(beta2));
            m.blend(0f, m.abs().compare(VectorOperators.LT, Tiny.LIMIT)).intoArray(means, i);
        }
    }
}
