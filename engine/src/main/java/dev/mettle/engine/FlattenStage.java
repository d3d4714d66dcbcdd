package dev.mettle.engine;

import static dev.mettle.engine.kernel.Lanes.BLOCK;

/**
 * Flattening: nothing to do, as the order in memory is the same, unless the next layer wants a
 * frame around its input.
 */
final class FlattenStage extends Stage {
    private final Tensor in;
    private final Tensor out;
    private final int[] outPosition;

    FlattenStage(Tensor in, Tensor out) {
        this.in = in;
        this.out = out;
        this.outPosition = out.isPlain() ? new int[0] : out.positions();
    }

    @Override
    void forward(Workspace workspace, int from, int to) {
        float[] arena = workspace.arena();
        for (int block = from; block < to; block++) {
            for (int n = 0; n < outPosition.length; n++) {
                System.arraycopy(
                        arena,
                        in.slot(block) + n * BLOCK,
                        arena,
                        out.slot(block) + outPosition[n],
                        BLOCK);
            }
        }
    }

    @Override
    void backward(Workspace workspace, int from, int to) {
        // Gradients have no frame: the gradient by input is a view of the gradient by output.
    }
}
