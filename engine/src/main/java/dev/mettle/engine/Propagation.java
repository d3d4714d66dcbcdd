package dev.mettle.engine;

import static dev.mettle.engine.kernel.Lanes.BLOCK;

import dev.mettle.core.data.Scale;
import dev.mettle.core.study.Loss;

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
    private final LossStage loss;

    Propagation(NetworkPlan plan, Workspace workspace, Loss loss) {
        this.plan = plan;
        this.workspace = workspace;
        this.head = plan.head();
        this.tail = plan.tail();
        this.inputPosition = plan.input().positions();
        this.loss = new LossStage(loss, plan);
    }

    /**
     * Computes the gradients of a mini-batch's loss.
     *
     * @param order row numbers of {@code rows}
     * @param first position in {@code order} of the first row
     * @param last position behind the last row
     * @return the sum of the losses, {@link #terms} of each row, in the order of the rows
     */
    double gradients(ScaledRows rows, int[] order, int first, int last) {
        workspace.select(rows, order, first, last);
        start(head);
        start(tail);
        int blocks = workspace.blocks();
        double sum = 0;
        for (int from = 0; from < blocks; from += GROUP) {
            int to = Math.min(from + GROUP, blocks);
            forward(from, to);
            for (int block = from; block < to; block++) {
                sum = loss.add(workspace, block, last - first, sum);
            }
            backward(from, to);
        }
        finish(head, blocks);
        finish(tail, blocks);
        return sum;
    }

    /**
     * Returns the sum of the losses of these rows, {@link #terms} of each, in their order;
     * gradients by weight stay what they are.
     */
    double losses(ScaledRows rows, int[] order) {
        double sum = 0;
        for (int first = 0; first < order.length; first += GROUP * BLOCK) {
            int last = Math.min(first + GROUP * BLOCK, order.length);
            workspace.select(rows, order, first, last);
            int blocks = workspace.blocks();
            forward(0, blocks);
            for (int block = 0; block < blocks; block++) {
                sum = loss.add(workspace, block, last - first, sum);
            }
        }
        return sum;
    }

    /** Returns how many losses each row adds to a sum. */
    int terms() {
        return loss.terms();
    }

    /**
     * Writes the network's outputs for all rows, [row][output], back on the scale of the targets'
     * transforms.
     *
     * @param targets one scale for all outputs, or one for each
     */
    void predict(ScaledRows rows, int[] order, List<Scale> targets, double[] predictions) {
        int outputs = plan.output().shape().size();
        for (int first = 0; first < rows.count(); first += GROUP * BLOCK) {
            int last = Math.min(first + GROUP * BLOCK, rows.count());
            workspace.select(rows, order, first, last);
            forward(0, workspace.blocks());
            for (int i = first; i < last; i++) {
                int at = plan.output().slot((i - first) / BLOCK) + (i - first) % BLOCK;
                for (int o = 0; o < outputs; o++) {
                    Scale scale = targets.get(targets.size() == 1 ? 0 : o);
                    predictions[i * outputs + o] = scale.undo(workspace.arena()[at + o * BLOCK]);
                }
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
