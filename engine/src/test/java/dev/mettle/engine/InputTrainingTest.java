package dev.mettle.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.mettle.core.data.Categories;
import dev.mettle.core.data.Dataset;
import dev.mettle.core.data.Partition;
import dev.mettle.core.data.Scale;
import dev.mettle.core.data.Shape;
import dev.mettle.core.data.Task;
import dev.mettle.core.instance.InstanceKey;
import dev.mettle.core.instance.Outcome;
import dev.mettle.core.instance.Weights;
import dev.mettle.core.network.Activation;
import dev.mettle.core.network.Layer;
import dev.mettle.core.network.Layer.Padding;
import dev.mettle.core.network.Network;
import dev.mettle.core.random.Purpose;
import dev.mettle.core.random.Seed;
import dev.mettle.core.study.Augmentation;
import dev.mettle.core.study.Augmentation.Flip;
import dev.mettle.core.study.HeldOutLoss;
import dev.mettle.core.study.Optimizer;
import dev.mettle.core.study.Recipe;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Trainings of networks that append features and categories, and with augmentation;
 * reference/engine/inputs.py made inputs.txt with PyTorch.
 */
class InputTrainingTest {
    private static final Layer FEATURES = new Layer.ConcatFeatures();
    private static final Layer TANH = new Layer.Activate(Activation.TANH);
    private static final Layer SILU = new Layer.Activate(Activation.SILU);
    private static final Shape IMAGE = new Shape(2, 7, 6);
    private static final Augmentation MOVED = new Augmentation(2, Flip.BOTH, 0.1);

    private static Layer region(int dim) {
        return new Layer.Embedding("region", 7, dim);
    }

    private static Layer month(int dim) {
        return new Layer.Embedding("month", 12, dim);
    }

    /** The network "image" of inputs.py. */
    static Network image() {
        return new Network(
                List.of(
                        FEATURES,
                        new Layer.Conv2d(5, 3, 1, Padding.SAME),
                        TANH,
                        month(2),
                        new Layer.Conv2d(3, 3, 1, Padding.VALID),
                        new Layer.Activate(Activation.RELU),
                        new Layer.MaxPool(2, 2),
                        new Layer.Flatten(),
                        FEATURES,
                        new Layer.Dense(1)));
    }

    /** The network "late" of inputs.py. */
    static Network late() {
        return new Network(
                List.of(
                        new Layer.Dense(6),
                        TANH,
                        region(4),
                        FEATURES,
                        new Layer.Dense(5),
                        SILU,
                        region(1),
                        new Layer.Dense(1)));
    }

    @Test
    void embeddingsInFrontOfDenseLayersFollowPyTorch() {
        Network network =
                new Network(
                        List.of(
                                region(3),
                                month(18),
                                new Layer.Dense(20),
                                TANH,
                                new Layer.Dense(1)));
        check(
                "table",
                network,
                data(101, Shape.flat(8)),
                20,
                new Optimizer.Adam(0.01, 0.9, 0.999, 1e-8, 0));
    }

    @Test
    void embeddingsAndFeaturesInTheMiddleFollowPyTorch() {
        check(
                "late",
                late(),
                data(140, Shape.flat(8)),
                50,
                new Optimizer.Sgd(0.02, 0.9, false, 0.001));
    }

    @Test
    void constantChannelsOfImagesFollowPyTorch() {
        check(
                "image",
                image(),
                data(130, IMAGE),
                64,
                new Optimizer.AdamW(0.003, 0.9, 0.999, 1e-8, 0.05));
    }

    @Test
    void theVectorOfACategoryWithoutRowsStaysAsItWasDrawn() {
        Dataset data = data(60, Shape.flat(8));
        Training training = training(late(), data, recipe(Fixture.ADAM, 16, 3, Augmentation.NONE));
        training.initialise(new Seed(3, Purpose.RACE, Seed.Source.INIT, 0));
        float[] before = training.weights().toArray();
        int[] order = IntStream.range(0, 60).toArray();
        for (int epoch = 0; epoch < 3; epoch++) {
            training.epoch(order);
        }
        float[] after = training.weights().toArray();
        for (int code = 0; code < 7; code++) {
            int at = 6 * 9 + code * 4;
            boolean seen = code == 0 || code == 1 || code == 2 || code == 4;
            assertThat(Arrays.equals(before, at, at + 4, after, at, at + 4))
                    .as("code %d", code)
                    .isEqualTo(!seen);
        }
        int[] categories = {3, 5, 6};
        double[] predictions = new double[categories.length];
        Workspace workspace = new Workspace();
        Dataset unseen = withRegions(data, categories);
        workspace.sample().fill(unseen, new int[] {0, 1, 2}, Fixture.unscaled(categories, 2));
        Training restored =
                new Training(
                        new NetworkPlan(late(), Shape.flat(8), 2, 16),
                        workspace,
                        recipe(Fixture.ADAM, 16, 1, Augmentation.NONE));
        restored.restore(training.weights());
        restored.propagation()
                .predict(workspace.sample(), new int[] {0, 1, 2}, List.of(Scale.NONE), predictions);
        assertThat(Arrays.stream(predictions)).allMatch(Double::isFinite).doesNotHaveDuplicates();
    }

