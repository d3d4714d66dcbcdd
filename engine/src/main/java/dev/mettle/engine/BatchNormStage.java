package dev.mettle.engine;

import static dev.mettle.engine.kernel.Lanes.BLOCK;
import static dev.mettle.engine.kernel.Lanes.SUMS;

import dev.mettle.core.network.Layer;
import dev.mettle.engine.kernel.BiasGradient;
import dev.mettle.engine.kernel.ChannelMoments;
import dev.mettle.engine.kernel.ChannelNorm;
import dev.mettle.engine.kernel.LaneTree;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * Batch normalisation, the part that begins a segment: it centres and scales each channel by the
 * moments that {@link #statistics} has found at the end of the segment before.
 */
final class BatchNormStage extends Stage {
    private final Layer.BatchNorm layer;
    private final BatchMoments moments;
    private final Places places;
    private final int positions;
    private final int[] position;

    /**
     * Where its numbers lie; no gradient has a frame.
     *
     * @param in input, without a frame
     * @param out output
     * @param gradientIn by input; absent where nothing before has weights
     * @param gradientOut by output, perhaps the same memory
     * @param sums place of the partial sums in {@link Workspace#sums}
     */
    record Places(
            Tensor in, Tensor out, @Nullable Tensor gradientIn, Tensor gradientOut, int sums) {}

    BatchNormStage(Layer.BatchNorm layer, BatchMoments moments, Places places) {
        this.layer = layer;
        this.moments = moments;
        this.places = places;
        this.positions = places.in().shape().height() * places.in().shape().width();
        this.position = new int[positions];
        Arrays.setAll(position, n -> n * BLOCK);
    }

    /** Returns the part that ends the segment before. */
    Stage statistics() {
        return new Statistics();
    }

    @Override
    void startEvaluation(Workspace workspace) {
        moments.recall(workspace, layer.epsilon());
    }

    @Override
    void forward(Workspace workspace, int from, int to) {
        for (int block = from; block < to; block++) {
            for (int c = 0; c < places.in().shape().channels(); c++) {
                channel(workspace, block, c);
            }
        }
    }

    private void channel(Workspace workspace, int block, int channel) {
        float[] arena = workspace.arena();
        Tensor in = places.in();
        Tensor out = places.out();
        int width = in.shape().width() * BLOCK;
        float mean = workspace.state()[moments.means() + channel];
        float factor = workspace.state()[moments.factors() + channel];
        float shift = workspace.weights()[moments.affine().shift() + channel];
        for (int y = 0; y < in.shape().height(); y++) {
            ChannelNorm.forward(
                    arena,
                    in.slot(block) + in.at(channel, y, 0),
                    arena,
                    out.slot(block) + out.at(channel, y, 0),
                    width,
                    mean,
                    factor,
                    shift);
        }
    }

    @Override
    void start(Workspace workspace) {
        int count = 2 * moments.affine().padded() * SUMS;
        Arrays.fill(workspace.sums(), places.sums(), places.sums() + count, 0f);
    }

    @Override
    void backward(Workspace workspace, int from, int to) {
        float[] arena = workspace.arena();
        Tensor gradient = places.gradientOut();
        int padded = moments.affine().padded();
        for (int block = from; block < to; block++) {
            ChannelNorm.slopes(
                    padded,
                    positions,
                    arena,
                    places.in().slot(block),
                    arena,
                    gradient.slot(block),
                    workspace.state(),
                    moments.means(),
                    workspace.sums(),
                    places.sums());
            BiasGradient.vector(
                    padded,
                    arena,
                    gradient.slot(block),
                    gradient.plane(),
                    position,
                    0,
                    positions,
                    workspace.sums(),
                    places.sums() + padded * SUMS);
        }
    }

    @Override
    void finish(Workspace workspace, int blocks) {
        LaneTree.vector(
                workspace.sums(),
                places.sums(),
                2 * moments.affine().padded(),
                workspace.gradients(),
                moments.affine().first());
        moments.finish(workspace, positions);
    }

    /**
     * Finds the moments of a mini-batch; in the other direction, computes the gradient by input.
     */
    private final class Statistics extends Stage {
        @Override
        void forward(Workspace workspace, int from, int to) {
            if (!workspace.isTraining()) {
                return;
            }
            for (int block = from; block < to; block++) {
                block(workspace, block);
            }
        }

        private void block(Workspace workspace, int block) {
            float[] arena = workspace.arena();
            float[] state = workspace.state();
            int padded = moments.affine().padded();
            int scratch = workspace.scratchSums();
            int in = places.in().slot(block);
            float[] lives = workspace.lives(block);
            int means = moments.blockMeans(block);
            ChannelMoments.sums(padded, positions, arena, in, lives, workspace.sums(), scratch);
            LaneTree.vector(workspace.sums(), scratch, padded, state, means);
            float count = (float) workspace.live(block) * positions;
            for (int c = 0; c < padded; c++) {
                state[means + c] /= count;
            }
            ChannelMoments.squares(
                    padded, positions, arena, in, lives, state, means, workspace.sums(), scratch);
            LaneTree.vector(workspace.sums(), scratch, padded, state, moments.blockSquares(block));
        }

        @Override
        void complete(Workspace workspace, int blocks) {
            moments.join(workspace, positions, layer.epsilon(), layer.momentum());
        }

        @Override
        void backward(Workspace workspace, int from, int to) {
            Tensor gradientIn = places.gradientIn();
            if (gradientIn == null) {
                return;
            }
            for (int block = from; block < to; block++) {
                float[] lives = workspace.lives(block);
                for (int c = 0; c < places.in().shape().channels(); c++) {
                    backward(workspace, block, c, gradientIn, lives);
                }
            }
        }

        private void backward(
                Workspace workspace, int block, int c, Tensor gradientIn, float[] lives) {
            float[] arena = workspace.arena();
            float[] state = workspace.state();
            int plane = c * places.in().plane();
            ChannelNorm.backward(
                    arena,
                    places.in().slot(block) + plane,
                    arena,
                    places.gradientOut().slot(block) + plane,
                    arena,
                    gradientIn.slot(block) + plane,
                    positions * BLOCK,
                    lives,
                    state[moments.means() + c],
                    state[moments.factors() + c],
                    state[moments.slopes() + c],
                    state[moments.offsets() + c]);
        }
    }
}
