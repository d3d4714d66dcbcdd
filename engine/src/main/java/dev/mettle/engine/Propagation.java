package dev.mettle.engine;

import static dev.mettle.engine.kernel.Lanes.BLOCK;

import dev.mettle.core.data.Scale;

import java.util.List;

/**
 * Sends rows through a network: mini-batches forward and backward, held-out rows forward. Allocates
 * nothing.
 */
final class Propagation {
    private static final int GROUP = NetworkPlan.GROUP;

    private final NetworkPlan plan;
    private final Workspace workspace;
    private final List<Stage> head;
    private final List<Stage> tail;
    private final int[] inputPosition;

    Propagation(NetworkPlan plan, Workspace workspace) {
        this.plan = plan;
        this.workspace = workspace;
        this.head = plan.head();
        this.tail = plan.tail();
        this.inputPosition = plan.input().positions();
    }

    /**
     * Computes the gradients of a mini-batch's mean squared error.
     *
     * @param order row numbers of {@code rows}
     * @param first position in {@code order} of the first row
     * @param last position behind the last row
     * @return the sum of squared differences, in the order of the rows
     */
    double gradients(ScaledRows rows, int[] order, int first, int last) {
        workspace.select(rows, order, first, last);
        start(head);
        start(tail);
        int blocks = workspace.blocks();
        float slope = 2f / (last - first);
        double sum = 0;
        for (int from = 0; from < blocks; from += GROUP) {
            int to = Math.min(from + GROUP, blocks);
            forward(from, to);
            for (int block = from; block < to; block++) {
                sum = loss(block, slope, sum);
            }
            backward(from, to);
        }
        finish(head, blocks);
        finish(tail, blocks);
        return sum;
    }

    /**
     * Writes the network's predictions for all rows, back on the scale of the target's transform.
     */
    void predict(ScaledRows rows, int[] order, Scale target, double[] predictions) {
        for (int first = 0; first < rows.count(); first += GROUP * BLOCK) {
            int last = Math.min(first + GROUP * BLOCK, rows.count());
            workspace.select(rows, order, first, last);
            forward(0, workspace.blocks());
            for (int i = first; i < last; i++) {
                int at = plan.output().slot((i - first) / BLOCK) + (i - first) % BLOCK;
                predictions[i] = target.undo(workspace.arena()[at]);
            }
        }
    }

    private void forward(int from, int to) {
        for (int block = from; block < to; block++) {
            workspace.gatherInputs(block, plan.input().slot(block), inputPosition);
            for (int i = 0; i < head.size(); i++) {
                head.get(i).forward(workspace, block, block + 1);
            }
        }
        for (int i = 0; i < tail.size(); i++) {
            tail.get(i).forward(workspace, from, to);
        }
    }

    private void backward(int from, int to) {
        for (int i = tail.size() - 1; i >= 0; i--) {
            tail.get(i).backward(workspace, from, to);
        }
        for (int block = from; block < to; block++) {
            for (int i = head.size() - 1; i >= plan.firstWeighted(); i--) {
                head.get(i).backward(workspace, block, block + 1);
            }
        }
    }

    /**
     * Adds a block's squared differences to {@code sum} and writes their gradient; lanes without a
     * row get 0.
     */
    private double loss(int block, float slope, double sum) {
        float[] arena = workspace.arena();
        int prediction = plan.output().slot(block);
        int gradient = plan.outputGradient().slot(block);
        int live = workspace.live(block);
        double total = sum;
        for (int lane = 0; lane < BLOCK; lane++) {
            if (lane < live) {
                float difference = arena[prediction + lane] - workspace.target(block, lane);
                arena[gradient + lane] = difference * slope;
                total += (double) difference * difference;
            } else {
                arena[gradient + lane] = 0;
            }
        }
        return total;
    }

    private void start(List<Stage> stages) {
        for (int i = 0; i < stages.size(); i++) {
            stages.get(i).start(workspace);
        }
    }

    private void finish(List<Stage> stages, int blocks) {
        for (int i = 0; i < stages.size(); i++) {
            stages.get(i).finish(workspace, blocks);
        }
    }
}
