package dev.mettle.engine;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.util.concurrent.TimeUnit;

/**
 * The bare training step under JMH: time per row, and with the profiler {@code gc} the bytes that
 * are allocated per row, which must be none. An invocation is an epoch of {@value
 * BenchmarkTraining#ROWS} rows.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1)
public class TrainingStep {
    /** Names of {@link BenchmarkNetwork}. */
    @Param({"small", "wide", "five", "batch32", "dense", "same"})
    public String network = "";

    private BenchmarkTraining training = new BenchmarkTraining(BenchmarkNetwork.named("dense"));

    /** Makes the network and its rows. */
    @Setup
    public void prepare() {
        training = new BenchmarkTraining(BenchmarkNetwork.named(network));
    }

    /** Trains one epoch; returns its loss, so that nothing is optimised away. */
    @Benchmark
    @OperationsPerInvocation(BenchmarkTraining.ROWS)
    public float epoch() {
        return training.epoch();
    }
}
