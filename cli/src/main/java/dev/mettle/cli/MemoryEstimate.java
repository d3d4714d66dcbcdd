package dev.mettle.cli;

import dev.mettle.core.data.Dataset;
import dev.mettle.engine.TrainingMemory;

import java.util.Locale;

/**
 * The heap that a study takes while it trains, from shapes and threads alone: the data, which all
 * threads share, each thread's scaled rows and network, and the rest of the program.
 *
 * @param dataBytes of the data set
 * @param perThread of one thread's trainings
 * @param threads instances trained at a time
 * @param sample rows of a sample
 */
record MemoryEstimate(long dataBytes, TrainingMemory perThread, int threads, int sample) {
    /** Candidates, loss table, ledger, report and the room that the collector needs. */
    static final long PROGRAM_BYTES = 64L << 20;

    private static final double BYTES_PER_GB = 1e9;

    /**
     * Estimates, for samples as large as the study says.
     *
     * @throws UserException when a network is too large to be trained at all
     */
    static MemoryEstimate of(OpenStudy open, int threads) {
        return of(open, threads, open.study().sample());
    }

    /** Estimates, for samples of so many rows. */
    static MemoryEstimate of(OpenStudy open, int threads, int sample) {
        Dataset data = open.data();
        long bytes =
                (long) Float.BYTES * (data.inputs().length + (long) data.features().length)
                        + (long) Double.BYTES * data.targets().length
                        + (long) Integer.BYTES
                                * (data.rows() + (long) data.categories().codes().length);
        int heldOut =
                Math.max(open.partition().validation().length, open.partition().test().length);
        try {
            return new MemoryEstimate(
                    bytes,
                    TrainingMemory.of(
                            data.inputShape(),
                            data.featureCount(),
                            data.categories().columnCount(),
                            data.task(),
                            open.study().candidates(),
                            sample,
                            heldOut),
                    threads,
                    sample);
        } catch (IllegalArgumentException e) {
            throw new UserException("%s: %s".formatted(open.file(), e.getMessage()));
        }
    }

    /**
     * Makes sure that the study fits before anything is trained.
     *
     * @return the estimate
     * @throws UserException with needed and available memory when it does not
     */
    static MemoryEstimate require(OpenStudy open, int threads) {
        return require(open, threads, open.study().sample());
    }

    /** As above, for samples of so many rows. */
    static MemoryEstimate require(OpenStudy open, int threads, int sample) {
        MemoryEstimate estimate = of(open, threads, sample);
        estimate.require(open, Runtime.getRuntime().maxMemory());
        return estimate;
    }

    /**
     * Makes sure that two studies fit together.
     *
     * @throws UserException with needed and available memory when they do not
     */
    static void require(OpenStudy first, OpenStudy second, int threads) {
        long available = Runtime.getRuntime().maxMemory();
        MemoryEstimate one = require(first, threads);
        MemoryEstimate other = require(second, threads);
        long needed = one.bytes() + other.bytes() - PROGRAM_BYTES;
        if (needed > available) {
            throw new UserException(
                    ("%s and %s need about %s of memory together, but the program may use %s. Allow"
                         + " more (METTLE_JAVA_OPTIONS=-Xmx%dg), train fewer at a time (--threads),"
                         + " or take smaller samples or data sets.")
                            .formatted(
                                    first.file(),
                                    second.file(),
                                    gigabytes(needed),
                                    gigabytes(available),
                                    (long) Math.ceil(1.25 * needed / (1L << 30))));
        }
    }

    /** As above, for a heap of {@code available} bytes. */
    void require(OpenStudy open, long available) {
        if (bytes() <= available) {
            return;
        }
        long wanted = (long) Math.ceil(1.25 * bytes() / (1L << 30));
        String fewer =
                threads > 1 && bytes(1) <= available
                        ? "train fewer at a time (--threads %d), "
                                .formatted(threadsThatFit(available))
                        : "";
        throw new UserException(
                ("%s: training with %d %s needs about %s of memory (%s), but the program may use"
                     + " %s. Allow more (METTLE_JAVA_OPTIONS=-Xmx%dg), %sor take a smaller sample,"
                     + " batch or network.")
                        .formatted(
                                open.file(),
                                threads,
                                threads == 1 ? "thread" : "threads",
                                gigabytes(bytes()),
                                parts(),
                                gigabytes(available),
                                wanted,
                                fewer));
    }

    private int threadsThatFit(long available) {
        return (int) ((available - bytes(0)) / perThread.bytes());
    }

    /** Returns all of it. */
    long bytes() {
        return bytes(threads);
    }

    private long bytes(int count) {
        return dataBytes + count * perThread.bytes() + PROGRAM_BYTES;
    }

    /** Returns what the memory is for, in a few words. */
    String parts() {
        return "data %s; each thread %s for its rows, a sample of %,d and held-out ones, and %s for the network of candidate %s"
                .formatted(
                        gigabytes(dataBytes),
                        gigabytes(perThread.rowBytes()),
                        sample,
                        gigabytes(perThread.networkBytes()),
                        perThread.largest());
    }

    /** Returns bytes as GB, or as MB where they are few. */
    static String gigabytes(long bytes) {
        return bytes < BYTES_PER_GB
                ? String.format(Locale.ROOT, "%.0f MB", Math.ceil(bytes / 1e6))
                : String.format(Locale.ROOT, "%.1f GB", bytes / BYTES_PER_GB);
    }
}
