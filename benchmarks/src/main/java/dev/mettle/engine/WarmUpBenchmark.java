package dev.mettle.engine;

import com.sun.management.OperatingSystemMXBean;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Locale;

/**
 * How long a fresh process takes to get up to speed. Trains short instances of the network {@code
 * tiny} on one thread and prints, in seconds of that thread's processor time, what the first 10,
 * 100 and 1,000 of them took, the steady pace (median of the last half), and what the first 1,000
 * lost against that pace; then the processor time that the compiler and the collector took beside.
 */
final class WarmUpBenchmark {
    private static final int INSTANCES = 1_200;
    private static final int COUNTED = 1_000;
    private static final int ROWS = 1_000;
    private static final int EPOCHS = 3;
    private static final int HELD_OUT = 1_000;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private WarmUpBenchmark() {}

    /** Takes no arguments. */
    public static void main(String[] arguments) {
        BenchmarkTraining training =
                new BenchmarkTraining(BenchmarkNetwork.named("tiny"), ROWS, EPOCHS, HELD_OUT);
        double[] seconds = new double[INSTANCES];
        double beside = 0;
        double processBefore = processSeconds();
        double threadBefore = threadSeconds();
        for (int i = 0; i < INSTANCES; i++) {
            double before = threadSeconds();
            training.instance();
            seconds[i] = threadSeconds() - before;
            if (i == COUNTED - 1) {
                beside = processSeconds() - processBefore - (threadSeconds() - threadBefore);
            }
        }
        double[] last = Arrays.copyOfRange(seconds, INSTANCES / 2, INSTANCES);
        Arrays.sort(last);
        double pace = last[last.length / 2];
        double thousand = sum(seconds, COUNTED);
        System.out.printf(
                Locale.ROOT,
                "first 10: %.2f s, 100: %.2f s, 1,000: %.2f s; steady %.2f ms; lost %.2f s;"
                        + " beside %.2f s%n",
                sum(seconds, 10),
                sum(seconds, 100),
                thousand,
                1e3 * pace,
                thousand - COUNTED * pace,
                beside);
    }

    private static double sum(double[] seconds, int count) {
        return Arrays.stream(seconds, 0, count).sum();
    }

    private static double threadSeconds() {
        return THREADS.getCurrentThreadCpuTime() / 1e9;
    }

    private static double processSeconds() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime()
                / 1e9;
    }
}
