package dev.mettle.data;

import dev.mettle.core.study.DataException;

import io.jhdf.HdfFile;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Collections;
import java.util.SequencedSet;
import java.util.stream.Collectors;

/**
 * An HDF5 file. Its arrays are the datasets of numbers at any depth, named by their path without
 * the first slash; a member of a compound dataset is an array "dataset.member". Contents are listed
 * when the file is opened, numbers are read when they are asked for. Not safe for use by several
 * threads.
 */
public final class Hdf5File implements DataFile {
    private static final String KEY = FileChecks.KEY;
    private static final String SIGNATURE = "\u0089HDF\r\n\u001a\n";
    private static final String REWRITE =
            "Copy or download it again, or write its arrays to a new one: with h5py.File('new.h5',"
                    + " 'w') as f: f['x'] = x";
    private static final int NAMES_SHOWN = 200;

    private final Path path;
    private final Arena arena;
    private final HdfFile file;
    private final Hdf5Tree tree;

    private Hdf5File(Path path, Arena arena) throws IOException {
        this.path = path;
        this.arena = arena;
        this.file = map(path, arena);
        requireWhole();
        this.tree = new Hdf5Tree(file);
    }

    /**
     * Opens a file and lists what it holds.
     *
     * @throws DataException (key {@code file}) when there is no such file, it can't be read, it is
     *     no HDF5 file, or it is damaged or cut short
     */
    public static Hdf5File open(Path path) {
        FileChecks.requireReadable(path, ".h5", ".hdf5", ".hdf");
        requireSignature(path);
        Arena arena = Arena.ofShared();
        try {
            return new Hdf5File(path, arena);
        } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError e) {
            arena.close();
            throw new DataException(
                    KEY, "%s can't be read (%s). %s".formatted(path, Damage.why(e), REWRITE));
        }
    }

    /** HDF5's own library too reads no file that is shorter than its superblock says. */
    private void requireWhole() throws IOException {
        long end = file.getHdfBackingStorage().getSuperblock().getEndOfFileAddress();
        long size = Files.size(path);
        if (size < end) {
            throw new IOException("it is cut short: %d of %d bytes".formatted(size, end));
        }
    }

    /**
     * Opens a file of up to 2 GB as a part of memory: what a damaged table asks for is then bounded
     * by the file, not by the heap. Larger ones are read through a channel.
     */
    private static HdfFile map(Path path, Arena arena) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            long size = channel.size();
            return size > Integer.MAX_VALUE
                    ? new HdfFile(path)
                    : HdfFile.fromByteBuffer(
                            channel.map(FileChannel.MapMode.READ_ONLY, 0, size, arena)
                                    .asByteBuffer());
        }
    }

    /** A signature may stand behind a block of the user's own, at 512, 1,024, 2,048, ... */
    private static void requireSignature(Path path) {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            byte[] expected = SIGNATURE.getBytes(StandardCharsets.ISO_8859_1);
            var found = ByteBuffer.allocate(expected.length);
            for (long at = 0; at < channel.size(); at = at == 0 ? 512 : 2 * at) {
                channel.read(found.clear(), at);
                if (Arrays.equals(found.array(), expected)) {
                    return;
                }
            }
            String kind = Files.size(path) == 0 ? "is empty" : "is no HDF5 file";
            throw new DataException(
                    KEY,
                    "%s %s. Write one with: with h5py.File('new.h5', 'w') as f: f['x'] = x"
                            .formatted(path, kind));
        } catch (IOException e) {
            throw FileChecks.unreadable(path, e);
        }
    }

    @Override
    public String key() {
        return KEY;
    }

    @Override
    public String label() {
        return path.toString();
    }

    /** Returns the names of the arrays in alphabetical order, group by group. */
    @Override
    public SequencedSet<String> names() {
        return Collections.unmodifiableSequencedSet(tree.entries().sequencedKeySet());
    }

    /** Returns the file's path. */
    public Path path() {
        return path;
    }

    @Override
    public DataArray array(String key, String name) {
        Hdf5Tree.Entry entry = tree.entries().get(name);
        if (entry != null) {
            return new Hdf5Array(key, name, path, file, entry);
        }
        String reason = tree.leftOut().get(name);
        if (reason != null) {
            throw new DataException(
                    key,
                    "%s: '%s' is %s, where numbers are needed. The file has %s."
                            .formatted(path, name, reason, listing()));
        }
        throw missing(key, name);
    }

    @Override
    public String listing() {
        String arrays =
                tree.entries().isEmpty()
                        ? "no arrays of numbers"
                        : names().stream()
                                .limit(NAMES_SHOWN)
                                .map(this::describe)
                                .collect(Collectors.joining(", "));
        String more =
                names().size() > NAMES_SHOWN
                        ? " and %d more".formatted(names().size() - NAMES_SHOWN)
                        : "";
        String others =
                tree.leftOut().entrySet().stream()
                        .limit(NAMES_SHOWN)
                        .map(entry -> "%s (%s)".formatted(entry.getKey(), entry.getValue()))
                        .collect(Collectors.joining(", "));
        return arrays + more + (others.isEmpty() ? "" : "; left out: " + others);
    }

    private String describe(String name) {
        try {
            return array(KEY, name).describe();
        } catch (DataException e) {
            return name + " (damaged)";
        }
    }

    /** Adds the bytes of the file. */
    @Override
    public void addTo(MessageDigest digest) {
        FileChecks.addTo(digest, path);
    }

    /** Closes the file; its arrays can't be read any more. */
    @Override
    public void close() {
        try {
            file.close();
        } catch (RuntimeException e) {
            // A file that was only read has nothing to lose when it is closed.
        }
        arena.close();
    }
}
