package dev.mettle.engine;

import dev.mettle.core.data.Dataset;
import dev.mettle.core.data.Partition;
import dev.mettle.core.data.Shape;
import dev.mettle.core.instance.InstanceKey;
import dev.mettle.core.instance.Outcome;
import dev.mettle.core.network.Activation;
import dev.mettle.core.network.Layer;
import dev.mettle.core.network.Layer.Padding;
import dev.mettle.core.network.Network;
import dev.mettle.core.random.Purpose;
import dev.mettle.core.study.Augmentation;
import dev.mettle.core.study.Candidate;
import dev.mettle.core.study.HeldOutLoss;
import dev.mettle.core.study.Optimizer;
import dev.mettle.core.study.Recipe;

import java.util.Arrays;
import java.util.List;

/**
 * Trains a few small networks and prints the vector width and a hash of all bits of the results;
 * with the argument {@code least}, networks of less than 3 million fma in all; with {@code deep},
 * networks with residual blocks, normalisations and dropout; with {@code recipes}, small ones with
 * the ways of training that came later; with {@code windows}, with windows of every kind; with
 * {@code inputs}, with features, categories and augmentation.
 */
final class TrainingHash {
    private static final List<Optimizer> OPTIMIZERS =
            List.of(
                    Fixture.ADAM,
                    new Optimizer.Sgd(0.003, 0.9, true, 0.01),
                    new Optimizer.RmsProp(0.001, 0.99, 1e-8, 0.5, 0.01),
                    new Optimizer.AdamW(0.002, 0.9, 0.999, 1e-8, 0.1));

    /** Those of the first version. */
    private static final List<Activation> FIRST_ACTIVATIONS =
            List.of(
                    Activation.RELU,
                    Activation.LEAKY_RELU,
                    Activation.ELU,
                    Activation.SILU,
                    Activation.TANH,
                    Activation.SIGMOID);

    private TrainingHash() {}

    public static void main(String[] arguments) {
        int hash =
                switch (arguments.length > 0 ? arguments[0] : "") {
                    case "least" -> least();
                    case "deep" -> deep();
                    case "recipes" -> recipes();
                    case "windows" -> windows();
                    case "inputs" -> inputs();
                    default -> hash();
                };
        System.out.println(Vectors.bits() + " " + hash);
    }

    /** Returns a hash of weights, curves and losses. */
    static int hash() {
        Shape image = new Shape(1, 15, 15);
        Dataset data = Fixture.data(400, image, 2);
        NetworkTrainer trainer = trainer(data, 75, 2);
        int hash = 1;
        for (Activation function : FIRST_ACTIVATIONS) {
            Network network = Fixture.convolutional(function, true);
            Recipe recipe = Fixture.recipe(OPTIMIZERS.get(function.ordinal() % 4), 40, 2);
            hash = add(hash, trainer, Fixture.candidate(network, recipe), function.ordinal());
        }
        return hash;
    }

    /**
     * Returns the hash of one network with every kind of layer, pooling and activation, trained two
     * steps by every optimiser: about 2.5 million fma, since a machine without the instruction
     * takes 0.75 µs for each.
     */
    static int least() {
        Network network =
                new Network(
                        List.of(
                                new Layer.Conv2d(3, 3, 1, Padding.SAME),
                                new Layer.Activate(Activation.SILU),
                                new Layer.MaxPool(3, 2),
                                new Layer.Conv2d(4, 2, 1, Padding.VALID),
                                new Layer.Activate(Activation.RELU),
                                new Layer.MaxPool(2, 2),
                                new Layer.Flatten(),
                                new Layer.Dense(5),
                                new Layer.Activate(Activation.TANH),
                                new Layer.ConcatFeatures(),
                                new Layer.Dense(4),
                                new Layer.Activate(Activation.ELU),
                                new Layer.Dense(3),
                                new Layer.Activate(Activation.LEAKY_RELU),
                                new Layer.Dense(3),
                                new Layer.Activate(Activation.SIGMOID),
                                new Layer.Dense(1)));
        Dataset data = Fixture.data(40, new Shape(1, 7, 7), 2);
        NetworkTrainer trainer = trainer(data, 8, 2);
        int hash = 1;
        for (int i = 0; i < OPTIMIZERS.size(); i++) {
            Recipe recipe = Fixture.recipe(OPTIMIZERS.get(i), 8, 2);
            hash = add(hash, trainer, Fixture.candidate(network, recipe), i);
        }
        return hash;
    }

