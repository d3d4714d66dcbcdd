package dev.mettle.engine;

/**
 * Appends the rows' features. What stands before them is a view of the same memory, so only
 * features are written.
 */
final class ConcatStage extends Stage {
    private final Tensor out;
    private final ConstantChannels features;

    /** Takes the number of channels before the features. */
    ConcatStage(Tensor out, int before) {
        this.out = out;
        this.features = new ConstantChannels(out, before);
    }

    @Override
    void forward(Workspace workspace, int from, int to) {
        for (int block = from; block < to; block++) {
            workspace.gatherFeatures(block, out.slot(block), features.position());
            features.spread(workspace.arena(), block);
        }
    }

    @Override
    void backward(Workspace workspace, int from, int to) {
        // The gradient by what stands before the features is a view of the gradient by output.
    }
}
