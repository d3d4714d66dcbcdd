package dev.mettle.engine;

import dev.mettle.core.data.Dataset;
import dev.mettle.core.data.Partition;
import dev.mettle.core.data.Sample;
import dev.mettle.core.data.Scale;
import dev.mettle.core.data.Task;
import dev.mettle.core.instance.InstanceKey;
import dev.mettle.core.network.Network;
import dev.mettle.core.random.Purpose;
import dev.mettle.core.random.RandomStream;
import dev.mettle.core.random.Seed;
import dev.mettle.core.random.Stream;
import dev.mettle.core.study.Candidate;
import dev.mettle.core.study.HeldOutLoss;
import dev.mettle.core.study.Initialisation;
import dev.mettle.core.study.Loss;
import dev.mettle.core.study.Optimizer;
import dev.mettle.core.study.Recipe;
import dev.mettle.core.study.StabilityStop;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Times one network on one thread, in a fresh process. Prints two numbers, microseconds of CPU time
 * per row and training step: of the bare step (with a shuffle and a gather for each mini-batch, as
 * in step.py), and of whole instances through {@link NetworkTrainer} (scaling, initialisation,
 * epochs, held-out evaluation).
 */
final class StepBenchmark {
    private static final int ROWS = 12_800;
    private static final int HELD_OUT = 2_000;
    private static final int EPOCHS = 20;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final Seed SEED = new Seed(1, Purpose.ASSESS, Seed.Source.INIT, 0);

    private StepBenchmark() {}

    /** Takes the network's name and the seconds that each of warm-up and measurement may take. */
    public static void main(String[] arguments) {
        BenchmarkNetwork network = BenchmarkNetwork.named(arguments[0]);
        long nanos = (long) (Double.parseDouble(arguments[1]) * 1e9);
        double step = bareStep(network, nanos);
        double instance = wholeInstance(network, nanos);
        System.out.printf("%.4f %.4f%n", step, instance);
    }

    private static Recipe recipe(BenchmarkNetwork network) {
        return new Recipe(
                new Loss.Mse(),
                new Optimizer.Adam(0.001, 0.9, 0.999, 1e-8, 0),
                Initialisation.KAIMING_UNIFORM,
                network.batch(),
                EPOCHS,
                new StabilityStop.Off());
    }

    private static Dataset data(BenchmarkNetwork network) {
        RandomStream random = new RandomStream(SEED, Stream.ROWS);
        int rows = ROWS + HELD_OUT;
        float[] inputs = new float[rows * network.input().size()];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = (float) random.nextGaussian();
        }
        double[] targets = new double[rows];
        for (int i = 0; i < rows; i++) {
            targets[i] = random.nextGaussian();
        }
        return new Dataset(
                network.input(),
                inputs,
                List.of(),
                new float[0],
                Task.regression("y"),
                targets,
                "");
    }

    private static Sample sample() {
        return new Sample(
                IntStream.range(0, ROWS).toArray(),
                List.of(Scale.NONE),
                List.of(),
                List.of(Scale.NONE));
    }

    private static double bareStep(BenchmarkNetwork network, long nanos) {
        Workspace workspace = new Workspace();
        Sample sample = sample();
        workspace.sample().fill(data(network), sample.rows(), sample);
        NetworkPlan plan = new NetworkPlan(network.network(), network.input(), 0, network.batch());
        Training training = new Training(plan, workspace, recipe(network));
        training.initialise(SEED);
        RandomStream random = new RandomStream(SEED, Stream.ORDER);
        int[] order = sample.rows().clone();
        return medianOfRepeats(
                nanos,
                ROWS,
                () -> {
                    random.shuffle(order, order.length);
                    training.epoch(order);
                });
    }

    private static double wholeInstance(BenchmarkNetwork network, long nanos) {
        Dataset data = data(network);
        int[] heldOut = IntStream.range(ROWS, ROWS + HELD_OUT).toArray();
        Sample sample = sample();
        NetworkTrainer trainer =
                new NetworkTrainer(
                        1,
                        data,
                        new Partition(sample.rows(), heldOut, heldOut),
                        seed -> sample,
                        new HeldOutLoss.Mse());
        Network layers = network.network();
        Candidate candidate = new Candidate("c", new LinkedHashMap<>(), layers, recipe(network), 0);
        InstanceKey key = InstanceKey.paired("c", Purpose.ASSESS, 0);
        return medianOfRepeats(nanos, (double) ROWS * EPOCHS, () -> trainer.train(candidate, key));
    }

    /**
     * Warms up for the time given, then measures for as long; returns the median in microseconds
     * per row.
     */
    private static double medianOfRepeats(long nanos, double rows, Runnable work) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < nanos) {
            work.run();
        }
        double[] times = new double[10_000];
        int count = 0;
        start = System.nanoTime();
        while (count == 0 || System.nanoTime() - start < nanos && count < times.length) {
            long before = THREADS.getCurrentThreadCpuTime();
            work.run();
            times[count++] = (THREADS.getCurrentThreadCpuTime() - before) / 1e3 / rows;
        }
        double[] sorted = Arrays.copyOf(times, count);
        Arrays.sort(sorted);
        return sorted[count / 2];
    }
}
