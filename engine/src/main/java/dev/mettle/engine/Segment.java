package dev.mettle.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * Stages that a mini-batch goes through before any row begins the next segment. Those before the
 * first dense layer (the head) run block by block, so that a block's values stay in the cache; the
 * others (the tail) run for {@value Layout#GROUP} blocks at once.
 *
 * @param head stages of the head
 * @param tail stages of the tail
 * @param headBack those of the head that have gradients to compute
 * @param tailBack those of the tail
 */
record Segment(List<Stage> head, List<Stage> tail, List<Stage> headBack, List<Stage> tailBack) {
    Segment {
        head = List.copyOf(head);
        tail = List.copyOf(tail);
        headBack = List.copyOf(headBack);
        tailBack = List.copyOf(tailBack);
    }

    /** Collects stages in their order. */
    static final class Maker {
        private final List<Stage> head = new ArrayList<>();
        private final List<Stage> tail = new ArrayList<>();
        private final List<Stage> headBack = new ArrayList<>();
        private final List<Stage> tailBack = new ArrayList<>();

        void add(Stage stage, boolean inTail, boolean hasGradients) {
            (inTail ? tail : head).add(stage);
            if (hasGradients) {
                (inTail ? tailBack : headBack).add(stage);
            }
        }

        Segment make() {
            return new Segment(head, tail, headBack, tailBack);
        }
    }

    /** Prepares a mini-batch. */
    void start(Workspace workspace) {
        for (int i = 0; i < head.size(); i++) {
            head.get(i).start(workspace);
        }
        for (int i = 0; i < tail.size(); i++) {
            tail.get(i).start(workspace);
        }
    }

    /** Prepares rows that are not trained on. */
    void startEvaluation(Workspace workspace) {
        head.forEach(stage -> stage.startEvaluation(workspace));
        tail.forEach(stage -> stage.startEvaluation(workspace));
    }

    /** Computes the values of a group of blocks. */
    void forward(Workspace workspace, int from, int to) {
        for (int block = from; block < to; block++) {
            for (int i = 0; i < head.size(); i++) {
                head.get(i).forward(workspace, block, block + 1);
            }
        }
        for (int i = 0; i < tail.size(); i++) {
            tail.get(i).forward(workspace, from, to);
        }
    }

    /** Completes what the next segment needs to know of the whole mini-batch. */
    void complete(Workspace workspace, int blocks) {
        for (int i = 0; i < head.size(); i++) {
            head.get(i).complete(workspace, blocks);
        }
        for (int i = 0; i < tail.size(); i++) {
            tail.get(i).complete(workspace, blocks);
        }
    }

    /** Computes the gradients of a group of blocks. */
    void backward(Workspace workspace, int from, int to) {
        for (int i = tailBack.size() - 1; i >= 0; i--) {
            tailBack.get(i).backward(workspace, from, to);
        }
        for (int block = from; block < to; block++) {
            for (int i = headBack.size() - 1; i >= 0; i--) {
                headBack.get(i).backward(workspace, block, block + 1);
            }
        }
    }

    /** Completes the gradients by weight. */
    void finish(Workspace workspace, int blocks) {
        for (int i = 0; i < head.size(); i++) {
            head.get(i).finish(workspace, blocks);
        }
        for (int i = 0; i < tail.size(); i++) {
            tail.get(i).finish(workspace, blocks);
        }
    }
}
