package dev.mettle.engine;

import dev.mettle.core.data.Categories;
import dev.mettle.core.data.Dataset;
import dev.mettle.core.data.Partition;
import dev.mettle.core.data.Sample;
import dev.mettle.core.data.SampleSource;
import dev.mettle.core.data.Scale;
import dev.mettle.core.data.Shape;
import dev.mettle.core.data.Task;
import dev.mettle.core.network.Activation;
import dev.mettle.core.network.Layer;
import dev.mettle.core.network.Layer.Padding;
import dev.mettle.core.network.Network;
import dev.mettle.core.random.RandomStream;
import dev.mettle.core.random.Seed;
import dev.mettle.core.random.Stream;
import dev.mettle.core.study.Augmentation;
import dev.mettle.core.study.Candidate;
import dev.mettle.core.study.Clipping;
import dev.mettle.core.study.Initialisation;
import dev.mettle.core.study.Loss;
import dev.mettle.core.study.Optimizer;
import dev.mettle.core.study.Recipe;
import dev.mettle.core.study.RestoreBest;
import dev.mettle.core.study.Schedule;
import dev.mettle.core.study.StabilityStop;
import dev.mettle.core.study.Warmup;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/** Small data sets, networks and recipes for tests; all seeds fixed. */
final class Fixture {
    static final Optimizer ADAM = new Optimizer.Adam(0.003, 0.9, 0.999, 1e-8, 0);

    private Fixture() {}

    /** Returns random rows whose target follows from inputs and features. */
    static Dataset data(int rows, Shape shape, int features) {
        Random random = new Random(rows + 31L * features);
        float[] inputs = new float[rows * shape.size()];
        float[] extra = new float[rows * features];
        double[] targets = new double[rows];
        for (int i = 0; i < extra.length; i++) {
            extra[i] = (float) random.nextGaussian();
        }
        for (int i = 0; i < rows; i++) {
            double sum = 0;
            for (int d = 0; d < shape.size(); d++) {
                float x = (float) random.nextGaussian();
                inputs[i * shape.size() + d] = x;
                sum += d % 3 == 0 ? x : 0.5 * x * x;
            }
            targets[i] = sum / Math.sqrt(shape.size()) + (features > 0 ? extra[i * features] : 0);
        }
        return new Dataset(
                shape,
                inputs,
                Collections.nCopies(features, "f"),
                extra,
                Task.regression("y"),
                targets,
                "");
    }

