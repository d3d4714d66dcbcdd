package dev.mettle.engine;

import dev.mettle.core.data.Shape;
import dev.mettle.core.network.Activation;
import dev.mettle.core.network.Axes;
import dev.mettle.core.network.Extent;
import dev.mettle.core.network.Layer;
import dev.mettle.core.network.Layer.Padding;
import dev.mettle.core.network.Network;
import dev.mettle.core.network.Window;
import dev.mettle.core.random.Purpose;
import dev.mettle.core.random.RandomStream;
import dev.mettle.core.random.Seed;
import dev.mettle.core.random.Stream;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Times single layers in a fresh process, on one thread. For each name it prints the name, the
 * microseconds of processor time that a mini-batch of {@value #BATCH} rows takes forward and
 * backward (gradients by weight and by input), and the nominal operations forward;
 * pytorch/layers.py has the same layers by the same names.
 */
final class LayerBenchmark {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int BATCH = 128;
    private static final int BLOCKS = BATCH / 32;
    private static final int MOST_REPEATS = 100_000;

    private LayerBenchmark() {}

    /** A layer and what it reads. */
    private record Case(Shape in, Layer layer) {
        static Case named(String name) {
            Shape wide = new Shape(16, 32, 32);
            return switch (name) {
                case "conv16" -> new Case(wide, conv(16, 1));
                case "conv32" -> new Case(new Shape(32, 16, 16), conv(32, 1));
                case "conv64" -> new Case(new Shape(64, 8, 8), conv(64, 1));
                case "conv128" -> new Case(new Shape(128, 8, 8), conv(128, 1));
                case "conv64x16" -> new Case(new Shape(64, 16, 16), conv(64, 1));
                case "first" -> new Case(new Shape(3, 32, 32), conv(16, 1));
                case "pointwise" ->
                        new Case(new Shape(64, 16, 16), new Layer.Conv2d(64, 1, 1, Padding.VALID));
                case "depthwise" -> new Case(new Shape(64, 16, 16), conv(64, 64));
                case "groups" -> new Case(new Shape(32, 16, 16), conv(32, 4));
                case "strided" -> new Case(wide, padded(32, new Extent(3, 3), new Extent(2, 2)));
                case "dilated" -> new Case(wide, dilated());
                case "conv1d" -> new Case(new Shape(16, 1, 256), sequence());
                case "maxpool" -> new Case(wide, new Layer.MaxPool(pool()));
                case "avgpool" -> new Case(wide, new Layer.AveragePool(pool()));
                case "batchnorm" -> new Case(wide, new Layer.BatchNorm(1e-5, 0.1));
                case "layernorm" -> new Case(wide, new Layer.LayerNorm(1e-5));
                case "dropout" -> new Case(wide, new Layer.Dropout(0.3));
                case "global" -> new Case(wide, new Layer.GlobalPool(false));
                default -> new Case(wide, activation(name));
            };
        }

        private static Layer conv(int channels, int groups) {
            return new Layer.Conv2d(channels, new Window(3, 1, Padding.SAME), groups, true);
        }

        private static Layer padded(int channels, Extent size, Extent stride) {
            Padding one = new Padding.Zeros(Extent.of(1));
            Window window = new Window(size, stride, Extent.of(1), one, Axes.IMAGE);
            return new Layer.Conv2d(channels, window, 1, true);
        }

        private static Layer dilated() {
            Window window =
                    new Window(Extent.of(3), Extent.of(1), Extent.of(2), Padding.SAME, Axes.IMAGE);
            return new Layer.Conv2d(16, window, 1, true);
        }

        private static Layer sequence() {
            Extent one = Extent.of(1);
            Window window = new Window(new Extent(1, 9), one, one, Padding.SAME, Axes.SEQUENCE);
            return new Layer.Conv2d(16, window, 1, true);
        }

        private static Window pool() {
            return new Window(3, 2, new Padding.Zeros(Extent.of(1)));
        }

        private static Layer activation(String name) {
            return new Layer.Activate(Activation.valueOf(name.toUpperCase(Locale.ROOT)));
        }
    }

    /** Takes the seconds of each of warm-up and measurement, twice for each layer, and names. */
    public static void main(String[] arguments) {
        long nanos = (long) (Double.parseDouble(arguments[0]) * 1e9);
        for (String name : Arrays.asList(arguments).subList(1, arguments.length)) {
            print(name, Case.named(name), nanos);
        }
    }

    private static void print(String name, Case c, long nanos) {
        Network network =
                new Network(
                        List.of(
                                new Layer.Conv2d(c.in().channels(), 1, 1, Padding.VALID),
                                c.layer(),
                                new Layer.Flatten(),
                                new Layer.Dense(1)));
        NetworkPlan plan = new NetworkPlan(network, c.in(), 0, BATCH);
        Workspace workspace = new Workspace();
        workspace.attach(plan);
        Seed seed = new Seed(1, Purpose.ASSESS, Seed.Source.INIT, 0);
        RandomStream random = new RandomStream(seed, Stream.ROWS);
        fill(workspace.arena(), plan.arenaFloats(), random);
        fill(workspace.weights(), plan.weightFloats(), random);
        workspace.noise(new RandomStream(seed, Stream.DROPOUT));
        workspace.beginStep();
        List<Stage> stages = stages(plan);
        stages.forEach(stage -> stage.start(workspace));
        double forward = micros(() -> stages.forEach(s -> forward(s, workspace)), nanos);
        double backward =
                micros(() -> stages.reversed().forEach(s -> backward(s, workspace)), nanos);
        System.out.printf(
                Locale.ROOT,
                "%s %.1f %.1f %.0f%n",
                name,
                forward,
                backward,
                c.layer().flops(c.in(), 0) * BATCH);
    }

    /** Returns the stages of the second layer: two of a batch norm, one of another. */
    private static List<Stage> stages(NetworkPlan plan) {
        Stage first = plan.segments().getFirst().head().get(1);
        return plan.segments().size() == 1
                ? List.of(first)
                : List.of(first, plan.segments().get(1).head().getFirst());
    }

    private static void forward(Stage stage, Workspace workspace) {
        for (int block = 0; block < BLOCKS; block++) {
            stage.forward(workspace, block, block + 1);
        }
        stage.complete(workspace, BLOCKS);
    }

    private static void backward(Stage stage, Workspace workspace) {
        stage.start(workspace);
        for (int block = 0; block < BLOCKS; block++) {
            stage.backward(workspace, block, block + 1);
        }
        stage.finish(workspace, BLOCKS);
    }

    private static void fill(float[] values, int count, RandomStream random) {
        for (int i = 0; i < count; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
    }

    /** Returns the median of repeats, after a warm-up as long. */
    private static double micros(Runnable work, long nanos) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < nanos) {
            work.run();
        }
        double[] times = new double[MOST_REPEATS];
        int count = 0;
        start = System.nanoTime();
        while (count == 0 || System.nanoTime() - start < nanos && count < times.length) {
            long before = THREADS.getCurrentThreadCpuTime();
            work.run();
            times[count++] = (THREADS.getCurrentThreadCpuTime() - before) / 1e3;
        }
        double[] sorted = Arrays.copyOf(times, count);
        Arrays.sort(sorted);
        return sorted[count / 2];
    }
}
