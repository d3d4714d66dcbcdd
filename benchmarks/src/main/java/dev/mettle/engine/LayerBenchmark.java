package dev.mettle.engine;

import dev.mettle.core.data.Shape;
import dev.mettle.core.network.Layer;
import dev.mettle.core.network.Layer.Padding;
import dev.mettle.core.network.Network;
import dev.mettle.core.random.Purpose;
import dev.mettle.core.random.RandomStream;
import dev.mettle.core.random.Seed;
import dev.mettle.core.random.Stream;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Times one convolution. */
final class LayerBenchmark {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int BATCH = 128;

    private LayerBenchmark() {}

    public static void main(String[] arguments) {
        int channels = Integer.parseInt(arguments[0]);
        int side = Integer.parseInt(arguments[1]);
        double seconds = Double.parseDouble(arguments[2]);
        Shape shape = new Shape(channels, side, side);
        Layer layer = new Layer.Conv2d(channels, 3, 1, Padding.SAME);
        Network network =
                new Network(
                        List.of(
                                new Layer.Conv2d(channels, 1, 1, Padding.SAME),
                                layer,
                                new Layer.Flatten(),
                                new Layer.Dense(1)));
        NetworkPlan plan = new NetworkPlan(network, shape, 0, BATCH);
        Workspace workspace = new Workspace();
        workspace.attach(plan);
        RandomStream random =
                new RandomStream(new Seed(1, Purpose.ASSESS, Seed.Source.INIT, 0), Stream.ROWS);
        float[] arena = workspace.arena();
        for (int i = 0; i < plan.arenaFloats(); i++) {
            arena[i] = random.nextFloat() - 0.5f;
        }
        float[] weights = workspace.weights();
        for (int i = 0; i < plan.weightFloats(); i++) {
            weights[i] = random.nextFloat() - 0.5f;
        }
        Stage stage = plan.head().get(1);
        double flops = layer.flops(shape) * BATCH;
        stage.start(workspace);
        double forward =
                time(
                        seconds,
                        () -> {
                            for (int b = 0; b < BATCH / 32; b++) stage.forward(workspace, b, b + 1);
                        });
        double backward =
                time(
                        seconds,
                        () -> {
                            for (int b = 0; b < BATCH / 32; b++)
                                stage.backward(workspace, b, b + 1);
                            Arrays.fill(workspace.sums(), 0, plan.sumFloats(), 0f);
                        });
        System.out.printf(
                Locale.ROOT,
                "%d x %d x %d: forward %.1f us %.1f GFLOP/s, backward %.1f us %.1f GFLOP/s, both"
                        + " %.1f us %.1f%n",
                channels,
                side,
                side,
                forward,
                flops / forward / 1e3,
                backward,
                2 * flops / backward / 1e3,
                forward + backward,
                3 * flops / (forward + backward) / 1e3);
    }

    private static double time(double seconds, Runnable work) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < seconds * 1e9) work.run();
        double[] times = new double[100000];
        int n = 0;
        start = System.nanoTime();
        while (System.nanoTime() - start < seconds * 1e9) {
            long before = THREADS.getCurrentThreadCpuTime();
            work.run();
            times[n++] = (THREADS.getCurrentThreadCpuTime() - before) / 1e3;
        }
        double[] sorted = Arrays.copyOf(times, n);
        Arrays.sort(sorted);
        return sorted[n / 2];
    }
}
