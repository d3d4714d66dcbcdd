package dev.mettle.engine;

import com.sun.management.ThreadMXBean;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.function.LongConsumer;

/**
 * Notices without a stopwatch that one thread's kernels are not compiled: vector code outside of
 * C2's machine code puts every vector into an object of its own and is 10 to 100 times slower,
 * whereas a compiled training step allocates nothing.
 *
 * <p>An epoch whose steps allocate more than {@value #BYTES_PER_STEP} bytes each has slow time: all
 * of it, or in a long epoch that was soon compiled at most {@value #NANOS_PER_BYTE} ns for each
 * byte. Every JVM begins with slow time, and a new kind of layer brings some more, so time is kept
 * as in a leaky bucket: slow processor time fills it, the rest drains it by a tenth of it. It
 * overflows, once, when slow time is more than about a tenth of all for so long that {@link
 * #PATIENCE} has gathered. Used by one thread.
 */
final class CompilationWatch {
    /** A tenth of what the smallest kernel's boxes take in a step; noise is below 100. */
    static final long BYTES_PER_STEP = 1024;

    /** Several times what the warm-up of all kernels together takes on one thread. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Boxes are made at 100 MB a second and more, in the interpreter too. */
    static final int NANOS_PER_BYTE = 10;

    private static final int DRAIN = 10;

    private final Meter meter;
    private final LongConsumer overflow;
    private long slowNanos;
    private long nanosBefore;
    private long bytesBefore;
    private boolean overflown;

    /** What the current thread has used since it began. */
    interface Meter {
        /** Returns the processor time. */
        long nanos();

        /** Returns the memory allocated, freed or not. */
        long bytes();
    }

    /**
     * Takes the meter of the thread that calls, and whom to tell the bytes per step of the last
     * slow epoch.
     */
    CompilationWatch(Meter meter, LongConsumer overflow) {
        this.meter = meter;
        this.overflow = overflow;
    }

    /** Returns the JVM's meter, or one that stands still on a JVM that does not measure threads. */
    static Meter meterOfThread() {
        if (ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads
                && threads.isThreadAllocatedMemorySupported()
                && threads.isCurrentThreadCpuTimeSupported()) {
            return new JvmMeter(threads);
        }
        return new StandingMeter();
    }

    /** An epoch begins. */
    void begin() {
        nanosBefore = meter.nanos();
        bytesBefore = meter.bytes();
    }

    /** The epoch is over. */
    void end(int steps) {
        long bytes = meter.bytes() - bytesBefore;
        long bytesPerStep = bytes / steps;
        long nanos = meter.nanos() - nanosBefore;
        long slow = bytesPerStep <= BYTES_PER_STEP ? 0 : Math.min(nanos, bytes * NANOS_PER_BYTE);
        slowNanos = Math.max(0, slowNanos - (nanos - slow) / DRAIN) + slow;
        if (slow > 0 && slowNanos > PATIENCE.toNanos() && !overflown) {
            overflown = true;
            overflow.accept(bytesPerStep);
        }
    }

    private record JvmMeter(ThreadMXBean threads) implements Meter {
        @Override
        public long nanos() {
            return threads.getCurrentThreadCpuTime();
        }

        @Override
        public long bytes() {
            return threads.getCurrentThreadAllocatedBytes();
        }
    }

    private record StandingMeter() implements Meter {
        @Override
        public long nanos() {
            return 0;
        }

        @Override
        public long bytes() {
            return 0;
        }
    }
}
