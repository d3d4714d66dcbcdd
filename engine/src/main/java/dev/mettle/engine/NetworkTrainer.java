package dev.mettle.engine;

import dev.mettle.core.data.Dataset;
import dev.mettle.core.data.Partition;
import dev.mettle.core.data.Sample;
import dev.mettle.core.data.SampleSource;
import dev.mettle.core.data.Scale;
import dev.mettle.core.data.Series;
import dev.mettle.core.instance.Evaluation;
import dev.mettle.core.instance.HeldOut;
import dev.mettle.core.instance.InstanceKey;
import dev.mettle.core.instance.Outcome;
import dev.mettle.core.instance.Trainer;
import dev.mettle.core.random.Purpose;
import dev.mettle.core.random.RandomStream;
import dev.mettle.core.random.Seed;
import dev.mettle.core.random.Stream;
import dev.mettle.core.study.Candidate;
import dev.mettle.core.study.HeldOutLoss;
import dev.mettle.core.study.Recipe;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Trains instances on this machine's processor. The result has the same bits on every machine and
 * thread. Each thread keeps one workspace, as large as the largest network, sample and held-out
 * part it has met.
 *
 * <p>A training stops between mini-batches when its thread is interrupted, with a {@link
 * java.util.concurrent.CancellationException}; the interrupt status stays set.
 */
public final class NetworkTrainer implements Trainer {
    private final long studySeed;
    private final Dataset data;
    private final Partition partition;
    private final SampleSource samples;
    private final HeldOutLoss loss;
    private final CompilationListener listener;
    private final AtomicBoolean told = new AtomicBoolean();
    private final ThreadLocal<Workspace> workspaces = ThreadLocal.withInitial(Workspace::new);
    private final ThreadLocal<CompilationWatch> watches =
            ThreadLocal.withInitial(() ->
                    new CompilationWatch(CompilationWatch.meterOfThread(), this::notCompiled));
    private final ConcurrentMap<HeldOutKey, HeldOut> heldOut = new ConcurrentHashMap<>();

    /** Which rows, after which transforms. */
    private record HeldOutKey(boolean test, List<Scale.Transform> transforms) {}

    /**
     * Takes the study's seed, its data, and what is measured on held-out rows; nothing is copied.
     */
    public NetworkTrainer(
            long studySeed,
            Dataset data,
            Partition partition,
            SampleSource samples,
            HeldOutLoss loss) {
        this(studySeed, data, partition, samples, loss, _ -> {});
    }

    /** The same, and tells the listener when the JVM does not compile the kernels. */
    public NetworkTrainer(
            long studySeed,
            Dataset data,
            Partition partition,
            SampleSource samples,
            HeldOutLoss loss,
            CompilationListener listener) {
        this.studySeed = studySeed;
        this.data = data;
        this.partition = partition;
        this.samples = samples;
        this.loss = loss;
        this.listener = listener;
    }

    private void notCompiled(long bytesPerStep) {
        if (told.compareAndSet(false, true)) {
            listener.kernelsNotCompiled(bytesPerStep);
        }
    }

