package dev.mettle.engine.kernel;

import com.sun.management.ThreadMXBean;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

import java.lang.management.ManagementFactory;

/**
 * The most float operations a second that one thread can do here: fused multiply-adds on twelve
 * independent registers, no memory. Twelve hide the latency of four cycles on two units. An fma
 * counts as two operations. Time is the thread's processor time.
 */
public final class FmaPeak {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int SUMS = 12;
    private static final int TURNS =
            1 << 14; // short, so that the loop is compiled by its calls and not half-way

    /** Two dependent operations of one cycle each in every turn of {@link #chain}. */
    private static final int CHAIN_CYCLES = 2;

    private FmaPeak() {}

    /**
     * Prints the peak and, as a check that no work was left out, how many operations that is in a
     * cycle: twice the lanes for each unit (64 with two units of 16 lanes).
     */
    public static void main(String[] arguments) {
        double peak = gigaflops(2_000_000_000L);
        double gigahertz = gigahertz(1_000_000_000L);
        System.out.printf(
                "%.1f GFLOP/s at %.2f GHz: %.1f operations a cycle, %d lanes%n",
                peak, gigahertz, peak / gigahertz, SPECIES.length());
    }

    /**
     * Returns the best rate of the repeats that fit into the time given; goes on until one counts.
     * A repeat that allocates is not compiled yet and does not count.
     */
    public static double gigaflops(long nanos) {
        long start = System.nanoTime();
        double best = 0;
        while (best == 0 || System.nanoTime() - start < nanos) {
            long bytes = THREADS.getCurrentThreadAllocatedBytes();
            long before = THREADS.getCurrentThreadCpuTime();
            float sum = sums();
            double seconds = (THREADS.getCurrentThreadCpuTime() - before) / 1e9;
            requireAbout(2 * SUMS * SPECIES.length(), sum);
            if (THREADS.getCurrentThreadAllocatedBytes() - bytes < TURNS) {
                best = Math.max(best, 2.0 * SUMS * SPECIES.length() * TURNS / seconds / 1e9);
            }
        }
        return best;
    }

    /** x = x/2 + 1 in every lane of every register, which tends to 2. */
    private static float sums() {
        FloatVector half = FloatVector.broadcast(SPECIES, 0.5f);
        FloatVector one = FloatVector.broadcast(SPECIES, 1f);
        FloatVector a = one;
        FloatVector b = one;
        FloatVector c = one;
        FloatVector d = one;
        FloatVector e = one;
        FloatVector f = one;
        FloatVector g = one;
        FloatVector h = one;
        FloatVector i = one;
        FloatVector j = one;
        FloatVector k = one;
        FloatVector l = one;
        for (int turn = 0; turn < TURNS; turn++) {
            a = a.fma(half, one);
            b = b.fma(half, one);
            c = c.fma(half, one);
            d = d.fma(half, one);
            e = e.fma(half, one);
            f = f.fma(half, one);
            g = g.fma(half, one);
            h = h.fma(half, one);
            i = i.fma(half, one);
            j = j.fma(half, one);
            k = k.fma(half, one);
            l = l.fma(half, one);
        }
        FloatVector sum = a.add(b).add(c).add(d).add(e).add(f).add(g).add(h).add(i).add(j);
        float total = 0;
        for (float lane : sum.add(k).add(l).toArray()) {
            total += lane;
        }
        return total;
    }

    private static double gigahertz(long nanos) {
        long start = System.nanoTime();
        double best = 0;
        long state = 1;
        while (System.nanoTime() - start < nanos) {
            long before = THREADS.getCurrentThreadCpuTime();
            state = chain(state);
            double spent = THREADS.getCurrentThreadCpuTime() - before;
            best = Math.max(best, (double) CHAIN_CYCLES * TURNS / spent);
        }
        if (state == 0) {
            throw new IllegalStateException("a shift register that is not 0 never becomes 0.");
        }
        return best;
    }

    private static long chain(long state) {
        long x = state;
        for (int turn = 0; turn < TURNS; turn++) {
            x ^= x << 1; // a shift and an exclusive or, each waiting for the one before
        }
        return x | 1;
    }

    private static void requireAbout(float expected, float actual) {
        if (Math.abs(actual - expected) > 1e-3f * expected) {
            throw new IllegalStateException(
                    "the sums are %s instead of %s.".formatted(actual, expected));
        }
    }
}
