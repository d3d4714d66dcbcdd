package dev.mettle.cli;

import dev.mettle.calorimeter.Axis;
import dev.mettle.calorimeter.CalorimeterFeatures;
import dev.mettle.calorimeter.EnergyModel;
import dev.mettle.calorimeter.PositionModel;
import dev.mettle.core.data.Dataset;
import dev.mettle.core.data.Sample;
import dev.mettle.core.data.Scale;
import dev.mettle.core.data.Series;
import dev.mettle.core.data.Shape;
import dev.mettle.core.data.Task;
import dev.mettle.core.instance.Baseline;
import dev.mettle.core.instance.Evaluation;
import dev.mettle.core.instance.InstanceKey;
import dev.mettle.core.instance.RegressionBaseline;
import dev.mettle.core.instance.TargetModel;
import dev.mettle.core.random.Purpose;
import dev.mettle.core.run.BaselineRecord;
import dev.mettle.core.study.FeatureSettings;
import dev.mettle.core.study.ScaleKind;
import dev.mettle.core.study.Study;
import dev.mettle.linear.LogisticBaseline;
import dev.mettle.linear.RidgeModel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Which baseline a study has, and how it is measured (docs/guide/baseline.md). Of a regression each
 * target has its own: {@code energy} beside the feature {@code energy_sum} the calibrated energy
 * sum, {@code x} or {@code y} beside the barycentre of that direction the corrected barycentre, any
 * other target ridge regression. A classification has logistic regression. Data too large for a
 * linear fit in seconds have none.
 */
final class Baselines {
    private static final String ENERGY = "energy";
    private static final String X = "x";
    private static final String Y = "y";

    private static final Evaluation FAILED =
            new Evaluation(Double.POSITIVE_INFINITY, Series.EMPTY, new LinkedHashMap<>());

    private Baselines() {}

    /** Returns the study's baseline; empty when its data are too large for one. */
    static Optional<Baseline> of(Study study, Dataset data) {
        if (study.task() instanceof Task.Classification(_, var classes)) {
            return LogisticBaseline.suits(data, study.sample(), classes.size())
                    ? Optional.of(new LogisticBaseline(data, study.loss()))
                    : Optional.empty();
        }
        List<Scale.Transform> transforms =
                study.data().target().scales().stream().map(ScaleKind::transform).toList();
        List<TargetModel> models = new ArrayList<>();
        for (int t = 0; t < transforms.size(); t++) {
            Optional<TargetModel> model = ofTarget(study, data, t, transforms.get(t));
            if (model.isEmpty()) {
                return Optional.empty();
            }
            models.add(model.get());
        }
        return Optional.of(new RegressionBaseline(data, transforms, study.loss(), models));
    }

    private static Optional<TargetModel> ofTarget(
            Study study, Dataset data, int target, Scale.Transform transform) {
        String name = study.task().targetNames().get(target);
        boolean plain = transform == Scale.Transform.IDENTITY;
        if (isShower(data.inputShape())) {
            if (name.equals(ENERGY) && has(study, CalorimeterFeatures.ENERGY_SUM)) {
                return Optional.of(new EnergyModel(data, target, transform));
            }
            if (plain && name.equals(X) && has(study, CalorimeterFeatures.BARYCENTER_X)) {
                return Optional.of(new PositionModel(data, target, Axis.X));
            }
            if (plain && name.equals(Y) && has(study, CalorimeterFeatures.BARYCENTER_Y)) {
                return Optional.of(new PositionModel(data, target, Axis.Y));
            }
        }
        return RidgeModel.suits(data, study.sample())
                ? Optional.of(new RidgeModel(data, target, transform))
                : Optional.empty();
    }

    private static boolean isShower(Shape shape) {
        return shape.channels() == 1
                && Math.min(shape.height(), shape.width()) >= FeatureSettings.DEFAULT_WINDOW;
    }

    private static boolean has(Study study, String feature) {
        return study.data().features().stream().anyMatch(f -> f.name().equals(feature));
    }

    /** Returns what a baseline is measured for: the certificate, or the race without one. */
    static Purpose purpose(Study study) {
        return study.certificate().isPresent() ? Purpose.CERTIFY : Purpose.RACE;
    }

    /** Returns how many samples a run measures a baseline on: those of its purpose. */
    static int instances(Study study) {
        return study.certificate().isPresent()
                ? study.certificate().get().instances()
                : study.selection().instances();
    }

    /** Returns the sample of an instance. */
    static Sample sample(OpenStudy open, Baseline baseline, int index) {
        InstanceKey key = InstanceKey.paired(baseline.name(), purpose(open.study()), index);
        return open.samples().draw(key.sampleSeed(open.study().seed()));
    }

    /**
     * Measures a baseline through the samples and held-out rows that {@link #purpose} says. The
     * number of threads does not change a bit. A fit that fails has an infinite loss, as a training
     * that fails: it must not cost a run the rest of its results.
     *
     * @throws InterruptedException when told to stop
     */
    static Measured measure(
            OpenStudy open, Baseline baseline, int instances, int threads, Console console)
            throws InterruptedException {
        int[] heldOut = open.partition().heldOut(purpose(open.study()));
        ExecutorService executor =
                Executors.newFixedThreadPool(
                        Math.min(threads, instances),
                        Thread.ofPlatform().name("mettle-baseline-", 0).daemon().factory());
        CountProgress progress =
                new CountProgress(console, "fits of the baseline", instances, System::nanoTime);
        try {
            List<Future<Baseline.Fit>> fits = new ArrayList<>(instances);
            for (int i = 0; i < instances; i++) {
                int index = i;
                fits.add(
                        executor.submit(
                                () -> baseline.fit(sample(open, baseline, index), heldOut)));
            }
            return collect(baseline, fits, progress);
        } finally {
            executor.shutdownNow();
            progress.end();
        }
    }

    private static Measured collect(
            Baseline baseline, List<Future<Baseline.Fit>> fits, CountProgress progress)
            throws InterruptedException {
        List<Evaluation> evaluations = new ArrayList<>(fits.size());
        SequencedMap<String, Double> constants = new LinkedHashMap<>();
        List<String> failures = new ArrayList<>();
        for (Future<Baseline.Fit> future : fits) {
            try {
                Baseline.Fit fit = future.get();
                evaluations.add(fit.evaluation());
                if (constants.isEmpty()) {
                    constants.putAll(fit.constants());
                }
            } catch (ExecutionException failed) {
                evaluations.add(FAILED);
                failures.add(String.valueOf(failed.getCause()));
            }
            progress.finished(evaluations.size());
        }
        return new Measured(new BaselineRecord(baseline.name(), evaluations), constants, failures);
    }

    /**
     * A baseline's losses, and why fits failed.
     *
     * @param record all evaluations
     * @param constants of the first fit
     * @param failures a reason for each fit that failed
     */
    record Measured(
            BaselineRecord record, SequencedMap<String, Double> constants, List<String> failures) {
        /** Returns a sentence on fits that failed; empty when all is well. */
        Optional<String> warning() {
            return failures.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            "warning: %,d of %,d fits of the baseline \"%s\" failed and count as an infinite loss: %s"
                                    .formatted(
                                            failures.size(),
                                            record.evaluations().size(),
                                            record.name(),
                                            failures.getFirst()));
        }
    }
}
