package dev.mettle.engine;

import static dev.mettle.engine.kernel.Lanes.BLOCK;

import dev.mettle.engine.kernel.Softmax;

import org.jspecify.annotations.Nullable;

/** Softmax over the channels, in place. */
final class SoftmaxStage extends Stage {
    private final Tensor in;
    private final Tensor out;
    private final @Nullable Tensor gradient;
    private final @Nullable Tensor gradientOut;

    /** Takes the gradients, which lie in the same place unless others read the one by output. */
    SoftmaxStage(Tensor in, Tensor out, @Nullable Tensor gradientIn, @Nullable Tensor gradientOut) {
        this.in = in;
        this.out = out;
        this.gradient = gradientIn;
        this.gradientOut = gradientOut;
    }

    /** Rows are computed one by one, as values may lie in a frame. */
    @Override
    void forward(Workspace workspace, int from, int to) {
        float[] arena = workspace.arena();
        for (int block = from; block < to; block++) {
            for (int y = 0; y < in.shape().height(); y++) {
                Softmax.forward(
                        in.shape().channels(),
                        arena,
                        in.slot(block) + in.at(0, y, 0),
                        in.plane(),
                        arena,
                        out.slot(block) + out.at(0, y, 0),
                        out.plane(),
                        in.shape().width() * BLOCK);
            }
        }
    }

    @Override
    void backward(Workspace workspace, int from, int to) {
        if (gradient == null || gradientOut == null) {
            return;
        }
        float[] arena = workspace.arena();
        for (int block = from; block < to; block++) {
            int change = gradient.slot(block);
            if (gradientOut.slot(block) != change) {
                System.arraycopy(
                        arena, gradientOut.slot(block), arena, change, in.shape().size() * BLOCK);
            }
            for (int y = 0; y < out.shape().height(); y++) {
                Softmax.backward(
                        out.shape().channels(),
                        arena,
                        out.slot(block) + out.at(0, y, 0),
                        out.plane(),
                        arena,
                        change + gradient.at(0, y, 0),
                        gradient.plane(),
                        out.shape().width() * BLOCK);
            }
        }
    }
}
