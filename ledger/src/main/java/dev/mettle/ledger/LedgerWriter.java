package dev.mettle.ledger;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The one thread that writes. Changes wait in a bounded queue and are committed together: after
 * {@value #GROUP} of them or {@link #DELAY}, whichever comes first, so that one wait for the disk
 * serves many. After an error nothing more is written, and every later call reports it.
 */
final class LedgerWriter {
    /** Changes of a transaction. */
    static final int GROUP = 100;

    /** Longest time that a change waits for its commit. */
    static final Duration DELAY = Duration.ofMillis(200);

    private static final int QUEUE = 2 * GROUP;

    /** One change of the ledger. */
    interface Change {
        void write(Inserts inserts) throws SQLException;
    }

    private sealed interface Order {
        record Write(Change change) implements Order {}

        /** Commits, then tells; the last one ends the thread. */
        record Commit(CompletableFuture<Void> done, boolean last) implements Order {}
    }

    private final Path file;
    private final Connection connection;
    private final Inserts inserts;
    private final BlockingQueue<Order> queue = new ArrayBlockingQueue<>(QUEUE);
    private final Thread thread = new Thread(this::work, "ledger");
    private volatile @Nullable LedgerException failure;
    private boolean closed; // guarded by this
    private int uncommitted; // of the thread, as the next
    private long oldestNanos;

    /** Starts the thread; it owns the connection, which is not in autocommit mode. */
    LedgerWriter(Path file, Connection connection, Inserts inserts) {
        this.file = file;
        this.connection = connection;
        this.inserts = inserts;
        thread.setDaemon(true);
        thread.start();
    }

    /** Hands over a change; waits only when the disk is slower than the trainings. */
    void write(Change change) {
        submit(new Order.Write(change), false);
    }

    /** Waits until all that was handed over is on disk. */
    void flush() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        submit(new Order.Commit(done, false), false);
        done.join(); // not interruptible: half a flush is none
        throwFailure();
    }

    /** Flushes and ends the thread; does nothing the second time. The connection stays open. */
    void close() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        if (submit(new Order.Commit(done, true), true)) {
            done.join();
            throwFailure();
        }
    }

    /** Returns false if closed before and closing again. */
    private synchronized boolean submit(Order order, boolean closing) {
        if (closed) {
            if (closing) {
                return false;
            }
            throw new LedgerException(
                    LedgerException.Kind.REFUSED, "the ledger %s is closed.".formatted(file));
        }
        if (closing) {
            closed = true;
        } else {
            throwFailure();
        }
        putUninterruptibly(order); // under the monitor, so nothing can come after the last order
        return true;
    }

    /** An interrupt asks for no more trainings; a result that is there is kept all the same. */
    private void putUninterruptibly(Order order) {
        boolean interrupted = false;
        while (true) {
            try {
                queue.put(order);
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void throwFailure() {
        LedgerException first = failure;
        if (first != null) {
            throw new LedgerException(first.kind(), String.valueOf(first.getMessage()), first);
        }
    }

    private void work() {
        boolean more = true;
        while (more) {
            try {
                Order order = next();
                more = !(order instanceof Order.Commit(_, boolean last) && last);
                if (order instanceof Order.Write write) {
                    carryOut(write.change());
                }
                if (isDue(order)) {
                    commit();
                }
                if (order instanceof Order.Commit(CompletableFuture<Void> done, _)) {
                    done.complete(null);
                }
            } catch (InterruptedException e) {
                // Nobody else has this thread; its end is the last order.
            }
        }
    }

    /** Returns the next order; null when the oldest change has waited long enough. */
    private @Nullable Order next() throws InterruptedException {
        if (uncommitted == 0) {
            return queue.take();
        }
        return queue.poll(
                DELAY.toNanos() - (System.nanoTime() - oldestNanos), TimeUnit.NANOSECONDS);
    }

    private boolean isDue(@Nullable Order order) {
        return uncommitted > 0
                && (!(order instanceof Order.Write)
                        || uncommitted >= GROUP
                        || System.nanoTime() - oldestNanos >= DELAY.toNanos());
    }

    private void carryOut(Change change) {
        if (failure != null) {
            return; // keeps emptying the queue, so that nobody waits for ever
        }
        try {
            oldestNanos = uncommitted == 0 ? System.nanoTime() : oldestNanos;
            uncommitted++;
            change.write(inserts);
        } catch (SQLException e) {
            fail(Failures.of(file, e));
        } catch (RuntimeException | Error e) {
            fail(
                    new LedgerException(
                            LedgerException.Kind.FAILED,
                            "writing %s failed: %s.".formatted(file, e),
                            e));
        }
    }

    private void commit() {
        try {
            uncommitted = 0;
            connection.commit();
        } catch (SQLException e) {
            fail(Failures.of(file, e));
        }
    }

    private void fail(LedgerException reason) {
        failure = reason;
        uncommitted = 0;
        try {
            connection.rollback();
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
    }
}
