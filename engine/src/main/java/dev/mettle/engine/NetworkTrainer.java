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
import dev.mettle.core.study.Recipe;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

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
    private final ThreadLocal<Workspace> workspaces = ThreadLocal.withInitial(Workspace::new);
    private final ConcurrentMap<HeldOutKey, HeldOut> heldOut = new ConcurrentHashMap<>();

    /** Which rows, after which transform. */
    private record HeldOutKey(boolean test, Scale.Transform transform) {}

    /** Takes the study's seed and its data; nothing is copied. */
    public NetworkTrainer(long studySeed, Dataset data, Partition partition, SampleSource samples) {
        this.studySeed = studySeed;
        this.data = data;
        this.partition = partition;
        this.samples = samples;
    }

    /**
     * Trains and evaluates the instance. Weights are kept for certified instances alone. An
     * instance with a weight that is not finite has exploded even if its losses are finite:
     * max-pooling and relu can hide NaN and infinities (docs/math/maxpool.md).
     *
     * @throws IllegalArgumentException when the network does not fit the data or has not exactly
     *     one output
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
        Sample sample = samples.draw(key.sampleSeed(studySeed));
        Workspace workspace = workspaces.get();
        workspace.sample().fill(data, sample.rows(), sample);
        Training training = new Training(plan, workspace, recipe);
        Seed seed = key.initSeed(studySeed);
        training.initialise(seed);
        float[] curve = new float[recipe.epochs()];
        int epochs = epochs(training, recipe, seed, sample.rows().length, curve);
        boolean exploded =
                recipe.stability().exploded(curve, epochs)
                        || recipe.stability().diverged(curve[epochs - 1], constantLoss(sample));
        Evaluation evaluation = evaluate(training, workspace, key.purpose(), sample);
        Series losses = Series.of(curve, epochs);
        if (exploded || !Double.isFinite(evaluation.loss()) || !training.isFinite()) {
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

    /** Trains until the last epoch or an explosion; returns the number of epochs. */
    private static int epochs(
            Training training, Recipe recipe, Seed seed, int rows, float[] curve) {
        RandomStream random = new RandomStream(seed, Stream.ORDER);
        int[] order = ascending(rows);
        for (int epoch = 1; epoch <= recipe.epochs(); epoch++) {
            random.shuffle(order, order.length);
            curve[epoch - 1] = training.epoch(order);
            if (recipe.stability().exploded(curve, epoch)) {
                return epoch;
            }
        }
        return recipe.epochs();
    }

    private Evaluation evaluate(
            Training training, Workspace workspace, Purpose purpose, Sample sample) {
        int[] rows = partition.heldOut(purpose);
        Scale target = sample.targetScale();
        HeldOut judge =
                heldOut.computeIfAbsent(
                        new HeldOutKey(purpose == Purpose.CERTIFY, target.transform()),
                        wanted -> new HeldOut(data, rows, wanted.transform()));
        workspace.heldOut().fill(data, rows, sample);
        double[] predictions = new double[rows.length];
        training.propagation()
                .predict(workspace.heldOut(), ascending(rows.length), target, predictions);
        return judge.evaluate(predictions);
    }

    /** Returns the loss of the best constant model on the sample, on the scale of training. */
    private double constantLoss(Sample sample) {
        Scale scale = sample.targetScale();
        double sum = 0;
        double squares = 0;
        for (int row : sample.rows()) {
            double target = scale.apply(data.targets()[row]);
            sum += target;
            squares += target * target;
        }
        double mean = sum / sample.rows().length;
        return squares / sample.rows().length - mean * mean;
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
