package dev.mettle.core.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;

/** Makes repeats on several threads. */
public final class Repeats {
    private Repeats() {}

    /**
     * Returns the results of repeats 0 to count - 1, in that order.
     *
     * @param finished is told the number of repeats done, by the calling thread
     * @param repeat makes one; called by several threads at once
     * @throws InterruptedException when told to stop
     */
    public static <T> List<T> of(
            int count, int threads, IntConsumer finished, IntFunction<T> repeat)
            throws InterruptedException {
        List<T> results = new ArrayList<>(count);
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            List<Future<T>> futures = new ArrayList<>(count);
            for (int r = 0; r < count; r++) {
                int number = r;
                futures.add(executor.submit(() -> repeat.apply(number)));
            }
            try {
                for (Future<T> future : futures) {
                    results.add(future.get());
                    finished.accept(results.size());
                }
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            } finally {
                executor.shutdownNow();
            }
        }
        return results;
    }
}