    /** Returns the hash of networks with residual blocks, normalisations and dropout. */
    static int deep() {
        Shape image = new Shape(1, 9, 9);
        Dataset data = Fixture.data(400, image, 2);
        NetworkTrainer trainer = trainer(data, 75, 2);
        int hash = 1;
        for (int i = 0; i < DeepNetworks.whole().size(); i++) {
            Recipe recipe = Fixture.recipe(OPTIMIZERS.get(i), 40, 2);
            Network network = DeepNetworks.whole().get(i);
            hash = add(hash, trainer, Fixture.candidate(network, recipe), i);
        }
        return hash;
    }

    /**
     * Returns the hash of a small dense network trained in ways that {@link #hash} does not know:
     * other optimisers, clipping, schedules, initial weights, the best epoch.
     */
    static int recipes() {
        Network network = Fixture.dense();
        Dataset data = Fixture.data(80, Shape.flat(4), 0);
        NetworkTrainer trainer = trainer(data, 15, 0);
        int hash = 1;
        List<Recipe> recipes = NewRecipes.all();
        for (int i = 0; i < recipes.size(); i++) {
            hash = add(hash, trainer, Fixture.candidate(network, recipes.get(i)), i);
        }
        return hash;
    }

    /**
     * Returns the hash of networks with windows of every kind, groups and the other activations:
     * less than a million fma.
     */
    static int windows() {
        int hash = 1;
        for (GradientCheckTest.Case c : WindowNetworks.whole()) {
            Dataset data = Fixture.data(40, c.shape(), 2);
            NetworkTrainer trainer = trainer(data, 8, 2);
            Recipe recipe = Fixture.recipe(Fixture.ADAM, 8, 2);
            hash = add(hash, trainer, Fixture.candidate(c.network(), recipe), 0);
        }
        return hash;
    }

    /**
     * Returns the hash of networks that append features and categories to rows and images, trained
     * with augmentation: about 2 million fma.
     */
    static int inputs() {
        int hash = 1;
        Augmentation moved = new Augmentation(2, Augmentation.Flip.BOTH, 0.1);
        Recipe recipe = InputTrainingTest.recipe(Fixture.ADAM, 20, 2, moved);
        Dataset images = InputTrainingTest.data(40, new Shape(2, 7, 6));
        NetworkTrainer trainer = InputTrainingTest.trainer(images, 20);
        hash = add(hash, trainer, Fixture.candidate(InputTrainingTest.image(), recipe), 0);
        Augmentation noise = new Augmentation(0, Augmentation.Flip.NONE, 0.2);
        recipe = InputTrainingTest.recipe(OPTIMIZERS.get(1), 40, 3, noise);
        Dataset table = InputTrainingTest.data(120, Shape.flat(8));
        trainer = InputTrainingTest.trainer(table, 60);
        return add(hash, trainer, Fixture.candidate(InputTrainingTest.late(), recipe), 1);
    }

    private static NetworkTrainer trainer(Dataset data, int sample, int features) {
        Partition partition = Fixture.partition(data.rows());
        return new NetworkTrainer(
                9,
                data,
                partition,
                Fixture.samples(partition.pool(), sample, features),
                new HeldOutLoss.Mse());
    }

    private static int add(int before, NetworkTrainer trainer, Candidate candidate, int index) {
        Outcome outcome =
                trainer.train(candidate, InstanceKey.paired("candidate", Purpose.CERTIFY, index));
        if (outcome instanceof Outcome.Completed completed) {
            int hash = 31 * before + completed.weights().orElseThrow().hashCode();
            hash = 31 * hash + Arrays.hashCode(completed.curve().toArray());
            return 31 * hash + Double.hashCode(completed.evaluation().loss());
        }
        throw new IllegalStateException(outcome.toString());
    }
}
