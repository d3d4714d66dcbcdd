package dev.mettle.engine;

import static dev.mettle.engine.kernel.Lanes.BLOCK;

import dev.mettle.engine.kernel.Sum;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** The beginning of a residual block; its gradient is the sum of both branches'. */
final class ForkStage extends Stage {
    private final Tensor in;
    private final List<Tensor> copies;
    private final @Nullable Tensor gradientIn;
    private final @Nullable Tensor first;
    private final @Nullable Tensor second;

    /**
     * Takes what the branches read, which may be the input itself, and the gradients by it, of
     * which the first may be the gradient by input; absent where nothing before has weights.
     */
    ForkStage(
            Tensor in,
            List<Tensor> branches,
            @Nullable Tensor gradientIn,
            @Nullable Tensor first,
            @Nullable Tensor second) {
        this.in = in;
        this.copies = branches.stream().filter(branch -> !branch.equals(in)).toList();
        this.gradientIn = gradientIn;
        this.first = first;
        this.second = second;
    }

    @Override
    void forward(Workspace workspace, int from, int to) {
        for (int i = 0; i < copies.size(); i++) {
            for (int block = from; block < to; block++) {
                copy(workspace.arena(), block, copies.get(i));
            }
        }
    }

    private void copy(float[] arena, int block, Tensor out) {
        for (int c = 0; c < in.shape().channels(); c++) {
            for (int y = 0; y < in.shape().height(); y++) {
                System.arraycopy(
                        arena,
                        in.slot(block) + in.at(c, y, 0),
                        arena,
                        out.slot(block) + out.at(c, y, 0),
                        in.shape().width() * BLOCK);
            }
        }
    }

    @Override
    void backward(Workspace workspace, int from, int to) {
        if (gradientIn == null || first == null || second == null) {
            return;
        }
        float[] arena = workspace.arena();
        for (int block = from; block < to; block++) {
            Sum.vector(
                    arena,
                    first.slot(block),
                    arena,
                    second.slot(block),
                    arena,
                    gradientIn.slot(block),
                    in.shape().size() * BLOCK);
        }
    }
}