    /**
     * Trains and evaluates the instance. Weights are kept for certified instances alone. An
     * instance with a weight that is not finite has exploded even if its losses are finite:
     * max-pooling and relu can hide NaN and infinities (docs/math/maxpool.md).
     *
     * @throws IllegalArgumentException when the network does not fit the data, or has not as many
     *     outputs as its loss needs
     * @throws java.util.concurrent.CancellationException when the thread is interrupted
     */
    @Override
    public Outcome train(Candidate candidate, InstanceKey key) {
        Recipe recipe = candidate.recipe();
        NetworkPlan plan =
                new NetworkPlan(
                        candidate.network(),
                        data.inputShape(),
                        data.featureCount(),
                        recipe.batch());
        requireOutputs(plan.output().shape().size(), recipe.loss().outputs(data.task()));
        Sample sample = samples.draw(key.sampleSeed(studySeed), key.rows().orElse(samples.rows()));
        Workspace workspace = workspaces.get();
        workspace.sample().fill(data, sample.rows(), sample);
        Training training = new Training(plan, workspace, recipe);
        training.initialise(key.initSeed(studySeed));
        training.augment(
                key.orderSeed(studySeed), (float) sample.inputScales().getFirst().apply(0));
        Optional<BestEpoch> best = best(training, recipe, sample.rows().length);
        float[] curve = new float[recipe.epochs()];
        int epochs =
                epochs(
                        training,
                        recipe,
                        key.orderSeed(studySeed),
                        sample.rows().length - best.map(BestEpoch::rows).orElse(0),
                        best,
                        curve);
        boolean exploded =
                recipe.stability().exploded(curve, epochs)
                        || recipe.stability()
                                .diverged(
                                        curve[epochs - 1],
                                        new ConstantModel(data, sample).loss(recipe.loss()));
        boolean finite = training.isFinite();
        if (!exploded && finite) {
            best.ifPresent(BestEpoch::restore);
        }
        Evaluation evaluation = evaluate(training, workspace, key.purpose(), sample);
        Series losses = Series.of(curve, epochs);
        if (exploded || !Double.isFinite(evaluation.loss()) || !finite) {
            Optional<Evaluation> known =
                    Double.isFinite(evaluation.loss()) ? Optional.of(evaluation) : Optional.empty();
            return new Outcome.Exploded(
                    reason(exploded, known.isPresent(), curve, epochs), known, epochs, losses);
        }
        boolean kept = key.purpose() == Purpose.CERTIFY;
        return new Outcome.Completed(
                evaluation,
                epochs,
                losses,
                kept ? Optional.of(training.weights()) : Optional.empty());
    }

    private static void requireOutputs(int outputs, int needed) {
        if (outputs != needed) {
            throw new IllegalArgumentException(
                    "the network must end in %d output%s, but its last layer has %d; add 'dense: %d'."
                            .formatted(needed, needed == 1 ? "" : "s", outputs, needed));
        }
    }

    /** Returns what remembers the best epoch, where that is wanted and a row can be set aside. */
    private static Optional<BestEpoch> best(Training training, Recipe recipe, int sample) {
        return recipe.restoreBest()
                .filter(settings -> settings.rows(sample) > 0)
                .map(settings -> new BestEpoch(training, settings, sample));
    }

    /**
     * Trains until the last epoch, an explosion or the end of patience; returns the number of
     * epochs.
     */
    private int epochs(
            Training training,
            Recipe recipe,
            Seed orderSeed,
            int rows,
            Optional<BestEpoch> best,
            float[] curve) {
        CompilationWatch watch = watches.get();
        int steps = (rows + recipe.batch() - 1) / recipe.batch();
        RandomStream random = new RandomStream(orderSeed, Stream.ORDER);
        int[] order = ascending(rows);
        for (int epoch = 1; epoch <= recipe.epochs(); epoch++) {
            random.shuffle(order, order.length);
            watch.begin();
            curve[epoch - 1] = training.epoch(order);
            watch.end(steps);
            if (recipe.stability().exploded(curve, epoch)
                    || best.isPresent() && best.get().judge(epoch)) {
                return epoch;
            }
        }
        return recipe.epochs();
    }

    private Evaluation evaluate(
            Training training, Workspace workspace, Purpose purpose, Sample sample) {
        int[] rows = partition.heldOut(purpose);
        List<Scale> targets = sample.targetScales();
        List<Scale.Transform> transforms = targets.stream().map(Scale::transform).toList();
        HeldOut judge =
                heldOut.computeIfAbsent(
                        new HeldOutKey(purpose == Purpose.CERTIFY, transforms),
                        wanted -> HeldOut.of(data, rows, wanted.transforms(), loss));
        workspace.heldOut().fill(data, rows, sample);
        double[] predictions = new double[rows.length * training.outputs()];
        training.propagation()
                .predict(workspace.heldOut(), ascending(rows.length), targets, predictions);
        return judge.evaluate(predictions);
    }

    private static String reason(boolean stopped, boolean known, float[] curve, int epochs) {
        float loss = curve[epochs - 1];
        if (!stopped && known) {
            return "A weight is not finite after epoch %d.".formatted(epochs);
        }
        if (!stopped) {
            return "The loss on held-out rows is not finite after epoch %d.".formatted(epochs);
        }
        return Float.isFinite(loss)
                ? "The training loss rose to %s at epoch %d.".formatted(loss, epochs)
                : "The training loss is not finite at epoch %d.".formatted(epochs);
    }

    private static int[] ascending(int count) {
        int[] numbers = new int[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = i;
        }
        return numbers;
    }
}
