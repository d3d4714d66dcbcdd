package dev.mettle.engine;

import dev.mettle.engine.kernel.BlockGather;

import java.util.Arrays;

/**
 * Appends the vector of each row's category (docs/math/embedding.md). What stands before it is a
 * view of the same memory. The gradient of a vector is summed over the rows of its category in
 * their order in the mini-batch; a category that no row has keeps the gradient 0.
 */
final class EmbeddingStage extends Stage {
    private final String column;
    private final EmbeddingWeights weights;
    private final Tensor out;
    private final ConstantChannels vector;
    private final Tensor gradient;
    private final ConstantChannels vectorGradient;
    private final Storage sums;

    /**
     * Takes the places of values and gradients.
     *
     * @param gradient by output, without a frame
     * @param before channels before the vector
     * @param sums memory for a block of numbers
     */
    EmbeddingStage(
            String column,
            EmbeddingWeights weights,
            Tensor out,
            Tensor gradient,
            int before,
            Storage sums) {
        this.column = column;
        this.weights = weights;
        this.out = out;
        this.vector = new ConstantChannels(out, before);
        this.gradient = gradient;
        this.vectorGradient = new ConstantChannels(gradient, before);
        this.sums = sums;
    }

    @Override
    void start(Workspace workspace) {
        Arrays.fill(workspace.gradients(), weights.first(), weights.end(), 0f);
    }

    @Override
    void forward(Workspace workspace, int from, int to) {
        for (int block = from; block < to; block++) {
            BlockGather.gather(
                    workspace.weights(),
                    weights.dim(),
                    workspace.vectors(column, weights, block),
                    workspace.arena(),
                    out.slot(block),
                    vector.position());
            vector.spread(workspace.arena(), block);
        }
    }

    @Override
    void backward(Workspace workspace, int from, int to) {
        for (int block = from; block < to; block++) {
            int[] starts = workspace.vectors(column, weights, block);
            for (int d = 0; d < weights.dim(); d++) {
                add(workspace, block, d, starts);
            }
        }
    }

    private void add(Workspace workspace, int block, int d, int[] starts) {
        float[] arena = workspace.arena();
        int from = gradient.slot(block) + vectorGradient.position()[d];
        if (!gradient.shape().isFlat()) {
            from = sums.slot(0);
            vectorGradient.sum(arena, block, d, arena, from);
        }
        scatter(workspace.gradients(), starts, d, arena, from, workspace.live(block));
    }

    private static void scatter(
            float[] gradients, int[] starts, int d, float[] arena, int from, int live) {
        for (int e = 0; e < live; e++) {
            gradients[starts[e] + d] += arena[from + e];
        }
    }
}
