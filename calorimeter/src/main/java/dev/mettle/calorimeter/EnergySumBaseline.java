package dev.mettle.calorimeter;

import dev.mettle.core.data.Dataset;
import dev.mettle.core.data.Sample;
import dev.mettle.core.data.Scale;
import dev.mettle.core.data.Shape;
import dev.mettle.core.data.Task;
import dev.mettle.core.instance.Baseline;
import dev.mettle.core.instance.Evaluation;
import dev.mettle.core.instance.HeldOut;
import dev.mettle.core.study.DataSettings;
import dev.mettle.core.study.FeatureSettings;
import dev.mettle.core.study.HeldOutLoss;

import java.util.List;

/**
 * The classical energy reconstruction: the sum of the cells in a 5x5 window, calibrated by a
 * straight line that is fitted on each instance's own sample by least squares of the target after
 * its transform (docs/math/baseline.md), whatever loss is measured on held-out rows. It has a loss
 * distribution because samples differ. It has no initial weights, so all of its spread comes from
 * the samples.
 *
 * <p>The window is around the largest cell, the threshold three sigma of the noise, whatever the
 * study's features are. Sums are computed once, here; evaluations share them. Safe for several
 * threads; its bits are the same everywhere.
 */
public final class EnergySumBaseline implements Baseline {
    private final Dataset data;
    private final Scale.Transform transform;
    private final HeldOutLoss loss;
    private final double[] sums;

    /**
     * Computes the energy sum of every row.
     *
     * @param data inputs are matrices of cells, targets energies
     * @param settings the scale of the one target
     * @param loss what is measured on held-out rows
     * @throws IllegalArgumentException when an input is no matrix of at least 5x5 cells, or the
     *     data are not a regression of one target
     */
    public EnergySumBaseline(Dataset data, DataSettings settings, HeldOutLoss loss) {
        if (!(data.task() instanceof Task.Regression task) || task.targets().size() != 1) {
            throw new IllegalArgumentException(
                    "the energy sum predicts one number, not %s.".formatted(data.task()));
        }
        this.data = data;
        this.loss = loss;
        this.transform = settings.target().scales().getFirst().transform();
        Shape shape = data.inputShape();
        double threshold = CalorimeterFeatures.defaultThreshold(data.inputs(), shape);
        ShowerWindow window = new ShowerWindow(shape, FeatureSettings.DEFAULT_WINDOW, threshold);
        this.sums = new double[data.rows()];
        for (int row = 0; row < sums.length; row++) {
            window.look(data.inputs(), row * shape.size());
            sums[row] = window.energySum();
        }
    }

    @Override
    public String name() {
        return "calibrated energy sum";
    }

    @Override
    public Evaluation evaluate(Sample sample, int[] heldOut) {
        EnergyCalibration calibration =
                EnergyCalibration.fit(
                        pick(sums, sample.rows()),
                        pick(data.targets(), sample.rows()),
                        transform,
                        EnergyCalibration.MAX_EVALUATIONS);
        double[] predictions = new double[heldOut.length];
        for (int i = 0; i < heldOut.length; i++) {
            predictions[i] = calibration.predict(sums[heldOut[i]]);
        }
        return HeldOut.of(data, heldOut, List.of(transform), loss).evaluate(predictions);
    }

    private static double[] pick(double[] values, int[] rows) {
        double[] picked = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            picked[i] = values[rows[i]];
        }
        return picked;
    }
}
