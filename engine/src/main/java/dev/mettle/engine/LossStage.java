package dev.mettle.engine;

import static dev.mettle.engine.kernel.Lanes.BLOCK;

import dev.mettle.core.study.Loss;
import dev.mettle.engine.kernel.AbsoluteLoss;
import dev.mettle.engine.kernel.BinaryCrossEntropyLoss;
import dev.mettle.engine.kernel.CrossEntropyLoss;
import dev.mettle.engine.kernel.HuberLoss;
import dev.mettle.engine.kernel.LogCoshLoss;
import dev.mettle.engine.kernel.QuantileLoss;
import dev.mettle.engine.kernel.SquaredLoss;

/**
 * The loss of a block's rows and its gradient by the network's outputs (docs/math/losses.md): the
 * mean over all rows of a mini-batch, and over the outputs of a regression.
 */
final class LossStage {
    /** Computes one block; the places are those of {@link SquaredLoss#block}. */
    @FunctionalInterface
    private interface Kernel {
        void run(float[] arena, int output, int target, int gradient, int value, float slope);
    }

    private final Tensor output;
    private final Tensor gradient;
    private final Storage target;
    private final Storage value;
    private final int outputs;
    private final int terms;
    private final int[] targetPosition;
    private final boolean squared;
    private final Kernel kernel;

    LossStage(Loss loss, NetworkPlan plan) {
        this.output = plan.output();
        this.gradient = plan.outputGradient();
        this.target = plan.lossTargets();
        this.value = plan.lossValues();
        this.outputs = output.shape().size();
        this.terms = loss instanceof Loss.CrossEntropy ? 1 : outputs;
        this.targetPosition = new int[terms];
        for (int t = 0; t < terms; t++) {
            targetPosition[t] = t * BLOCK;
        }
        this.squared = loss instanceof Loss.Mse;
        this.kernel = kernel(loss, outputs);
    }

    private static Kernel kernel(Loss loss, int outputs) {
        int length = outputs * BLOCK;
        return switch (loss) {
            case Loss.Mse _ -> (a, o, t, g, v, s) -> SquaredLoss.block(a, o, t, g, v, length, s);
            case Loss.Mae _ -> (a, o, t, g, v, s) -> AbsoluteLoss.block(a, o, t, g, v, length, s);
            case Loss.Huber(double delta) -> {
                float limit = (float) delta;
                yield (a, o, t, g, v, s) -> HuberLoss.block(a, o, t, g, v, length, s, limit);
            }
            case Loss.LogCosh _ ->
                    (a, o, t, g, v, s) -> LogCoshLoss.block(a, o, t, g, v, length, s);
            case Loss.Quantile(double q) -> {
                float share = (float) q;
                yield (a, o, t, g, v, s) -> QuantileLoss.block(a, o, t, g, v, length, s, share);
            }
            case Loss.CrossEntropy(double smoothing) -> {
                float share = (float) smoothing;
                yield (a, o, t, g, v, s) ->
                        CrossEntropyLoss.vector(a, o, t, g, v, outputs, s, share);
            }
            case Loss.Bce _ ->
                    (a, o, t, g, v, s) -> BinaryCrossEntropyLoss.block(a, o, t, g, v, length, s);
        };
    }

    /** Returns how many losses each row adds: one per output of a regression, else one. */
    int terms() {
        return terms;
    }

    /**
     * Adds a block's losses to {@code sum}, row by row and within a row output by output, and
     * writes their gradient; lanes without a row get 0.
     *
     * @param rows rows of the mini-batch
     */
    double add(Workspace workspace, int block, int rows, double sum) {
        float[] arena = workspace.arena();
        int values = value.slot(0);
        int live = workspace.live(block);
        workspace.gatherTargets(block, target.slot(0), targetPosition);
        float slope = (squared ? 2f : 1f) / (rows * terms);
        int slopes = gradient.slot(block);
        kernel.run(arena, output.slot(block), target.slot(0), slopes, values, slope);
        for (int o = 0; o < outputs; o++) {
            for (int lane = live; lane < BLOCK; lane++) {
                arena[slopes + o * BLOCK + lane] = 0;
            }
        }
        return squared ? addSquares(arena, values, live, sum) : addValues(arena, values, live, sum);
    }

    private double addSquares(float[] arena, int values, int live, double sum) {
        double total = sum;
        for (int lane = 0; lane < live; lane++) {
            for (int t = 0; t < terms; t++) {
                float difference = arena[values + t * BLOCK + lane];
                total += (double) difference * difference;
            }
        }
        return total;
    }

    private double addValues(float[] arena, int values, int live, double sum) {
        double total = sum;
        for (int lane = 0; lane < live; lane++) {
            for (int t = 0; t < terms; t++) {
                total += arena[values + t * BLOCK + lane];
            }
        }
        return total;
    }
}
