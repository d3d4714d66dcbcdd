package dev.mettle.engine;

import static dev.mettle.engine.kernel.Lanes.BLOCK;

import dev.mettle.engine.kernel.Sum;

/** The end of a residual block, a sum; both branches read the gradient by it where it lies. */
final class JoinStage extends Stage {
    private final Tensor body;
    private final Tensor shortcut;
    private final Tensor out;

    /** Takes the output's place, which may be the body's. */
    JoinStage(Tensor body, Tensor shortcut, Tensor out) {
        this.body = body;
        this.shortcut = shortcut;
        this.out = out;
    }

    @Override
    void forward(Workspace workspace, int from, int to) {
        float[] arena = workspace.arena();
        int width = out.shape().width() * BLOCK;
        for (int block = from; block < to; block++) {
            for (int c = 0; c < out.shape().channels(); c++) {
                for (int y = 0; y < out.shape().height(); y++) {
                    Sum.vector(
                            arena,
                            body.slot(block) + body.at(c, y, 0),
                            arena,
                            shortcut.slot(block) + shortcut.at(c, y, 0),
                            arena,
                            out.slot(block) + out.at(c, y, 0),
                            width);
                }
            }
        }
    }

    @Override
    void backward(Workspace workspace, int from, int to) {
        // The gradient by either branch is the gradient by the sum.
    }
}
