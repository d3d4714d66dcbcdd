package dev.mettle.core.instance;

import dev.mettle.core.data.Dataset;
import dev.mettle.core.data.Scale;
import dev.mettle.core.data.Series;
import dev.mettle.core.data.Task;
import dev.mettle.core.statistics.Losses;
import dev.mettle.core.study.HeldOutLoss;
import dev.mettle.core.study.TaskKind;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Held-out rows of a regression. The loss of one target is in the target's own unit (squared for
 * the mean squared error), after its transform. The loss of several targets is the mean of each
 * one's loss divided by that of the best constant prediction on the same rows: it has no unit, and
 * 1 is what a constant model reaches.
 */
final class RegressionHeldOut implements HeldOut {
    private static final double CENTRAL_LOW = 0.16;
    private static final double CENTRAL_HIGH = 0.84;

    private final List<String> names;
    private final List<Scale.Transform> transforms;
    private final HeldOutLoss loss;
    private final RowBlocks blocks;

    /** [target][row], after the transform. */
    private final double[][] targets;

    /** What each target's loss is divided by. */
    private final double[] units;

    RegressionHeldOut(
            Dataset data,
            Task.Regression task,
            int[] rows,
            List<Scale.Transform> transforms,
            HeldOutLoss loss) {
        if (loss.kind() != TaskKind.REGRESSION || transforms.size() != task.targets().size()) {
            throw new IllegalArgumentException(
                    "loss %s and %d transforms are not for %s."
                            .formatted(loss.label(), transforms.size(), task));
        }
        this.names = task.targets();
        this.transforms = List.copyOf(transforms);
        this.loss = loss;
        this.blocks = RowBlocks.of(data, rows);
        this.targets = new double[names.size()][rows.length];
        this.units = new double[names.size()];
        for (int t = 0; t < units.length; t++) {
            for (int i = 0; i < rows.length; i++) {
                targets[t][i] = transforms.get(t).apply(data.target(rows[i], t), 1);
            }
            units[t] = units.length == 1 ? 1 : constantLoss(t);
        }
    }

    private double constantLoss(int target) {
        double best = bestConstant(targets[target]);
        double unit =
                blocks.mean(row -> loss(best - targets[target][row]), new double[blocks.count()]);
        if (!(unit > 0)) {
            throw new IllegalArgumentException(
                    ("target '%s' has the same value in all %d held-out rows, so its loss can't be"
                                    + " compared with that of other targets.")
                            .formatted(names.get(target), rows()));
        }
        return unit;
    }

    /** Returns the constant prediction whose loss is least. */
    private double bestConstant(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return switch (loss) {
            case HeldOutLoss.Mae _ -> sorted[(sorted.length - 1) / 2];
            case HeldOutLoss.Quantile(double q) ->
                    sorted[Math.max(0, (int) Math.ceil(q * sorted.length) - 1)];
            case HeldOutLoss.Mse _, HeldOutLoss.CrossEntropy _, HeldOutLoss.ErrorRate _ ->
                    blocks.mean(row -> values[row], new double[blocks.count()]);
        };
    }

    /** Returns the loss of one number, from prediction - target. */
    private double loss(double difference) {
        return switch (loss) {
            case HeldOutLoss.Mae _ -> Math.abs(difference);
            case HeldOutLoss.Quantile(double q) ->
                    difference <= 0 ? -q * difference : (1 - q) * difference;
            case HeldOutLoss.Mse _, HeldOutLoss.CrossEntropy _, HeldOutLoss.ErrorRate _ ->
                    difference * difference;
        };
    }

    @Override
    public int rows() {
        return blocks.rows();
    }

    @Override
    public Evaluation evaluate(double[] predictions) {
        int count = names.size();
        double[] own = new double[count];
        double[] byBlock = new double[blocks.count()];
        double total = 0;
        for (int t = 0; t < count; t++) {
            int target = t;
            double[] blocksOfTarget = new double[byBlock.length];
            own[t] = blocks.mean(row -> loss(difference(predictions, row, target)), blocksOfTarget);
            double share = units[t] * count;
            total += own[t] / share;
            for (int b = 0; b < byBlock.length; b++) {
                byBlock[b] += blocksOfTarget[b] / share;
            }
        }
        SequencedMap<String, Double> metrics = new LinkedHashMap<>();
        if (Double.isFinite(total)) {
            for (int t = 0; t < count; t++) {
                addMetrics(predictions, t, own[t], metrics);
            }
        }
        return new Evaluation(total, Series.of(byBlock), metrics);
    }

    private double difference(double[] predictions, int row, int target) {
        return predictions[row * names.size() + target] - targets[target][row];
    }

    /**
     * Adds the metrics of one target. The deviation is prediction - target, or prediction / target
     * - 1 when the transform is the logarithm; {@link #R2} is of the numbers after the transform.
     */
    private void addMetrics(
            double[] predictions, int target, double own, SequencedMap<String, Double> metrics) {
        double[] deviations = new double[rows()];
        double sum = 0;
        double sizes = 0;
        double squares = 0;
        double residual = 0;
        for (int i = 0; i < deviations.length; i++) {
            double difference = difference(predictions, i, target);
            double deviation =
                    transforms.get(target) == Scale.Transform.LOG
                            ? StrictMath.expm1(difference)
                            : difference;
            deviations[i] = deviation;
            sum += deviation;
            sizes += Math.abs(deviation);
            squares += deviation * deviation;
            residual += difference * difference;
        }
        Losses sorted = Losses.of(deviations);
        String suffix = names.size() == 1 ? "" : "." + names.get(target);
        if (names.size() > 1) {
            metrics.put(LOSS + suffix, own);
        }
        metrics.put(RMSE + suffix, Math.sqrt(squares / deviations.length));
        metrics.put(MAE + suffix, sizes / deviations.length);
        double variation = variation(targets[target]);
        if (variation > 0) {
            metrics.put(R2 + suffix, 1 - residual / variation);
        }
        metrics.put(
                SIGMA_EFF + suffix,
                (sorted.quantile(CENTRAL_HIGH) - sorted.quantile(CENTRAL_LOW)) / 2);
        metrics.put(BIAS + suffix, sum / deviations.length);
    }

    /** Returns Σ (t - mean)². */
    private static double variation(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        double mean = sum / values.length;
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return squares;
    }
}
