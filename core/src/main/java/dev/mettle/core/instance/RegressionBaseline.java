package dev.mettle.core.instance;

import dev.mettle.core.data.Dataset;
import dev.mettle.core.data.Sample;
import dev.mettle.core.data.Scale;
import dev.mettle.core.study.HeldOutLoss;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/**
 * The baseline of a regression: a model of its own for each target, fitted by least squares of the
 * target after its transform, judged together by the loss of the study, as networks are.
 */
public final class RegressionBaseline implements Baseline {
    private final Dataset data;
    private final List<Scale.Transform> transforms;
    private final HeldOutLoss loss;
    private final List<TargetModel> models;

    /**
     * Takes one model per target.
     *
     * @param transforms one per target
     * @param loss what is measured on held-out rows
     * @param models one per target, in the order of the targets
     * @throws IllegalArgumentException when the numbers of targets, transforms and models differ
     */
    public RegressionBaseline(
            Dataset data,
            List<Scale.Transform> transforms,
            HeldOutLoss loss,
            List<TargetModel> models) {
        int targets = data.task().targetCount();
        if (transforms.size() != targets || models.size() != targets) {
            throw new IllegalArgumentException(
                    "%d models and %d transforms are not for %d targets."
                            .formatted(models.size(), transforms.size(), targets));
        }
        this.data = data;
        this.transforms = List.copyOf(transforms);
        this.loss = loss;
        this.models = List.copyOf(models);
    }

    /** Returns the names of the models, each once, in the order of the targets. */
    @Override
    public String name() {
        return models.stream().map(TargetModel::name).distinct().collect(Collectors.joining(", "));
    }

    /**
     * The constants are those of all targets; of several, each name ends in a dot and the target.
     */
    @Override
    public Fit fit(Sample sample, int[] heldOut) {
        double[] predictions = new double[heldOut.length * models.size()];
        SequencedMap<String, Double> constants = new LinkedHashMap<>();
        for (int t = 0; t < models.size(); t++) {
            TargetModel.Fitted fitted = models.get(t).fit(sample);
            for (int i = 0; i < heldOut.length; i++) {
                predictions[i * models.size() + t] = fitted.predict(heldOut[i]);
            }
            String suffix = models.size() == 1 ? "" : "." + data.task().targetNames().get(t);
            fitted.constants().forEach((name, value) -> constants.put(name + suffix, value));
        }
        Evaluation evaluation = HeldOut.of(data, heldOut, transforms, loss).evaluate(predictions);
        return new Fit(evaluation, constants);
    }
}
