package dev.mettle.engine;

import dev.mettle.core.data.Dataset;
import dev.mettle.core.data.Sample;
import dev.mettle.core.data.Task;
import dev.mettle.core.study.Loss;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * The training loss of a model that sees no input: it predicts the mean of each scaled target, or
 * the frequencies of the classes.
 */
final class ConstantModel {
    private final Dataset data;
    private final Sample sample;
    private final int rows;

    ConstantModel(Dataset data, Sample sample) {
        this.data = data;
        this.sample = sample;
        this.rows = sample.rows().length;
    }

    /** Returns the loss on the sample, on the scale of training. */
    double loss(Loss loss) {
        return switch (data.task()) {
            case Task.Regression(var targets) -> {
                double sum = 0;
                for (int t = 0; t < targets.size(); t++) {
                    sum += meanLoss(loss, t);
                }
                yield sum / targets.size();
            }
            case Task.Classification(_, var classes) -> entropy(loss, classes.size());
        };
    }

    private double scaled(int row, int target) {
        return sample.targetScales().get(target).apply(data.target(row, target));
    }

    private double meanLoss(Loss loss, int target) {
        double sum = 0;
        for (int row : sample.rows()) {
            sum += scaled(row, target);
        }
        double mean = sum / rows;
        DoubleUnaryOperator ofDifference = ofDifference(loss);
        double losses = 0;
        for (int row : sample.rows()) {
            losses += ofDifference.applyAsDouble(mean - scaled(row, target));
        }
        return losses / rows;
    }

    private static DoubleUnaryOperator ofDifference(Loss loss) {
        return switch (loss) {
            case Loss.Huber(double delta) ->
                    d -> Math.abs(d) <= delta ? d * d / 2 : delta * (Math.abs(d) - delta / 2);
            case Loss.LogCosh _ ->
                    d -> Math.abs(d) + StrictMath.log1p(StrictMath.expm1(-2 * Math.abs(d)) / 2);
            case Loss.Quantile(double q) -> d -> d > 0 ? (1 - q) * d : -q * d;
            case Loss.Mse _ -> d -> d * d;
            case Loss.Mae _ -> Math::abs;
            case Loss.CrossEntropy _, Loss.Bce _ ->
                    throw new IllegalArgumentException("classes have no differences");
        };
    }

    /**
     * Returns the entropy of the frequencies, each class counted once more than it occurs: a sample
     * may hold a single class, and an entropy of 0 would call every training diverged.
     */
    private double entropy(Loss loss, int classes) {
        double[] counts = new double[classes];
        Arrays.fill(counts, 1);
        for (int row : sample.rows()) {
            counts[(int) data.target(row, 0)]++;
        }
        double smoothing = loss instanceof Loss.CrossEntropy(double share) ? share : 0;
        double entropy = 0;
        for (double count : counts) {
            double frequency = (1 - smoothing) * count / (rows + classes) + smoothing / classes;
            entropy -= frequency * StrictMath.log(frequency);
        }
        return entropy;
    }
}
