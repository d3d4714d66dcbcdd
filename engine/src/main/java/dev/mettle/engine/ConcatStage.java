package dev.mettle.engine;

import java.util.Arrays;

/**
 * Appends the rows' features. What stands before them is a view of the same memory, so only
 * features are written.
 */
final class ConcatStage extends Stage {
    private final Tensor out;
    private final int[] position;

    /** Takes the number of values before the features. */
    ConcatStage(Tensor out, int before) {
        this.out = out;
        int[] all = out.positions();
        this.position = Arrays.copyOfRange(all, before, all.length);
    }

    @Override
    void forward(Workspace workspace, int from, int to) {
        for (int block = from; block < to; block++) {
            workspace.gatherFeatures(block, out.slot(block), position);
        }
    }

    @Override
    void backward(Workspace workspace, int from, int to) {
        // The gradient by what stands before the features is a view of the gradient by output.
    }
}
