package dev.mettle.engine;

import static dev.mettle.engine.kernel.Lanes.BLOCK;

import dev.mettle.core.study.Clipping;
import dev.mettle.engine.kernel.GradientClip;

/**
 * Limits gradients before a step (docs/math/optimisers.md): each number, then the norm of all.
 * Weights that only fill up have gradients of 0 and add nothing.
 */
final class GradientLimits {
    /** What torch.nn.utils.clip_grad_norm_ adds to the norm. */
    private static final double EPSILON = 1e-6;

    private final Clipping clip;
    private final double[] sums = new double[BLOCK];

    GradientLimits(Clipping clip) {
        this.clip = clip;
    }

    /** Limits the first {@code length} gradients, a multiple of a block; allocates nothing. */
    void apply(float[] gradients, int length) {
        if (clip.value().isPresent()) {
            GradientClip.limit(gradients, length, (float) clip.value().getAsDouble());
        }
        if (clip.norm().isPresent()) {
            double norm = Math.sqrt(GradientClip.squares(gradients, length, sums));
            double factor = clip.norm().getAsDouble() / (norm + EPSILON);
            if (!(factor >= 1)) { // NaN, too: then all gradients become NaN, as in PyTorch
                GradientClip.scale(gradients, length, (float) factor);
            }
        }
    }
}
