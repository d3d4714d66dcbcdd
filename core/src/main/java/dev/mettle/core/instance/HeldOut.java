package dev.mettle.core.instance;

import dev.mettle.core.data.Dataset;
import dev.mettle.core.data.Scale;
import dev.mettle.core.data.Task;
import dev.mettle.core.study.HeldOutLoss;

import java.util.List;

/**
 * Held-out rows, ready to judge predictions (docs/math/metrics.md). Immutable; safe for several
 * threads. All sums are doubles and run in the order of the rows, and logarithms are {@link
 * StrictMath}'s, so the bits are the same everywhere.
 *
 * <p>Metrics, in this order, each only where it is defined. Of every target of a regression:
 * {@value #RMSE}, {@value #MAE}, {@value #R2}, {@value #SIGMA_EFF}, {@value #BIAS}; with several
 * targets each name ends in a dot and the target's name, and {@value #LOSS} comes first. Of a
 * classification: {@value #CROSS_ENTROPY}, {@value #ERROR_RATE}, {@value #ACCURACY}, {@value #AUC}.
 */
public sealed interface HeldOut permits RegressionHeldOut, ClassificationHeldOut {
    /** Name of a target's own loss, in its own unit; only with several targets. */
    String LOSS = "loss";

    /** Name of the root mean squared deviation. */
    String RMSE = "rmse";

    /** Name of the mean absolute deviation. */
    String MAE = "mae";

    /** Name of the share of the variance that is explained. */
    String R2 = "r2";

    /** Name of half the width of the central 68 % of the deviations. */
    String SIGMA_EFF = "sigma_eff";

    /** Name of the mean deviation. */
    String BIAS = "bias";

    /** Name of the mean of -ln of the probability given to the true class. */
    String CROSS_ENTROPY = "cross_entropy";

    /** Name of the share of rows whose most probable class is not the true one. */
    String ERROR_RATE = "error_rate";

    /** Name of the share of rows whose most probable class is the true one. */
    String ACCURACY = "accuracy";

    /** Name of the area under the receiver operating characteristic. */
    String AUC = "auc";

    /**
     * Takes the targets of the rows named.
     *
     * @param rows at least one
     * @param transforms of each target of a regression; not looked at for a classification
     * @param loss what is measured
     * @throws IllegalArgumentException when the loss is not for the task of the data, or one of
     *     several targets has the same value in all rows
     */
    static HeldOut of(
            Dataset data, int[] rows, List<Scale.Transform> transforms, HeldOutLoss loss) {
        return switch (data.task()) {
            case Task.Regression regression ->
                    new RegressionHeldOut(data, regression, rows, transforms, loss);
            case Task.Classification(_, var classes) ->
                    new ClassificationHeldOut(data, classes.size(), rows, loss);
        };
    }

    /** Returns the number of rows. */
    int rows();

    /**
     * Judges predictions.
     *
     * @param predictions row after row, not kept. Of a regression: one number per target, after the
     *     transform ({@link Scale#undo}). Of a classification: one logit per class, or for two
     *     classes the logit of class 1 alone
     * @return a loss that is NaN or infinite where predictions are; then without metrics
     */
    Evaluation evaluate(double[] predictions);
}
