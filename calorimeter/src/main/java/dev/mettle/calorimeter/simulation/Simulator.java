package dev.mettle.calorimeter.simulation;

import dev.mettle.core.random.Purpose;
import dev.mettle.core.random.RandomStream;
import dev.mettle.core.random.Seed;
import dev.mettle.core.random.Stream;
import dev.mettle.core.study.DataSource;
import dev.mettle.core.study.Detector;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * Simulates events in a calorimeter. Event e is a pure function of (detector, set, spectrum, seed,
 * e): the same bits for any number of events and of threads. Its photons, their showers and the
 * read-out have a random stream each, so that another noise leaves the showers as they are.
 */
public final class Simulator {
    /** Events a thread takes at a time: about 10 ms of work. */
    private static final int BATCH = 64;

    private final DataSource.Simulation settings;
    private final Detector detector;
    private final EventSource source;
    private final ReadOut readOut;

    /** Takes what is to be simulated. */
    public Simulator(DataSource.Simulation settings) {
        this.settings = settings;
        this.detector = settings.detector();
        this.source = new EventSource(settings.set(), settings.spectrum(), detector);
        this.readOut = new ReadOut(detector);
    }

    /**
     * Simulates all events.
     *
     * @param threads at least 1
     * @param progress is told the number of finished events now and then, by any thread, one call
     *     at a time
     * @throws InterruptedException when the calling thread is interrupted; all threads have ended
     */
    public Showers simulate(int threads, IntConsumer progress) throws InterruptedException {
        if (threads < 1) {
            throw new IllegalArgumentException(
                    "threads (%d) must be 1 or more.".formatted(threads));
        }
        Showers showers = new Showers(settings.events(), detector.matrix());
        Work work = new Work(showers, progress);
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                running.add(executor.submit(work));
            }
            work.await(running);
        }
        return showers;
    }

    /** Makes batches of events until none is left. */
    private final class Work implements Runnable {
        private final Showers showers;
        private final IntConsumer progress;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicBoolean stopped = new AtomicBoolean();
        private int finished;

        Work(Showers showers, IntConsumer progress) {
            this.showers = showers;
            this.progress = progress;
        }

        /** Waits for the end; whatever goes wrong, no thread begins another batch. */
        void await(List<Future<?>> running) throws InterruptedException {
            try {
                for (Future<?> future : running) {
                    future.get();
                }
            } catch (ExecutionException e) {
                throw new IllegalStateException("an event can't be simulated", e.getCause());
            } finally {
                stopped.set(true);
            }
        }

        @Override
        public void run() {
            SpotShower shower = new SpotShower(detector);
            double[] deposits = new double[detector.cells()];
            int batches = (showers.rows() + BATCH - 1) / BATCH;
            for (int batch = next.getAndIncrement();
                    batch < batches && !stopped.get();
                    batch = next.getAndIncrement()) {
                int from = batch * BATCH;
                int to = Math.min(showers.rows(), from + BATCH);
                for (int event = from; event < to; event++) {
                    make(event, shower, deposits, showers);
                }
                report(to - from);
            }
        }

        private synchronized void report(int events) {
            finished += events;
            progress.accept(finished);
        }
    }

    private void make(int event, SpotShower shower, double[] deposits, Showers showers) {
        Seed key = new Seed(settings.seed(), Purpose.RACE, Seed.Source.SAMPLE, event);
        EventSource.Photons photons = source.draw(new RandomStream(key, Stream.EVENT));
        showers.set(event, photons);
        Arrays.fill(deposits, 0);
        RandomStream random = new RandomStream(key, Stream.SHOWER);
        shower.add(photons.main(), random, deposits);
        photons.pileUp().ifPresent(other -> shower.add(other, random, deposits));
        readOut.read(
                deposits,
                new RandomStream(key, Stream.READOUT),
                showers.cells(),
                event * detector.cells());
    }
}
