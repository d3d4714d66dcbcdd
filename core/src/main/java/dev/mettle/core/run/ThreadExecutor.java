package dev.mettle.core.run;

import dev.mettle.core.instance.InstanceExecutor;
import dev.mettle.core.instance.InstanceKey;
import dev.mettle.core.instance.InstanceResult;
import dev.mettle.core.instance.Outcome;
import dev.mettle.core.instance.Trainer;
import dev.mettle.core.study.Candidate;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Runs instances on a fixed number of threads of this machine, one instance per thread. */
public final class ThreadExecutor implements InstanceExecutor, AutoCloseable {
    private final long studySeed;
    private final Trainer trainer;
    private final Map<String, Candidate> candidates = new ConcurrentHashMap<>();
    private final ExecutorService threads;

    /**
     * Starts the threads; {@link #close} ends them.
     *
     * @param threads at least 1
     */
    public ThreadExecutor(
            long studySeed, List<Candidate> candidates, Trainer trainer, int threads) {
        this.studySeed = studySeed;
        this.trainer = trainer;
        candidates.forEach(candidate -> this.candidates.put(candidate.id(), candidate));
        this.threads =
                Executors.newFixedThreadPool(
                        threads, Thread.ofPlatform().name("mettle-trainer-", 0).daemon().factory());
    }

    @Override
    public void admit(List<Candidate> more) {
        more.forEach(candidate -> candidates.put(candidate.id(), candidate));
    }

    @Override
    public void execute(List<InstanceKey> keys, Consumer<InstanceResult> sink)
            throws InterruptedException {
        CompletionService<InstanceResult> work = new ExecutorCompletionService<>(threads);
        for (InstanceKey key : keys) {
            work.submit(() -> train(key));
        }
        for (int i = 0; i < keys.size(); i++) {
            try {
                sink.accept(work.take().get());
            } catch (ExecutionException failure) {
                throw stopped(failure.getCause());
            }
        }
    }

    /**
     * A training that was told to stop ends the whole call; anything else that escapes {@link
     * #train} is a defect.
     */
    private static InterruptedException stopped(@Nullable Throwable cause) {
        return switch (cause) {
            case CancellationException _ ->
                    new InterruptedException("the training was told to stop.");
            case Error error -> throw error;
            case null, default -> throw new IllegalStateException(cause);
        };
    }

    private InstanceResult train(InstanceKey key) {
        Candidate candidate = candidates.get(key.candidate());
        if (candidate == null) {
            throw new IllegalArgumentException(
                    "candidate %s is not part of the study.".formatted(key.candidate()));
        }
        long start = System.nanoTime();
        Outcome outcome = outcome(candidate, key);
        return new InstanceResult(
                key,
                key.initSeed(studySeed).value(),
                key.sampleSeed(studySeed).value(),
                outcome,
                System.nanoTime() - start);
    }

    private Outcome outcome(Candidate candidate, InstanceKey key) {
        try {
            return trainer.train(candidate, key);
        } catch (CancellationException stop) {
            throw stop;
        } catch (RuntimeException defect) {
            return new Outcome.Crashed("the trainer failed: " + defect);
        }
    }

    /**
     * Ends the threads: instances in flight are told to stop and waited for, those not begun are
     * forgotten.
     */
    @Override
    public void close() {
        threads.shutdownNow();
        try {
            threads.awaitTermination(1, TimeUnit.MINUTES);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
