package dev.mettle.engine;

/**
 * One layer's work, with its places in memory fixed; holds no data, so that it may be reused.
 * Blocks are processed in ascending order, in backward too: the order of sums is part of the
 * result.
 */
abstract class Stage {
    /** Computes the layer's values of blocks {@code from} to {@code to - 1}. */
    abstract void forward(Workspace workspace, int from, int to);

    /** Computes the gradients of the same blocks; those by weight may wait for {@link #finish}. */
    abstract void backward(Workspace workspace, int from, int to);

    /** Prepares a mini-batch. */
    void start(Workspace workspace) {}

    /** Prepares rows that are not trained on. */
    void startEvaluation(Workspace workspace) {}

    /** Completes what the next segment needs to know of all rows of a mini-batch. */
    void complete(Workspace workspace, int blocks) {}

    /** Completes the gradients by weight of a mini-batch. */
    void finish(Workspace workspace, int blocks) {}
}
