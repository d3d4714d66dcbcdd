package dev.mettle.core.instance;

import dev.mettle.core.data.Dataset;
import dev.mettle.core.data.Series;
import dev.mettle.core.study.HeldOutLoss;
import dev.mettle.core.study.TaskKind;

import java.util.LinkedHashMap;
import java.util.OptionalDouble;
import java.util.SequencedMap;

/**
 * Held-out rows of a classification. Probabilities are the softmax of the logits; of two equally
 * probable classes the first is the predicted one. A logit that is not finite makes the loss NaN.
 */
final class ClassificationHeldOut implements HeldOut {
    private final int classes;
    private final HeldOutLoss loss;
    private final RowBlocks blocks;
    private final int[] labels;

    ClassificationHeldOut(Dataset data, int classes, int[] rows, HeldOutLoss loss) {
        if (loss.kind() != TaskKind.CLASSIFICATION) {
            throw new IllegalArgumentException(
                    "loss %s is not for a classification.".formatted(loss.label()));
        }
        this.classes = classes;
        this.loss = loss;
        this.blocks = RowBlocks.of(data, rows);
        this.labels = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            labels[i] = (int) data.target(rows[i], 0);
        }
    }

    @Override
    public int rows() {
        return labels.length;
    }

    @Override
    public Evaluation evaluate(double[] predictions) {
        double[] logits = predictions.length == rows() ? withClassZero(predictions) : predictions;
        double[] logProbabilities = logProbabilities(logits);
        double[] entropyByBlock = new double[blocks.count()];
        double[] errorByBlock = new double[blocks.count()];
        double entropy =
                blocks.mean(row -> -logProbabilities[row * classes + labels[row]], entropyByBlock);
        // a NaN logit would otherwise make a class, and an error rate that looks fine
        double errors =
                blocks.mean(
                        row ->
                                Double.isNaN(logProbabilities[row * classes])
                                        ? Double.NaN
                                        : predicted(logits, row) == labels[row] ? 0 : 1,
                        errorByBlock);
        boolean byEntropy = loss instanceof HeldOutLoss.CrossEntropy;
        SequencedMap<String, Double> metrics = new LinkedHashMap<>();
        if (Double.isFinite(entropy)) {
            metrics.put(CROSS_ENTROPY, entropy);
            metrics.put(ERROR_RATE, errors);
            metrics.put(ACCURACY, Math.rint((1 - errors) * rows()) / rows());
            area(logProbabilities).ifPresent(area -> metrics.put(AUC, area));
        }
        return new Evaluation(
                byEntropy ? entropy : errors,
                Series.of(byEntropy ? entropyByBlock : errorByBlock),
                metrics);
    }

    /** One logit z of class 1 stands for the logits 0 and z. */
    private static double[] withClassZero(double[] logits) {
        double[] both = new double[2 * logits.length];
        for (int i = 0; i < logits.length; i++) {
            both[2 * i + 1] = logits[i];
        }
        return both;
    }

    /**
     * Returns ln of the softmax, [row][class], shifted by the largest logit so that nothing
     * overflows; NaN in all of a row when one logit is not finite.
     */
    private double[] logProbabilities(double[] logits) {
        double[] logProbabilities = new double[logits.length];
        for (int row = 0; row < labels.length; row++) {
            int at = row * classes;
            double largest = logits[at];
            double finite = 0;
            for (int k = 0; k < classes; k++) {
                largest = Math.max(largest, logits[at + k]);
                finite += logits[at + k] - logits[at + k];
            }
            double sum = 0;
            for (int k = 0; k < classes; k++) {
                sum += StrictMath.exp(logits[at + k] - largest);
            }
            double shift = StrictMath.log(sum) + finite;
            for (int k = 0; k < classes; k++) {
                logProbabilities[at + k] = logits[at + k] - largest - shift;
            }
        }
        return logProbabilities;
    }

    private int predicted(double[] logits, int row) {
        int best = 0;
        for (int k = 1; k < classes; k++) {
            best = logits[row * classes + k] > logits[row * classes + best] ? k : best;
        }
        return best;
    }

    /**
     * Returns the area of class 1, or of more than two classes the unweighted mean of each one
     * against the rest; empty when the rows lack a class.
     */
    private OptionalDouble area(double[] logProbabilities) {
        double sum = 0;
        int first = classes == 2 ? 1 : 0;
        for (int k = first; k < classes; k++) {
            OptionalDouble area = RocArea.of(logProbabilities, classes, k, labels);
            if (area.isEmpty()) {
                return area;
            }
            sum += area.getAsDouble();
        }
        return OptionalDouble.of(sum / (classes - first));
    }
}
