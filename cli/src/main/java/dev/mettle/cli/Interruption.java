package dev.mettle.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/**
 * Lets a signal that asks to stop (Ctrl-C, SIGTERM, SIGHUP) end a command in good order: the
 * command's thread is interrupted, saves what it has and closes, and only then the process ends,
 * with one message and exit code {@link ExitCode#INTERRUPTED}.
 *
 * <p>Signal and end of work may come at the same time; whoever comes first decides. Once the signal
 * has come first, {@link #close} doesn't return: the process ends, and nothing that the interrupted
 * work threw is reported as a failure of its own.
 */
final class Interruption implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private enum State {
        WORKING,
        STOPPING,
        CLOSED
    }

    private final Console console;
    private final String saved;
    private final Ending process;
    private final Thread worker = Thread.currentThread();
    private final AtomicReference<State> state = new AtomicReference<>(State.WORKING);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "mettle-interruption");

    /** How the process around the work ends; tests have one of their own. */
    interface Ending {
        /** Has the thread started when a signal asks the process to end. */
        void listen(Thread hook);

        /** Takes that back; may fail when the process is ending already. */
        void forget(Thread hook);

        /** Ends the process at once. */
        void halt(int exitCode);
    }

    private static final Ending THIS_PROCESS =
            new Ending() {
                @Override
                public void listen(Thread hook) {
                    Runtime.getRuntime().addShutdownHook(hook);
                }

                @Override
                public void forget(Thread hook) {
                    try {
                        Runtime.getRuntime().removeShutdownHook(hook);
                    } catch (IllegalStateException _) {
                        // The process is ending already, and the hook sees that nothing is left.
                    }
                }

                @Override
                public void halt(int exitCode) {
                    Runtime.getRuntime().halt(exitCode);
                }
            };

    /**
     * Starts to listen, on behalf of the current thread; the directory of the run is named in the
     * message.
     */
    Interruption(Console console, Path run) {
        this(console, run, THIS_PROCESS);
    }

    /** As above, for work that is kept in several runs. */
    Interruption(Console console, List<Path> runs) {
        this(
                console,
                runs.stream().map(Path::toString).collect(Collectors.joining(" and ")),
                THIS_PROCESS);
    }

    Interruption(Console console, Path run, Ending process) {
        this(console, run.toString(), process);
    }

    private Interruption(Console console, String saved, Ending process) {
        this.console = console;
        this.saved = saved;
        this.process = process;
        process.listen(hook);
    }

    private void stop() {
        if (!state.compareAndSet(State.WORKING, State.STOPPING)) {
            return; // all work was done when the signal came
        }
        worker.interrupt();
        try {
            boolean inOrder = closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            console.warning(
                    inOrder
                            ? "Stopped. What was finished is saved in %s; the same command goes on from there."
                                    .formatted(saved)
                            : "Stopped while work was still going on. What was finished a second"
                                    + " ago"
                                    + " is saved in %s; the same command goes on from there."
                                            .formatted(saved));
            process.halt(ExitCode.INTERRUPTED);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Says that all is saved. Comes last, after everything else was closed. */
    @Override
    public void close() {
        if (state.compareAndSet(State.WORKING, State.CLOSED)) {
            process.forget(hook);
            return;
        }
        closed.countDown();
        waitForTheEnd();
    }

    /** Leaves the last word to the hook. */
    private void waitForTheEnd() {
        while (hook.isAlive()) {
            try {
                hook.join();
            } catch (InterruptedException _) {
                // This thread was interrupted by the hook itself, perhaps only now.
            }
        }
    }
}
