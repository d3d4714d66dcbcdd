package dev.mettle.ledger;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The right to write a ledger, held by one process at a time: a lock of the operating system on a
 * file beside the ledger, which says who holds it. The system frees it when the process dies, so a
 * lock is never stale. The file stays: removing it would let two processes lock two files of the
 * same name.
 */
final class RunLock implements AutoCloseable {
    /**
     * The locks of this process. A second channel to a lock file is never opened here, because
     * POSIX frees all locks of a process on a file when any of its descriptors is closed.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private RunLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes the lock or says who has it.
     *
     * @param ledger the ledger, whose directory exists
     * @param host name of this machine, for others to read
     */
    static RunLock take(Path ledger, String host) {
        Path file = fileBeside(ledger);
        if (!HELD.add(file)) {
            throw inUse(ledger, "this process");
        }
        try {
            FileChannel channel = lock(file);
            if (channel == null) {
                throw inUse(ledger, holder(file));
            }
            try {
                sign(channel, host);
            } catch (IOException e) {
                channel.close();
                throw e;
            }
            return new RunLock(file, channel);
        } catch (IOException e) {
            HELD.remove(file);
            throw Failures.notWritable(ledger, e);
        } catch (LedgerException e) {
            HELD.remove(file);
            throw e;
        }
    }

    private static Path fileBeside(Path ledger) {
        try {
            return Failures.directory(ledger).toRealPath().resolve(ledger.getFileName() + ".lock");
        } catch (IOException e) {
            throw Failures.notWritable(ledger, e);
        }
    }

    private static @Nullable FileChannel lock(Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return channel;
            }
        } catch (IOException e) {
            channel.close();
            throw new IOException(
                    "the file system does not lock files (%s)".formatted(e.getMessage()), e);
        }
        channel.close();
        return null;
    }

    private static void sign(FileChannel channel, String host) throws IOException {
        String text =
                "process %d on %s, since %s%n"
                        .formatted(
                                ProcessHandle.current().pid(),
                                host,
                                Instant.now().truncatedTo(ChronoUnit.SECONDS));
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String holder(Path file) {
        try {
            String text = Files.readString(file).strip();
            return text.isEmpty() ? "another process" : text;
        } catch (IOException e) {
            return "another process";
        }
    }

    private static LedgerException inUse(Path ledger, String holder) {
        return new LedgerException(
                LedgerException.Kind.IN_USE,
                """
                another Mettle works on this run: %s.
                Wait until it ends or stop it; reading (report, ledger, serve) is possible meanwhile. The run is in %s.\
                """
                        .formatted(holder, Failures.directory(ledger)));
    }

    /** Frees the lock. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // The descriptor is gone all the same, and the lock with it.
        } finally {
            HELD.remove(file);
        }
    }
}