    @Test
    void theVectorsAreDrawnAsStandardNormalNumbers() {
        Layer.Embedding wide = new Layer.Embedding("region", 500, 40);
        NetworkPlan plan =
                new NetworkPlan(
                        new Network(List.of(wide, new Layer.Dense(1))), Shape.flat(1), 0, 10);
        Training training =
                new Training(plan, new Workspace(), recipe(Fixture.ADAM, 10, 1, Augmentation.NONE));
        training.initialise(new Seed(3, Purpose.RACE, Seed.Source.INIT, 0));
        float[] weights = training.weights().toArray();
        assertThat(weights).hasSize(500 * 40 + 41 + 1);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < 20_000; i++) {
            sum += weights[i];
            squares += (double) weights[i] * weights[i];
        }
        // five standard errors
        assertThat(sum / 20_000).isCloseTo(0, within(0.036));
        assertThat(squares / 20_000).isCloseTo(1, within(0.05));
    }

    @Test
    void oneThreadAndTwoGiveTheSameBits() throws InterruptedException, ExecutionException {
        NetworkTrainer trainer = trainer(data(400, IMAGE), 90);
        List<Callable<Outcome>> trainings = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            InstanceKey key = InstanceKey.paired("candidate", Purpose.CERTIFY, i);
            Recipe recipe = recipe(Fixture.ADAM, 20 + 7 * i, 3, MOVED);
            trainings.add(() -> trainer.train(Fixture.candidate(image(), recipe), key));
        }
        List<List<Outcome>> outcomes = new ArrayList<>();
        for (int threads = 1; threads <= 2; threads++) {
            try (var executor = Executors.newFixedThreadPool(threads)) {
                List<Outcome> all = new ArrayList<>();
                for (Future<Outcome> future : executor.invokeAll(trainings)) {
                    all.add(future.get());
                }
                outcomes.add(all);
            }
        }
        assertThat(outcomes.get(1)).isEqualTo(outcomes.get(0)).doesNotHaveDuplicates();
    }

    @Test
    void heldOutRowsAreNeverChanged() {
        Dataset data = data(400, IMAGE);
        Recipe recipe = recipe(Fixture.ADAM, 32, 2, new Augmentation(3, Flip.BOTH, 2));
        Outcome outcome =
                trainer(data, 60)
                        .train(
                                Fixture.candidate(image(), recipe),
                                InstanceKey.paired("candidate", Purpose.CERTIFY, 0));
        Weights weights = ((Outcome.Completed) outcome).weights().orElseThrow();
        Workspace workspace = new Workspace();
        int[] test = Fixture.partition(400).test();
        Scale scale = new Scale(Scale.Transform.IDENTITY, 1, 0.5, 2);
        workspace.heldOut().fill(data, test, Fixture.scaled(test, 2, scale));
        Training evaluated =
                new Training(new NetworkPlan(image(), IMAGE, 2, 32), workspace, recipe);
        evaluated.restore(weights);
        double[] predictions = new double[test.length];
        int[] order = IntStream.range(0, test.length).toArray();
        evaluated.propagation().predict(workspace.heldOut(), order, List.of(scale), predictions);
        double sum = 0;
        for (int i = 0; i < test.length; i++) {
            double difference = predictions[i] - data.target(test[i], 0);
            sum += difference * difference;
        }
        assertThat(outcome.loss()).isCloseTo(sum / test.length, within(1e-9));
    }

    @Test
    void augmentationFollowsTheOrderOfMiniBatches() {
        NetworkTrainer trainer = trainer(data(400, IMAGE), 60);
        Recipe whole = recipe(Fixture.ADAM, 60, 2, new Augmentation(3, Flip.BOTH, 0));
        InstanceKey key = InstanceKey.crossed("candidate", 1, 2);
        Outcome tied = trainer.train(Fixture.candidate(image(), whole), key);
        Outcome other = trainer.train(Fixture.candidate(image(), whole), key.withOrder(0));
        // one mini-batch an epoch: its order alone would change the last bits
        assertThat(Math.abs(tied.loss() - other.loss())).isGreaterThan(1e-4);
        assertThat(trainer.train(Fixture.candidate(image(), whole), key.withOrder(0)))
                .isEqualTo(other);
    }

    @Test
    void dataWithoutTheColumnOrWithMoreCodesAreRefused() {
        Dataset data = data(400, Shape.flat(8));
        Recipe recipe = recipe(Fixture.ADAM, 32, 1, Augmentation.NONE);
        for (Layer.Embedding layer :
                List.of(new Layer.Embedding("regio", 7, 2), new Layer.Embedding("region", 6, 2))) {
            Network network = new Network(List.of(layer, new Layer.Dense(1)));
            assertThatIllegalArgumentException()
                    .isThrownBy(() ->
                            trainer(data, 60)
                                    .train(
                                            Fixture.candidate(network, recipe),
                                            InstanceKey.paired("candidate", Purpose.RACE, 0)))
                    .withMessageContaining("no categorical column '" + layer.column() + "'");
        }
    }

    private static void check(
            String name, Network network, Dataset data, int batch, Optimizer optimizer) {
        double[] curve = expected(name, "curve");
        double[] prediction = expected(name, "prediction");
        Recipe recipe = recipe(optimizer, batch, curve.length, Augmentation.NONE);
        Workspace workspace = new Workspace();
        int[] order = IntStream.range(0, data.rows()).toArray();
        workspace.sample().fill(data, order, Fixture.unscaled(order, 2));
        NetworkPlan plan = new NetworkPlan(network, data.inputShape(), 2, batch);
        Training training = new Training(plan, workspace, recipe);
        training.restore(initial(plan));
        for (int epoch = 0; epoch < curve.length; epoch++) {
            assertThat((double) training.epoch(order))
                    .as("%s, epoch %d", name, epoch + 1)
                    .isCloseTo(curve[epoch], within(3e-5 * curve[epoch]));
        }
        double[] predictions = new double[data.rows()];
        training.propagation().predict(workspace.sample(), order, List.of(Scale.NONE), predictions);
        assertThat(Arrays.copyOf(predictions, prediction.length))
                .as(name)
                .containsExactly(prediction, within(3e-5));
    }

    private static Training training(Network network, Dataset data, Recipe recipe) {
        Workspace workspace = new Workspace();
        int[] order = IntStream.range(0, data.rows()).toArray();
        workspace.sample().fill(data, order, Fixture.unscaled(order, 2));
        NetworkPlan plan = new NetworkPlan(network, data.inputShape(), 2, recipe.batch());
        return new Training(plan, workspace, recipe);
    }

    static NetworkTrainer trainer(Dataset data, int sample) {
        Partition partition = Fixture.partition(data.rows());
        return new NetworkTrainer(
                5,
                data,
                partition,
                Fixture.samples(partition.pool(), sample, 2),
                new HeldOutLoss.Mse());
    }

    static Recipe recipe(Optimizer optimizer, int batch, int epochs, Augmentation augmentation) {
        return Fixture.with(Fixture.recipe(optimizer, batch, epochs), augmentation);
    }

    /** The rows of inputs.py. */
    static Dataset data(int rows, Shape shape) {
        Dataset base = WholeTrainingTest.data(rows, shape, Task.regression("y"));
        int[] codes = new int[2 * rows];
        for (int i = 0; i < rows; i++) {
            codes[2 * i] = i * i % 7;
            codes[2 * i + 1] = 5 * i % 12;
        }
        return dataset(base, WholeTrainingTest.numbers(rows * 2, 2), codes);
    }

    private static Dataset withRegions(Dataset data, int[] regions) {
        int[] codes = data.categories().codes().clone();
        for (int i = 0; i < regions.length; i++) {
            codes[2 * i] = regions[i];
        }
        return dataset(data, data.features(), codes);
    }

    private static Dataset dataset(Dataset base, float[] features, int[] codes) {
        return new Dataset(
                base.inputShape(),
                base.inputs(),
                List.of("a", "b"),
                features,
                new Categories(
                        List.of(
                                new Categories.Column("region", 7),
                                new Categories.Column("month", 12)),
                        codes),
                base.task(),
                base.targets(),
                "");
    }

    private static Weights initial(NetworkPlan plan) {
        float[] all = new float[0];
        int seed = 7;
        for (Learned places : plan.learned()) {
            int biases = places instanceof Parameters parameters ? parameters.outputs() : 0;
            float scale =
                    places instanceof Parameters parameters
                            ? (float) Math.sqrt(3.0 / parameters.taps())
                            : 1;
            float[] weights = WholeTrainingTest.numbers(places.count() - biases, seed);
            float[] bias = WholeTrainingTest.numbers(biases, seed + 1);
            int at = all.length;
            all = Arrays.copyOf(all, at + places.count());
            for (int i = 0; i < weights.length; i++) {
                all[at + i] = weights[i] * scale;
            }
            for (int i = 0; i < biases; i++) {
                all[at + weights.length + i] = bias[i] * 0.1f;
            }
            seed += 2;
        }
        return Weights.of(all);
    }

    private static double[] expected(String name, String what) {
        try (var stream = InputTrainingTest.class.getResourceAsStream("inputs.txt")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith(name + " " + what + " "))
                    .flatMap(line -> Arrays.stream(line.split(" ")).skip(2))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
