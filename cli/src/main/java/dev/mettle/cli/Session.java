package dev.mettle.cli;

import dev.mettle.core.instance.Baseline;
import dev.mettle.core.run.Provenance;
import dev.mettle.core.run.ThreadExecutor;
import dev.mettle.engine.Vectors;
import dev.mettle.ledger.LedgerException;
import dev.mettle.ledger.SqliteLedger;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A study at work: its ledger open for writing and its threads running. Begins the run in its
 * directory, or goes on with the one that is there.
 */
final class Session implements AutoCloseable {
    private final OpenStudy open;
    private final RunDirectory directory;
    private final SqliteLedger ledger;
    private final ThreadExecutor executor;
    private final int threads;

    private Session(
            OpenStudy open,
            RunDirectory directory,
            SqliteLedger ledger,
            int threads,
            Console console) {
        this.open = open;
        this.directory = directory;
        this.threads = threads;
        this.ledger = ledger;
        ledger.warning().ifPresent(console::message);
        this.executor =
                new ThreadExecutor(
                        open.study().seed(),
                        open.study().candidates(),
                        open.trainer(new CompilationWarning(console, directory.log())),
                        threads);
    }

    /**
     * Opens the run of the study, or begins it.
     *
     * @throws UserException when the run there belongs to another study or other data, or the study
     *     does not fit into the memory
     */
    static Session start(OpenStudy open, RunDirectory directory, int threads, Console console) {
        MemoryEstimate.require(open, threads);
        Provenance now =
                Machine.provenance(
                        open.study(), open.file(), open.data().checksum(), Vectors.bits());
        if (directory.exists()) {
            SqliteLedger ledger = SqliteLedger.open(directory.ledger(), now);
            return closing(
                    ledger,
                    () -> {
                        requireSame(open, directory, ledger.provenance(), console);
                        return new Session(open, directory, ledger, threads, console);
                    });
        }
        directory.create(open.study().text());
        SqliteLedger ledger =
                SqliteLedger.create(directory.ledger(), now, open.plan(), open.candidateRecords());
        return closing(ledger, () -> new Session(open, directory, ledger, threads, console));
    }

    /** Returns what is made with a resource, which is closed when that fails. */
    static <T> T closing(AutoCloseable resource, Supplier<T> made) {
        boolean done = false;
        try {
            T result = made.get();
            done = true;
            return result;
        } finally {
            if (!done) {
                close(resource);
            }
        }
    }

    private static void close(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception _) {
            // What went wrong before is what the user must hear.
        }
    }

    /**
     * Makes sure that nobody works on the run there, which may otherwise be of any kind, even
     * damaged.
     *
     * @throws LedgerException when another process does
     */
    static void requireIdle(OpenStudy open, RunDirectory directory) {
        Provenance now =
                Machine.provenance(
                        open.study(), open.file(), open.data().checksum(), Vectors.bits());
        try {
            SqliteLedger.open(directory.ledger(), now).close();
        } catch (LedgerException failure) {
            if (failure.kind() == LedgerException.Kind.IN_USE) {
                throw failure;
            }
        }
    }

    private static void requireSame(
            OpenStudy open, RunDirectory directory, Provenance before, Console console) {
        Path run = directory.path();
        if (!open.meansTheSameAs(before.studyText())) {
            throw new UserException(
                    """
                    the run in %s was made from another version of this study:
                    %s
                    Undo the change to go on with it, start over with --fresh (the old run is kept beside it), \
                    or choose another directory with --out DIR.\
                    """
                            .formatted(
                                    run,
                                    StudyChange.describe(before.studyText(), open.study().text())));
        }
        if (!open.data().checksum().equals(before.dataChecksum())) {
            throw new UserException(
                    """
                    the run in %s was made from other data: %s has changed since. Restore it to go on, start over \
                    with --fresh (the old run is kept beside it), or choose another directory with --out DIR.\
                    """
                            .formatted(run, open.study().data().source().label()));
        }
        if (!before.version().equals(Version.number())) {
            console.message(
                    "note: the run in %s was begun by Mettle %s; this is %s, whose instances may have other bits."
                            .formatted(run, before.version(), Version.number()));
        }
    }

    OpenStudy open() {
        return open;
    }

    RunDirectory directory() {
        return directory;
    }

    SqliteLedger ledger() {
        return ledger;
    }

    ThreadExecutor executor() {
        return executor;
    }

    /**
     * Measures the baseline, if the study has one, through the samples and held-out rows of the
     * certificate, or of the race where nothing is certified.
     *
     * @throws InterruptedException when told to stop
     */
    void measureBaseline(Console console) throws InterruptedException {
        Optional<Baseline> baseline =
                ledger.baselines().isEmpty() ? open.baseline() : Optional.empty();
        if (baseline.isPresent()) {
            Baselines.Measured measured =
                    Baselines.measure(
                            open,
                            baseline.get(),
                            Baselines.instances(open.study()),
                            threads,
                            console);
            ledger.recordBaseline(measured.record());
            measured.warning()
                    .ifPresent(warning -> {
                        console.message(warning);
                        RunLog.append(directory.log(), warning);
                    });
        }
        ledger.flush();
    }

    /** Stops the threads, then closes the ledger. */
    @Override
    public void close() {
        executor.close();
        ledger.close();
    }
}
