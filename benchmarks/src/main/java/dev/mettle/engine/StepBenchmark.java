package dev.mettle.engine;

import dev.mettle.engine.kernel.FmaPeak;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Times one network in a fresh process. Prints four numbers: microseconds of processor time per row
 * of a bare training step and of whole instances ({@link BenchmarkTraining}), the step's share of
 * the machine's own fma peak ({@link FmaPeak}, measured before and after in the same process), and
 * how many times the rows of one thread all threads get through.
 *
 * <p>With several threads each trains for itself, and the times are means over them.
 */
final class StepBenchmark {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final long PEAK_NANOS = 400_000_000L;
    private static final int MOST_REPEATS = 10_000;

    private final BenchmarkNetwork network;
    private final long nanos;
    private final int threads;

    private StepBenchmark(BenchmarkNetwork network, long nanos, int threads) {
        this.network = network;
        this.nanos = nanos;
        this.threads = threads;
    }

    /**
     * Takes the network's name, the seconds that each of warm-up and measurement may take, and the
     * number of threads (1 if left out). With 0 seconds it measures for one repeat only.
     */
    public static void main(String[] arguments) throws Exception {
        int threads = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 1;
        long nanos = (long) (Double.parseDouble(arguments[1]) * 1e9);
        new StepBenchmark(BenchmarkNetwork.named(arguments[0]), nanos, threads).print();
    }

    private void print() throws Exception {
        double peak = FmaPeak.gigaflops(PEAK_NANOS);
        double alone = step(1);
        double step = threads == 1 ? alone : step(threads);
        double instance =
                onThreads(
                        threads,
                        training -> median(training::instance, network.rows() * network.epochs()));
        peak = Math.max(peak, FmaPeak.gigaflops(PEAK_NANOS));
        double gigaflops = network.trainingFlops() / (step * 1e3);
        System.out.printf(
                Locale.ROOT,
                "%.4f %.4f %.4f %.3f%n",
                step,
                instance,
                gigaflops / peak,
                threads * alone / step);
    }

    private double step(int threads) throws Exception {
        return onThreads(threads, training -> median(training::epoch, network.rows()));
    }

    /** One thread's measurement. */
    private interface Measurement {
        double of(BenchmarkTraining training);
    }

    /** Returns the mean over threads that begin together. */
    private double onThreads(int threads, Measurement measurement) throws Exception {
        CyclicBarrier start = new CyclicBarrier(threads);
        Callable<Double> one =
                () -> {
                    BenchmarkTraining training = new BenchmarkTraining(network);
                    start.await();
                    return measurement.of(training);
                };
        List<Callable<Double>> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            all.add(one);
        }
        double sum = 0;
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            for (Future<Double> result : executor.invokeAll(all)) {
                sum += result.get();
            }
        }
        return sum / threads;
    }

    /**
     * Warms up for the time given, then measures for as long; returns the median in microseconds
     * per row.
     */
    private double median(Runnable work, double rows) {
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
            times[count++] = (THREADS.getCurrentThreadCpuTime() - before) / 1e3 / rows;
        }
        double[] sorted = Arrays.copyOf(times, count);
        Arrays.sort(sorted);
        return sorted[count / 2];
    }
}
