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
    private final List<Segment> segments;
    private final int[] inputPosition;
    private final LossStage loss;

    Propagation(NetworkPlan plan, Workspace workspace, Loss loss) {
        this.plan = plan;
        this.workspace = workspace;
        this.segments = plan.segments();
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
        workspace.beginStep();
        int blocks = workspace.blocks();
        int end = segments.size() - 1;
        for (int s = 0; s < segments.size(); s++) {
            segments.get(s).start(workspace);
        }
        for (int s = 0; s < end; s++) {
            forward(s, blocks);
        }
        double sum = 0;
        for (int from = 0; from < blocks; from += GROUP) {
            int to = Math.min(from + GROUP, blocks);
            forward(end, from, to);
            for (int block = from; block < to; block++) {
                sum = loss.add(workspace, block, last - first, sum);
            }
            segments.get(end).backward(workspace, from, to);
        }
        segments.get(end).finish(workspace, blocks);
        for (int s = end - 1; s >= 0; s--) {
            backward(s, blocks);
        }
        return sum;
    }

    /**
     * Returns the sum of the losses of these rows, {@link #terms} of each, in their order;
     * gradients by weight stay what they are.
     */
    double losses(ScaledRows rows, int[] order) {
        double sum = 0;
        startEvaluation();
        for (int first = 0; first < order.length; first += GROUP * BLOCK) {
            int last = Math.min(first + GROUP * BLOCK, order.length);
            evaluate(rows, order, first, last);
            for (int block = 0; block < workspace.blocks(); block++) {
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
        startEvaluation();
        for (int first = 0; first < rows.count(); first += GROUP * BLOCK) {
            int last = Math.min(first + GROUP * BLOCK, rows.count());
            evaluate(rows, order, first, last);
            for (int i = first; i < last; i++) {
                int at = plan.output().slot((i - first) / BLOCK) + (i - first) % BLOCK;
                for (int o = 0; o < outputs; o++) {
                    Scale scale = targets.get(targets.size() == 1 ? 0 : o);
                    predictions[i * outputs + o] = scale.undo(workspace.arena()[at + o * BLOCK]);
                }
            }
        }
    }

    private void startEvaluation() {
        workspace.beginEvaluation();
        for (int s = 0; s < segments.size(); s++) {
            segments.get(s).startEvaluation(workspace);
        }
    }

    /** Computes the outputs of at most a group of blocks. */
    private void evaluate(ScaledRows rows, int[] order, int first, int last) {
        workspace.select(rows, order, first, last);
        for (int s = 0; s < segments.size(); s++) {
            forward(s, 0, workspace.blocks());
        }
    }

    private void forward(int segment, int blocks) {
        for (int from = 0; from < blocks; from += GROUP) {
            forward(segment, from, Math.min(from + GROUP, blocks));
        }
        segments.get(segment).complete(workspace, blocks);
    }

    private void forward(int segment, int from, int to) {
        if (segment == 0) {
            for (int block = from; block < to; block++) {
                workspace.gatherInputs(block, plan.input().slot(block), inputPosition);
            }
        }
        segments.get(segment).forward(workspace, from, to);
    }

    private void backward(int segment, int blocks) {
        for (int from = 0; from < blocks; from += GROUP) {
            segments.get(segment).backward(workspace, from, Math.min(from + GROUP, blocks));
        }
        segments.get(segment).finish(workspace, blocks);
    }
}
