package dev.mettle.engine;

import dev.mettle.core.data.Categories;
import dev.mettle.core.data.Dataset;
import dev.mettle.core.data.Sample;
import dev.mettle.core.data.Scale;
import dev.mettle.core.data.Shape;
import dev.mettle.core.data.Task;
import dev.mettle.core.random.Purpose;
import dev.mettle.core.random.RandomStream;
import dev.mettle.core.random.Seed;
import dev.mettle.core.random.Stream;
import dev.mettle.core.study.Candidate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * How long an instance takes on one thread of this machine. A few candidates are trained for a
 * moment on made-up data; the time of a row and epoch is interpolated linearly in {@link
 * dev.mettle.core.network.Network#trainingFlops} between them, and that of a held-out row likewise.
 * The estimate is a time, so it differs from call to call; no result depends on it.
 */
public final class TrainingCost {
    private static final int ROWS = 1024;
    private static final int PROBES = 3;
    private static final int COMPILED_EPOCHS = 10;
    private static final Duration MOST_WARM_UP = Duration.ofSeconds(5);
    private static final Seed SEED = new Seed(0, Purpose.ASSESS, Seed.Source.INIT, 0);

    private final Shape input;
    private final int features;
    private final List<Probe> probes;

    /**
     * One candidate's measurement.
     *
     * @param flops of one row's training step
     * @param trainingSeconds of a row and epoch
     * @param evaluationSeconds of a held-out row
     */
    record Probe(double flops, double trainingSeconds, double evaluationSeconds) {}

    /** Takes measurements in the order of their flops, at least one. */
    TrainingCost(Shape input, int features, List<Probe> probes) {
        this.input = input;
        this.features = features;
        this.probes = probes;
    }

    /**
     * Measures the smallest, the median and the largest candidate, each for {@code perProbe} once
     * its kernels are compiled, which takes about a second for the first.
     *
     * @param input shape of a row's input
     * @param features number of features of a row
     * @param categories the categorical columns
     * @param task what is predicted
     * @param candidates at least one
     * @param perProbe half a second gives about 5 %
     */
    public static TrainingCost measure(
            Shape input,
            int features,
            List<Categories.Column> categories,
            Task task,
            List<Candidate> candidates,
            Duration perProbe) {
        List<Candidate> sorted = new ArrayList<>(candidates);
        sorted.sort(
                Comparator.comparingDouble(
                        candidate -> candidate.network().trainingFlops(input, features)));
        List<Probe> probes = new ArrayList<>();
        Workspace workspace = new Workspace();
        fillRows(workspace, input, features, categories, task);
        for (int i = 0; i < PROBES; i++) {
            Candidate candidate = sorted.get((int) ((sorted.size() - 1L) * i / (PROBES - 1)));
            double flops = candidate.network().trainingFlops(input, features);
            if (probes.isEmpty() || flops > probes.getLast().flops()) {
                probes.add(measure(workspace, input, features, candidate, perProbe));
            }
        }
        return new TrainingCost(input, features, Collections.unmodifiableList(probes));
    }

    /** Fills sample and held-out rows with numbers around 0. */
    private static void fillRows(
            Workspace workspace,
            Shape input,
            int features,
            List<Categories.Column> categories,
            Task task) {
        RandomStream random = new RandomStream(SEED, Stream.ROWS);
        float[] inputs = uniform(random, ROWS * input.size());
        double[] targets = new double[ROWS * task.targetCount()];
        for (int i = 0; i < targets.length; i++) {
            targets[i] =
                    switch (task) {
                        case Task.Regression _ -> random.nextFloat();
                        case Task.Classification(_, var classes) -> i % classes.size();
                    };
        }
        List<String> names = Collections.nCopies(features, "feature");
        Dataset data =
                new Dataset(
                        input,
                        inputs,
                        names,
                        uniform(random, ROWS * features),
                        new Categories(categories, codes(categories)),
                        task,
                        targets,
                        "");
        Sample sample =
                new Sample(
                        order(),
                        List.of(Scale.NONE),
                        Collections.nCopies(features, Scale.NONE),
                        Collections.nCopies(task.targetCount(), Scale.NONE));
        workspace.sample().fill(data, sample.rows(), sample);
        workspace.heldOut().fill(data, sample.rows(), sample);
    }

    private static int[] codes(List<Categories.Column> columns) {
        int[] codes = new int[ROWS * columns.size()];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = i % columns.get(i % columns.size()).count();
        }
        return codes;
    }

    private static float[] uniform(RandomStream random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = 2 * random.nextFloat() - 1;
        }
        return values;
    }

    private static int[] order() {
        int[] order = new int[ROWS];
        for (int i = 0; i < ROWS; i++) {
            order[i] = i;
        }
        return order;
    }

    private static Probe measure(
            Workspace workspace,
            Shape input,
            int features,
            Candidate candidate,
            Duration perProbe) {
        NetworkPlan plan =
                new NetworkPlan(candidate.network(), input, features, candidate.recipe().batch());
        Training training = new Training(plan, workspace, candidate.recipe());
        training.initialise(SEED);
        training.augment(SEED, 0);
        int[] order = order();
        double[] predictions = new double[ROWS * training.outputs()];
        Runnable epoch = () -> training.epoch(order);
        Runnable evaluation =
                () ->
                        training.propagation()
                                .predict(
                                        workspace.heldOut(),
                                        order,
                                        List.of(Scale.NONE),
                                        predictions);
        warmUp(epoch, (ROWS + candidate.recipe().batch() - 1) / candidate.recipe().batch());
        double trainingSeconds = secondsPerRow(epoch, perProbe.multipliedBy(4).dividedBy(5));
        double evaluationSeconds = secondsPerRow(evaluation, perProbe.dividedBy(5));
        return new Probe(
                candidate.network().trainingFlops(input, features),
                trainingSeconds,
                evaluationSeconds);
    }

    /**
     * Repeats epochs until their kernels are compiled: until some in a row have allocated nothing,
     * or until {@link #MOST_WARM_UP} is over. Uncompiled, an epoch can take a hundred times longer.
     */
    private static void warmUp(Runnable epoch, int steps) {
        CompilationWatch.Meter meter = CompilationWatch.meterOfThread();
        long start = System.nanoTime();
        int compiled = 0;
        while (compiled < COMPILED_EPOCHS && System.nanoTime() - start < MOST_WARM_UP.toNanos()) {
            long before = meter.bytes();
            epoch.run();
            boolean slow = meter.bytes() - before > CompilationWatch.BYTES_PER_STEP * steps;
            compiled = slow ? 0 : compiled + 1;
        }
    }

    /**
     * Repeats the work for the time given and returns the least time of one row: other programs can
     * only make it longer.
     */
    private static double secondsPerRow(Runnable work, Duration time) {
        long start = System.nanoTime();
        long least = Long.MAX_VALUE;
        do {
            long before = System.nanoTime();
            work.run();
            least = Math.min(least, System.nanoTime() - before);
        } while (System.nanoTime() - start < time.toNanos());
        return least / 1e9 / ROWS;
    }

    /**
     * Returns the seconds that one instance takes: all its epochs, with the evaluation of the rows
     * that it sets aside, and the evaluation on held-out rows.
     *
     * @param sampleRows rows an instance trains on
     * @param heldOutRows rows it is evaluated on
     */
    public double secondsPerInstance(Candidate candidate, int sampleRows, int heldOutRows) {
        double flops = candidate.network().trainingFlops(input, features);
        Probe low = probes.getFirst();
        Probe high = probes.getLast();
        for (Probe probe : probes) {
            low = probe.flops() <= flops ? probe : low;
            high = probe.flops() >= flops && high.flops() >= probe.flops() ? probe : high;
        }
        double part =
                high.flops() > low.flops()
                        ? (flops - low.flops()) / (high.flops() - low.flops())
                        : 0;
        double training =
                low.trainingSeconds() + part * (high.trainingSeconds() - low.trainingSeconds());
        double evaluation =
                low.evaluationSeconds()
                        + part * (high.evaluationSeconds() - low.evaluationSeconds());
        int aside = candidate.recipe().restoreBest().map(best -> best.rows(sampleRows)).orElse(0);
        double epoch = (sampleRows - aside) * training + aside * evaluation;
        return candidate.recipe().epochs() * epoch + heldOutRows * evaluation;
    }
}
