package dev.mettle.engine;

import static dev.mettle.engine.kernel.Lanes.BLOCK;
import static dev.mettle.engine.kernel.Lanes.SUMS;

import dev.mettle.core.network.Layer;
import dev.mettle.engine.kernel.LaneTree;
import dev.mettle.engine.kernel.RowNorm;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/** Layer normalisation: each row by its own mean and variance. */
final class LayerNormStage extends Stage {
    private final float epsilon;
    private final Affine affine;
    private final Places places;

    /**
     * Where its numbers lie; no gradient has a frame.
     *
     * @param in input, without a frame
     * @param out output
     * @param gradientIn by input; absent where nothing before has weights
     * @param gradientOut by output, perhaps the same memory
     * @param moments of each row
     * @param sums place of the partial sums in {@link Workspace#sums}
     */
    record Places(
            Tensor in,
            Tensor out,
            @Nullable Tensor gradientIn,
            Tensor gradientOut,
            Storage moments,
            int sums) {}

    LayerNormStage(Layer.LayerNorm layer, Affine affine, Places places) {
        this.epsilon = (float) layer.epsilon();
        this.affine = affine;
        this.places = places;
    }

    @Override
    void forward(Workspace workspace, int from, int to) {
        float[] arena = workspace.arena();
        Tensor in = places.in();
        for (int block = from; block < to; block++) {
            RowNorm.moments(
                    arena,
                    in.slot(block),
                    affine.scales(),
                    epsilon,
                    arena,
                    places.moments().slot(block));
            int width = in.shape().width();
            int rows = in.shape().channels() * in.shape().height();
            for (int row = 0; row < rows; row++) {
                forward(workspace, block, row, width);
            }
        }
    }

    private void forward(Workspace workspace, int block, int row, int width) {
        Tensor in = places.in();
        Tensor out = places.out();
        int height = in.shape().height();
        RowNorm.forward(
                workspace.arena(),
                in.slot(block) + row * width * BLOCK,
                workspace.arena(),
                places.moments().slot(block),
                workspace.weights(),
                affine.first() + row * width,
                affine.shift() + row * width,
                workspace.arena(),
                out.slot(block) + out.at(row / height, row % height, 0),
                width);
    }

    @Override
    void start(Workspace workspace) {
        int count = 2 * affine.padded() * SUMS;
        Arrays.fill(workspace.sums(), places.sums(), places.sums() + count, 0f);
    }

    @Override
    void backward(Workspace workspace, int from, int to) {
        for (int block = from; block < to; block++) {
            int gradientOut = places.gradientOut().slot(block);
            Tensor gradientIn = places.gradientIn();
            RowNorm.backward(
                    workspace.arena(),
                    places.in().slot(block),
                    workspace.arena(),
                    places.moments().slot(block),
                    workspace.weights(),
                    affine.first(),
                    workspace.arena(),
                    gradientOut,
                    workspace.arena(),
                    gradientIn == null ? gradientOut : gradientIn.slot(block),
                    affine.scales(),
                    workspace.sums(),
                    places.sums(),
                    places.sums() + affine.padded() * SUMS);
        }
    }

    @Override
    void finish(Workspace workspace, int blocks) {
        LaneTree.vector(
                workspace.sums(),
                places.sums(),
                2 * affine.padded(),
                workspace.gradients(),
                affine.first());
        affine.clearFilling(workspace.gradients());
    }
}
