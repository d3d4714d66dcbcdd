package dev.mettle.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class CompilationWatchTest {
    private static final long PATIENCE = CompilationWatch.PATIENCE.toNanos();
    private static final long BOXED = 1_000_000_000;
    private static final int STEPS = 10;

    private final List<Long> told = new ArrayList<>();
    private final HandMeter meter = new HandMeter();
    private final CompilationWatch watch = new CompilationWatch(meter, told::add);

    /** A meter that stands where the test puts it. */
    private static final class HandMeter implements CompilationWatch.Meter {
        private long nanos = 123;
        private long bytes = 456;

        @Override
        public long nanos() {
            return nanos;
        }

        @Override
        public long bytes() {
            return bytes;
        }
    }

    private void epoch(long nanos, long bytesPerStep) {
        watch.begin();
        meter.nanos += nanos;
        meter.bytes += bytesPerStep * STEPS;
        watch.end(STEPS);
    }

    @Test
    void aWarmUpShorterThanThePatienceIsNotTold() {
        epoch(PATIENCE / 2, BOXED);
        epoch(PATIENCE - PATIENCE / 2, BOXED);
        epoch(1000 * PATIENCE, CompilationWatch.BYTES_PER_STEP);
        assertThat(told).isEmpty();
    }

    @Test
    void kernelsThatStayUncompiledAreToldOnceWithWhatTheLastStepAllocated() {
        epoch(PATIENCE, BOXED);
        assertThat(told).isEmpty();
        epoch(1, CompilationWatch.BYTES_PER_STEP + 1);
        epoch(PATIENCE, BOXED);
        assertThat(told).containsExactly(CompilationWatch.BYTES_PER_STEP + 1);
    }

    @Test
    void aKernelThatOnlySomeInstancesUseIsToldWhenItTakesMoreThanATenthOfTheTime() {
        for (int i = 0; i < 100; i++) {
            epoch(PATIENCE / 10, BOXED);
            epoch(PATIENCE / 2, 0);
        }
        assertThat(told).containsExactly(BOXED);
    }

    @Test
    void slowEpochsNowAndThenInALongRunAreNotTold() {
        for (int i = 0; i < 1000; i++) {
            epoch(PATIENCE / 10, BOXED);
            epoch(PATIENCE, 0);
        }
        assertThat(told).isEmpty();
    }

    @Test
    void aLongEpochThatIsSoonCompiledIsNotTold() {
        for (int i = 0; i < 3; i++) {
            epoch(PATIENCE, PATIENCE / 100 / STEPS / CompilationWatch.NANOS_PER_BYTE);
        }
        assertThat(told).isEmpty();
        epoch(2 * PATIENCE, 2 * PATIENCE / STEPS / CompilationWatch.NANOS_PER_BYTE);
        assertThat(told).hasSize(1);
    }

    @Test
    void theJvmsMeterCountsWhatTheThreadAllocates() {
        CompilationWatch.Meter own = CompilationWatch.meterOfThread();
        long before = own.bytes();
        long nanos = own.nanos();
        byte[] memory = new byte[1 << 20];
        assertThat(own.bytes() - before).isGreaterThanOrEqualTo(memory.length);
        assertThat(own.nanos()).isGreaterThanOrEqualTo(nanos);
    }
}
