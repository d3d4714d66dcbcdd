package dev.mettle.data;

import dev.mettle.core.study.DataException;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * A large table of text in pieces that end with a line, one for each thread. That is right where
 * every line end ends a row: no quotes after the head line, lines that end with {@code \n} or
 * {@code \r\n}, one byte for each of these characters. What is not so, or has a mistake in it, is
 * left to one thread, which reads it from the beginning.
 */
final class CsvPieces {
    /** Smaller files are read before other threads are awake. */
    private static final long LEAST_BYTES = 1 << 23;

    private static final int MOST_THREADS = 8;

    private final CsvText text;
    private final Path path;
    private final List<Long> starts = new ArrayList<>();
    private final long[] lines;
    private volatile boolean unfit;

    /** Cuts a file into at most as many pieces as there are threads; into none if it can't be. */
    CsvPieces(Path path, CsvText text, int threads) {
        this(path, text, threads, LEAST_BYTES);
    }

    /** As above, where files of {@code leastBytes} are large. */
    CsvPieces(Path path, CsvText text, int threads, long leastBytes) {
        this.path = path;
        this.text = text;
        try {
            long size = Files.size(path);
            if (threads > 1 && size >= leastBytes && isCut(path, text.charset())) {
                cut(size, Math.min(threads, MOST_THREADS));
            }
        } catch (IOException _) {
            starts.clear(); // the reader of the whole will say why
        }
        lines = new long[starts.size()];
    }

    private static boolean isCut(Path path, Charset charset) {
        return !path.toString().toLowerCase(Locale.ROOT).endsWith(".gz")
                && (charset.equals(StandardCharsets.UTF_8)
                        || charset.equals(StandardCharsets.ISO_8859_1)
                        || charset.name().equals("windows-1252"));
    }

    private void cut(long size, int threads) throws IOException {
        starts.add(0L);
        for (int piece = 1; piece < threads; piece++) {
            long at = lineAfter(size / threads * piece);
            if (at > starts.getLast() && at < size) {
                starts.add(at);
            }
        }
        if (starts.size() == 1) {
            starts.clear();
        }
    }

    /** Returns where the next line begins. */
    private long lineAfter(long position) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            in.skipNBytes(position);
            byte[] buffer = new byte[1 << 16];
            long at = position;
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                for (int i = 0; i < read; i++) {
                    if (buffer[i] == '\n') {
                        return at + i + 1;
                    }
                }
                at += read;
            }
            return at;
        }
    }

    /** Returns the number of pieces; 0 for a file that is read as a whole. */
    int count() {
        return starts.size();
    }

    /** Returns how many lines are before each piece, once all are read. */
    long[] lines() {
        long[] before = new long[lines.length];
        for (int piece = 1; piece < before.length; piece++) {
            before[piece] = before[piece - 1] + lines[piece - 1];
        }
        return before;
    }

    /**
     * Reads the pieces.
     *
     * @param scans makes the reader of a piece; told whether it is the first, with the head line
     * @return the readers in order; empty when the file must be read as a whole
     */
    <S extends CsvScan> Optional<List<S>> read(Function<Boolean, S> scans) {
        if (starts.isEmpty()) {
            return Optional.empty();
        }
        List<S> parts = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(starts.size())) {
            List<Future<?>> work = new ArrayList<>();
            for (int piece = 0; piece < starts.size(); piece++) {
                int one = piece;
                S scan = scans.apply(piece == 0);
                parts.add(scan);
                work.add(threads.submit(() -> read(scan, one)));
            }
            for (Future<?> one : work) {
                one.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            return Optional.empty(); // the reader of the whole knows the line
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
        return unfit ? Optional.empty() : Optional.of(parts);
    }

    private void read(CsvScan scan, int piece) {
        try (Watch bytes = new Watch(piece);
                Reader characters =
                        piece == 0
                                ? text.over(bytes)
                                : new InputStreamReader(bytes, text.charset().newDecoder())) {
            scan.read(text, characters);
            lines[piece] = bytes.lines;
        } catch (IOException | DataException e) {
            unfit = true;
            throw new IllegalStateException(e);
        }
    }

    /** The bytes of a piece; counts its lines and looks for what may not be in one. */
    private final class Watch extends FilterInputStream {
        private long left;
        private long lines;
        private int quotesOfHead;
        private boolean inHead;
        private boolean afterReturn;

        Watch(int piece) throws IOException {
            super(open(starts.get(piece)));
            boolean isLast = piece == starts.size() - 1;
            left = isLast ? Long.MAX_VALUE : starts.get(piece + 1) - starts.get(piece);
            inHead = piece == 0;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (unfit) {
                throw new IOException("another piece shows that it is not to be cut");
            }
            if (left == 0) {
                return -1;
            }
            int read = super.read(buffer, offset, (int) Math.min(length, left));
            if (read > 0) {
                left -= read;
                look(buffer, offset, offset + read);
            }
            return read;
        }

        private void look(byte[] buffer, int from, int to) throws IOException {
            for (int i = from; i < to; i++) {
                byte next = buffer[i];
                if (next > '"') { // nearly all
                    if (afterReturn) {
                        throw cannot();
                    }
                } else if (next == '\n') {
                    endLine();
                } else if (next == '"') {
                    quote();
                } else if (afterReturn) {
                    throw cannot();
                } else {
                    afterReturn = next == '\r';
                }
            }
        }

        private void endLine() throws IOException {
            if (quotesOfHead % 2 != 0) {
                throw cannot();
            }
            lines++;
            inHead = false;
            quotesOfHead = 0;
            afterReturn = false;
        }

        private void quote() throws IOException {
            if (!inHead || afterReturn) {
                throw cannot();
            }
            quotesOfHead++;
        }

        private IOException cannot() {
            unfit = true;
            return new IOException("a line may not be a row");
        }
    }

    private InputStream open(long at) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        channel.position(at);
        return Channels.newInputStream(channel);
    }
}
