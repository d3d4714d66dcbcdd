package dev.mettle.engine.kernel;

import static dev.mettle.engine.kernel.Lanes.SPECIES;
import static dev.mettle.engine.kernel.Lanes.WIDTH;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * One step of torch.optim.Adam or AdamW (docs/math/optimisers.md): {@code w = keep · w; d = g +
 * decay · w; m = beta1 · m + (1 - beta1) d; v = beta2 · v + (1 - beta2) d²; w = w - size · m / (√v
 * · root + epsilon)}. Adam keeps the whole weight ({@code keep} 1); AdamW decays by {@code keep}
 * and has {@code decay} 0. Tiny m and v become 0 ({@link Tiny}).
 */
public final class AdamStep {
    private AdamStep() {}

    /** Reference form; it defines the result. Arguments as in {@link #vector}. */
    public static void scalar(
            float[] weights,
            float[] gradients,
            float[] means,
            float[] squares,
            int length,
            float beta1,
            float oneMinusBeta1,
            float beta2,
            float oneMinusBeta2,
            float size,
            float root,
            float epsilon,
            float decay,
            float keep) {
        for (int i = 0; i < length; i++) {
            float w = weights[i] * keep;
            float d = Math.fma(w, decay, gradients[i]);
            means[i] = Tiny.flush(Math.fma(d, oneMinusBeta1, means[i] * beta1));
            squares[i] = Tiny.flush(Math.fma(d * d, oneMinusBeta2, squares[i] * beta2));
            float scale = (float) Math.sqrt(squares[i]) * root + epsilon;
            weights[i] = Math.fma(means[i] / scale, -size, w);
        }
    }

    /**
     * Changes weights, means and squares.
     *
     * @param length a multiple of {@value Lanes#BLOCK}
     * @param size learning rate / (1 - beta1ᵗ) at step t
     * @param root 1 / √(1 - beta2ᵗ)
     */
    public static void vector(
            float[] weights,
            float[] gradients,
            float[] means,
            float[] squares,
            int length,
            float beta1,
            float oneMinusBeta1,
            float beta2,
            float oneMinusBeta2,
            float size,
            float root,
            float epsilon,
            float decay,
            float keep) {
        FloatVector down = FloatVector.broadcast(SPECIES, -size);
        FloatVector shrink = FloatVector.broadcast(SPECIES, decay);
        FloatVector fresh1 = FloatVector.broadcast(SPECIES, oneMinusBeta1);
        FloatVector fresh2 = FloatVector.broadcast(SPECIES, oneMinusBeta2);
        for (int i = 0; i < length; i += WIDTH) {
            FloatVector w = FloatVector.fromArray(SPECIES, weights, i).mul(keep);
            FloatVector d = w.fma(shrink, FloatVector.fromArray(SPECIES, gradients, i));
            FloatVector m = d.fma(fresh1, FloatVector.fromArray(SPECIES, means, i).mul(beta1));
            m = m.blend(0f, m.abs().compare(VectorOperators.LT, Tiny.LIMIT));
            m.intoArray(means, i);
            FloatVector v =
                    d.mul(d).fma(fresh2, FloatVector.fromArray(SPECIES, squares, i).mul(beta2));
            v = v.blend(0f, v.abs().compare(VectorOperators.LT, Tiny.LIMIT));
            v.intoArray(squares, i);
            m.div(v.sqrt().mul(root).add(epsilon)).fma(down, w).intoArray(weights, i);
        }
    }
}