    /** Returns the same rows with codes for the columns of all embeddings of a network. */
    static Dataset withCodes(Dataset data, Network network) {
        List<Categories.Column> columns =
                network.all()
                        .filter(Layer.Embedding.class::isInstance)
                        .map(Layer.Embedding.class::cast)
                        .map(layer -> new Categories.Column(layer.column(), layer.categories()))
                        .distinct()
                        .toList();
        Random random = new Random(data.rows());
        int[] codes = new int[data.rows() * columns.size()];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = random.nextInt(columns.get(i % columns.size()).count());
        }
        return new Dataset(
                data.inputShape(),
                data.inputs(),
                data.featureNames(),
                data.features(),
                new Categories(columns, codes),
                data.task(),
                data.targets(),
                data.checksum());
    }

    /** Returns a row's code in each categorical column. */
    static Map<String, Integer> codes(Dataset data, int row) {
        Map<String, Integer> codes = new LinkedHashMap<>();
        Categories categories = data.categories();
        for (int c = 0; c < categories.columnCount(); c++) {
            codes.put(categories.columns().get(c).name(), categories.code(row, c));
        }
        return codes;
    }

    /** Returns a task with as many outputs as a network for this loss has. */
    static Task task(Loss loss, int outputs) {
        return switch (loss) {
            case Loss.CrossEntropy _ ->
                    new Task.Classification("c", Task.Classification.numbered(outputs));
            case Loss.Bce _ -> new Task.Classification("c", Task.Classification.numbered(2));
            default -> new Task.Regression(Task.Classification.numbered(outputs));
        };
    }

    /**
     * Returns random rows of a table; targets follow from the inputs, labels are the place of the
     * largest of the first inputs.
     */
    static Dataset table(int rows, int columns, Task task) {
        Random random = new Random(rows + 31L * columns);
        float[] inputs = new float[rows * columns];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = (float) random.nextGaussian();
        }
        int count = task.targetCount();
        double[] targets = new double[rows * count];
        for (int i = 0; i < targets.length; i++) {
            int at = i / count * columns;
            targets[i] =
                    switch (task) {
                        case Task.Regression _ -> inputs[at + i % count] * 1.5 + inputs[at] - 0.3;
                        case Task.Classification(_, var classes) -> {
                            int largest = 0;
                            for (int k = 1; k < classes.size(); k++) {
                                largest = inputs[at + k] > inputs[at + largest] ? k : largest;
                            }
                            yield largest;
                        }
                    };
        }
        return new Dataset(Shape.flat(columns), inputs, List.of(), new float[0], task, targets, "");
    }

    /** Returns a sample of these rows as they are. */
    static Sample unscaled(int[] rows, Task task) {
        return new Sample(
                rows,
                List.of(Scale.NONE),
                List.of(),
                Collections.nCopies(task.targetCount(), Scale.NONE));
    }

    static Recipe recipe(Optimizer optimizer, int batch, int epochs) {
        return recipe(new Loss.Mse(), optimizer, batch, epochs);
    }

    static Recipe recipe(Loss loss, Optimizer optimizer, int batch, int epochs) {
        return new Recipe(
                loss,
                optimizer,
                Initialisation.KAIMING_UNIFORM,
                batch,
                epochs,
                new StabilityStop.Off());
    }

    /** Returns a recipe with other settings of what came later. */
    static Recipe with(
            Recipe recipe,
            Clipping clip,
            Schedule schedule,
            Warmup warmup,
            Optional<RestoreBest> restoreBest) {
        return new Recipe(
                recipe.loss(),
                recipe.optimizer(),
                recipe.init(),
                recipe.batch(),
                recipe.epochs(),
                recipe.stability(),
                clip,
                schedule,
                warmup,
                restoreBest,
                recipe.augmentation());
    }

    /** Returns a recipe with other random changes of the inputs. */
    static Recipe with(Recipe recipe, Augmentation augmentation) {
        return new Recipe(
                recipe.loss(),
                recipe.optimizer(),
                recipe.init(),
                recipe.batch(),
                recipe.epochs(),
                recipe.stability(),
                recipe.clip(),
                recipe.schedule(),
                recipe.warmup(),
                recipe.restoreBest(),
                augmentation);
    }

    /** Returns limits of each gradient and of their norm. */
    static Clipping clip(double value, double norm) {
        return new Clipping(OptionalDouble.of(value), OptionalDouble.of(norm));
    }

    static Candidate candidate(Network network, Recipe recipe) {
        return new Candidate("candidate", new LinkedHashMap<>(), network, recipe, 0);
    }

    static Sample unscaled(int[] rows, int features) {
        return scaled(rows, features, Scale.NONE);
    }

    /** Returns a sample of these rows with one scale for everything. */
    static Sample scaled(int[] rows, int features, Scale scale) {
        return new Sample(
                rows, List.of(scale), Collections.nCopies(features, scale), List.of(scale));
    }

    /** The first half is pool, then validation, then test. */
    static Partition partition(int rows) {
        return new Partition(
                IntStream.range(0, rows / 2).toArray(),
                IntStream.range(rows / 2, rows * 3 / 4).toArray(),
                IntStream.range(rows * 3 / 4, rows).toArray());
    }

    /** Draws {@code size} rows of the pool, scaled by fixed numbers. */
    static SampleSource samples(int[] pool, int size, int features) {
        return source(
                size,
                (seed, count) -> {
                    int[] rows = pool.clone();
                    new RandomStream(seed, Stream.ROWS).choose(rows, count);
                    Scale scale = new Scale(Scale.Transform.IDENTITY, 1, 0.5, 2);
                    return scaled(Arrays.copyOf(rows, count), features, scale);
                });
    }

    /** Draws as the function does; a study's samples have {@code size} rows. */
    static SampleSource source(int size, BiFunction<Seed, Integer, Sample> draw) {
        return new SampleSource() {
            @Override
            public int rows() {
                return size;
            }

            @Override
            public Sample draw(Seed seed, int rows) {
                return draw.apply(seed, rows);
            }
        };
    }

    /**
     * Returns a network of convolutions, pooling, activation, features and dense layers, for images
     * of 15 x 15.
     */
    static Network convolutional(Activation function, boolean concat) {
        Layer activation = new Layer.Activate(function);
        List<Layer> layers =
                new java.util.ArrayList<>(
                        List.of(
                                new Layer.Conv2d(5, 3, 1, Padding.SAME),
                                activation,
                                new Layer.MaxPool(2, 2),
                                new Layer.Conv2d(6, 3, 1, Padding.VALID),
                                activation,
                                new Layer.MaxPool(2, 2),
                                new Layer.Flatten(),
                                new Layer.Dense(9),
                                activation));
        if (concat) {
            layers.add(new Layer.ConcatFeatures());
        }
        layers.add(new Layer.Dense(1));
        return new Network(layers);
    }

    static Network dense() {
        return new Network(
                List.of(
                        new Layer.Dense(10),
                        new Layer.Activate(Activation.TANH),
                        new Layer.Dense(6),
                        new Layer.Activate(Activation.ELU),
                        new Layer.Dense(1)));
    }
}
