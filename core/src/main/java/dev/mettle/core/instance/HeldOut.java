package dev.mettle.core.instance;

import dev.mettle.core.data.Dataset;
import dev.mettle.core.data.Scale;
import dev.mettle.core.data.Series;
import dev.mettle.core.statistics.Losses;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * Held-out rows of a regression, ready to judge predictions. Immutable; safe for several threads.
 *
 * <p>The loss is the mean squared difference of prediction and target, both after the target's
 * transform: the target's own unit squared, or ln² units for a logarithm. Metrics: {@value #RMSE},
 * the root of the mean squared deviation; {@value #SIGMA_EFF}, half the width of the central 68 %
 * of the deviations; {@value #BIAS}, their mean. The deviation is prediction - target, or
 * prediction / target - 1 when the transform is the logarithm. All sums run in the order of the
 * rows, in double.
 */
public final class HeldOut {
    /** Name of the root mean squared deviation. */
    public static final String RMSE = "rmse";

    /** Name of half the width of the central 68 % of the deviations. */
    public static final String SIGMA_EFF = "sigma_eff";

    /** Name of the mean deviation. */
    public static final String BIAS = "bias";

    private static final double CENTRAL_LOW = 0.16;
    private static final double CENTRAL_HIGH = 0.84;

    private final double[] targets;
    private final Scale.Transform transform;

    /** Takes the targets of the rows named, and applies the transform to them. */
    public HeldOut(Dataset data, int[] rows, Scale.Transform transform) {
        this.transform = transform;
        this.targets = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            targets[i] = transform.apply(data.targets()[rows[i]], 1);
        }
    }

    /** Returns the number of rows. */
    public int rows() {
        return targets.length;
    }

    /**
     * Judges predictions.
     *
     * @param predictions one per row, after the transform ({@link Scale#undo}); not kept
     * @return a loss that is NaN or infinite where predictions are; then without metrics
     */
    public Evaluation evaluate(double[] predictions) {
        double sum = 0;
        int blocks = Math.min(Evaluation.BLOCKS, targets.length);
        double[] byBlock = new double[blocks];
        for (int block = 0; block < blocks; block++) {
            int from = start(block, blocks);
            int to = start(block + 1, blocks);
            double blockSum = 0;
            for (int i = from; i < to; i++) {
                double difference = predictions[i] - targets[i];
                blockSum += difference * difference;
            }
            byBlock[block] = blockSum / (to - from);
            sum += blockSum;
        }
        double loss = sum / targets.length;
        return new Evaluation(
                loss,
                Series.of(byBlock),
                Double.isFinite(loss) ? metrics(predictions) : new LinkedHashMap<>());
    }

    private int start(int block, int blocks) {
        return (int) ((long) block * targets.length / blocks);
    }

    private SequencedMap<String, Double> metrics(double[] predictions) {
        double[] deviations = new double[targets.length];
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < deviations.length; i++) {
            double difference = predictions[i] - targets[i];
            double deviation =
                    transform == Scale.Transform.LOG ? StrictMath.expm1(difference) : difference;
            deviations[i] = deviation;
            sum += deviation;
            squares += deviation * deviation;
        }
        Losses sorted = Losses.of(deviations);
        SequencedMap<String, Double> metrics = new LinkedHashMap<>();
        metrics.put(RMSE, Math.sqrt(squares / deviations.length));
        metrics.put(SIGMA_EFF, (sorted.quantile(CENTRAL_HIGH) - sorted.quantile(CENTRAL_LOW)) / 2);
        metrics.put(BIAS, sum / deviations.length);
        return metrics;
    }
}
