package dev.mettle.cli;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets Ctrl-C end a command in good order: the command's thread is interrupted, saves what it has
 * and closes, and only then the process ends, with exit code {@link ExitCode#INTERRUPTED}.
 */
final class Interruption implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private final Console console;
    private final Path run;
    private final Thread worker = Thread.currentThread();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "mettle-interruption");

    /**
     * Starts to listen, on behalf of the current thread; the directory of the run is named in the
     * message.
     */
    Interruption(Console console, Path run) {
        this.console = console;
        this.run = run;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void stop() {
        worker.interrupt();
        try {
            if (closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                console.message(
                        "Stopped. What was finished is saved in "
                                + run
                                + "; the same command goes on from there.");
                Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Says that all is saved. Comes last, after everything else was closed. */
    @Override
    public void close() {
        closed.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // The process is ending already: the hook runs and has been told.
        }
    }
}
