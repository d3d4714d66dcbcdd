package dev.mettle.engine;

import dev.mettle.core.data.Categories;
import dev.mettle.core.data.Dataset;
import dev.mettle.core.data.Sample;
import dev.mettle.core.data.Scale;
import dev.mettle.core.data.Shape;
import dev.mettle.core.data.Task;
import dev.mettle.core.network.Activation;
import dev.mettle.core.network.Layer;
import dev.mettle.core.network.Network;
import dev.mettle.core.random.Purpose;
import dev.mettle.core.random.RandomStream;
import dev.mettle.core.random.Seed;
import dev.mettle.core.random.Stream;
import dev.mettle.core.study.Augmentation;
import dev.mettle.core.study.Augmentation.Flip;
import dev.mettle.core.study.Clipping;
import dev.mettle.core.study.InitialWeights;
import dev.mettle.core.study.Initialisation;
import dev.mettle.core.study.Loss;
import dev.mettle.core.study.Optimizer;
import dev.mettle.core.study.Recipe;
import dev.mettle.core.study.StabilityStop;
import dev.mettle.core.study.StudyDefaults;
import dev.mettle.core.study.Warmup;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Times what reaches a network: embeddings, constant channels and augmentation, each beside the
 * same training without it. Prints microseconds of processor time per row and training step, the
 * median over epochs; pytorch/inputs.py has the same cases.
 */
final class InputBenchmark {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int ROWS = 12_800;
    private static final int FEATURES = 2;
    private static final Seed SEED = new Seed(1, Purpose.ASSESS, Seed.Source.INIT, 0);
    private static final Shape TABLE = Shape.flat(8);
    private static final Shape IMAGE = new Shape(1, 15, 15);
    private static final Layer RELU = new Layer.Activate(Activation.RELU);

    private InputBenchmark() {}

    /** Takes the name of the case and the seconds of warm-up, and again of measurement. */
    public static void main(String[] arguments) {
        Training training = training(arguments[0]);
        long nanos = (long) (Double.parseDouble(arguments[1]) * 1e9);
        int[] order = IntStream.range(0, ROWS).toArray();
        RandomStream random = new RandomStream(SEED, Stream.ORDER);
        long start = System.nanoTime();
        List<Double> times = new ArrayList<>();
        while (times.isEmpty() || System.nanoTime() - start < 2 * nanos) {
            long before = THREADS.getCurrentThreadCpuTime();
            random.shuffle(order, ROWS);
            training.epoch(order);
            if (System.nanoTime() - start > nanos) {
                times.add((THREADS.getCurrentThreadCpuTime() - before) / 1e3 / ROWS);
            }
        }
        Collections.sort(times);
        System.out.printf(Locale.ROOT, "%.4f%n", times.get(times.size() / 2));
    }

    private static Training training(String name) {
        return switch (name) {
            case "table" -> training(TABLE, dense(), 64, Augmentation.NONE);
            case "embeddings" -> training(TABLE, embedded(), 64, Augmentation.NONE);
            case "image" -> training(IMAGE, conv(false), 256, Augmentation.NONE);
            case "channels" -> training(IMAGE, conv(true), 256, Augmentation.NONE);
            case "moves" ->
                    training(IMAGE, conv(false), 256, new Augmentation(2, Flip.HORIZONTAL, 0));
            case "noise" -> training(IMAGE, conv(false), 256, new Augmentation(0, Flip.NONE, 0.1));
            default -> throw new IllegalArgumentException("there is no case '%s'.".formatted(name));
        };
    }

    private static List<Layer> dense() {
        return List.of(new Layer.Dense(64), RELU, new Layer.Dense(64), RELU, new Layer.Dense(1));
    }

    private static List<Layer> embedded() {
        List<Layer> layers = new ArrayList<>(dense());
        layers.add(0, new Layer.Embedding("region", 24, 4));
        layers.add(1, new Layer.Embedding("month", 12, 3));
        return layers;
    }

    private static List<Layer> conv(boolean channels) {
        List<Layer> layers = new ArrayList<>();
        layers.add(new Layer.Conv2d(8, 3, 1, Layer.Padding.VALID));
        layers.add(RELU);
        layers.add(new Layer.MaxPool(2, 2));
        if (channels) {
            layers.add(new Layer.ConcatFeatures());
        }
        layers.addAll(
                List.of(
                        new Layer.Conv2d(16, 3, 1, Layer.Padding.VALID),
                        RELU,
                        new Layer.MaxPool(2, 2),
                        new Layer.Flatten(),
                        new Layer.Dense(64),
                        RELU,
                        new Layer.Dense(1)));
        return layers;
    }

    private static Training training(
            Shape shape, List<Layer> layers, int batch, Augmentation augmentation) {
        Recipe recipe =
                new Recipe(
                        new Loss.Mse(),
                        new Optimizer.Adam(0.001, 0.9, 0.999, 1e-8, 0),
                        InitialWeights.of(Initialisation.KAIMING_UNIFORM),
                        batch,
                        1,
                        new StabilityStop.Off(),
                        Clipping.NONE,
                        StudyDefaults.SCHEDULE,
                        Warmup.NONE,
                        Optional.empty(),
                        augmentation);
        Workspace workspace = new Workspace();
        int[] rows = IntStream.range(0, ROWS).toArray();
        Sample sample =
                new Sample(
                        rows,
                        List.of(Scale.NONE),
                        Collections.nCopies(FEATURES, Scale.NONE),
                        List.of(Scale.NONE));
        workspace.sample().fill(data(shape), rows, sample);
        NetworkPlan plan = new NetworkPlan(new Network(layers), shape, FEATURES, batch);
        Training training = new Training(plan, workspace, recipe);
        training.initialise(SEED);
        training.augment(SEED, 0);
        return training;
    }

    private static Dataset data(Shape shape) {
        RandomStream random = new RandomStream(SEED, Stream.ROWS);
        double[] targets = new double[ROWS];
        int[] codes = new int[2 * ROWS];
        for (int i = 0; i < ROWS; i++) {
            targets[i] = random.nextGaussian();
            codes[2 * i] = random.nextInt(24);
            codes[2 * i + 1] = random.nextInt(12);
        }
        return new Dataset(
                shape,
                normal(random, ROWS * shape.size()),
                Collections.nCopies(FEATURES, "f"),
                normal(random, ROWS * FEATURES),
                new Categories(
                        List.of(
                                new Categories.Column("region", 24),
                                new Categories.Column("month", 12)),
                        codes),
                Task.regression("y"),
                targets,
                "");
    }

    private static float[] normal(RandomStream random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
