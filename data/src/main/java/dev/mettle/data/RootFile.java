package dev.mettle.data;

import dev.mettle.core.study.DataException;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A ROOT file with flat TTrees: branches with one leaf of plain numbers, one or an array of fixed
 * size for each entry, uncompressed or compressed by zlib. Arrays are called as their branches, or
 * "tree/branch" when the file has several trees. Everything else is left out with a reason.
 */
public final class RootFile implements DataFile {
    private static final String KEY = FileChecks.KEY;
    private static final int LARGE_VERSION = 1_000_000;
    private static final int HEADER_BYTES = 64;
    private static final int DEEPEST = 20;
    private static final String REWRITE =
            "Copy or download it again, or write its branches with uproot or as NumPy arrays.";

    private final Path path;
    private final FileChannel channel;
    private final RootRecords records;
    private final SequencedMap<String, RootBranch> branches = new LinkedHashMap<>();
    private final SequencedMap<String, String> leftOut = new LinkedHashMap<>();

    private RootFile(Path path, FileChannel channel) throws IOException {
        this.path = path;
        this.channel = channel;
        this.records = new RootRecords(channel);
    }

    /**
     * Opens a file and lists the branches of its trees.
     *
     * @throws DataException (key {@code file}) when there is no such file, it can't be read, it is
     *     no ROOT file, has no TTree, or is damaged or cut short
     */
    public static RootFile open(Path path) {
        FileChecks.requireReadable(path, ".root");
        byte[] start = FileChecks.start(path, 4);
        if (!Arrays.equals(start, new byte[] {'r', 'o', 'o', 't'})) {
            throw new DataException(
                    KEY,
                    "%s %s.".formatted(path, start.length == 0 ? "is empty" : "is no ROOT file"));
        }
        FileChannel channel;
        try {
            channel = FileChannel.open(path, StandardOpenOption.READ);
        } catch (IOException e) {
            throw FileChecks.unreadable(path, e);
        }
        try {
            RootFile file = new RootFile(path, channel);
            file.list();
            return file;
        } catch (DataException e) {
            close(channel);
            throw e;
        } catch (IOException | NpyFormatException | RuntimeException e) {
            close(channel);
            String why = Damage.why(e);
            throw new DataException(KEY, "%s can't be read (%s). %s".formatted(path, why, REWRITE));
        }
    }

    private void list() throws IOException, NpyFormatException {
        RootBuffer header =
                new RootBuffer(records.bytes(0, (int) Math.min(HEADER_BYTES, records.size())), 0);
        header.skip(4);
        boolean large = header.i4() >= LARGE_VERSION;
        long begin = header.i4();
        long end = header.address(large);
        header.address(large);
        header.skip(4 + 4);
        int nameBytes = header.i4();
        if (end > records.size()) {
            throw new IOException("it is cut short: %d of %d bytes".formatted(records.size(), end));
        }
        SequencedMap<String, RootRecords.Key> trees = new LinkedHashMap<>();
        walk("", begin + nameBytes, trees, new HashSet<>(), 0);
        if (trees.isEmpty()) {
            throw new DataException(
                    KEY, "%s has no TTree. Histograms and RNTuples are not read.".formatted(path));
        }
        for (Map.Entry<String, RootRecords.Key> tree : trees.entrySet()) {
            add(trees.size() == 1 ? "" : tree.getKey() + "/", tree.getValue());
        }
    }

    private void walk(
            String prefix,
            long directory,
            SequencedMap<String, RootRecords.Key> trees,
            Set<Long> seen,
            int depth)
            throws IOException {
        if (depth > DEEPEST || !seen.add(directory)) {
            return;
        }
        for (RootRecords.Key key : records.directory(directory)) {
            String name = prefix + key.name();
            switch (key.type()) {
                case "TTree", "TNtuple", "TNtupleD" ->
                        trees.merge(name, key, (a, b) -> a.cycle() >= b.cycle() ? a : b);
                case "TDirectory", "TDirectoryFile" ->
                        walk(name + "/", key.at() + key.length(), trees, seen, depth + 1);
                default -> {} // histograms and other objects
            }
        }
    }

    private void add(String prefix, RootRecords.Key key) throws IOException, NpyFormatException {
        RootBuffer tree = new RootBuffer(records.contents(key), key.length());
        if (!key.type().equals("TTree")) {
            tree.head(); // an n-tuple begins with the tree that it is
        }
        RootBranch.findAll(
                tree,
                new RootBranch.Found() {
                    @Override
                    public void branch(String name, RootBranch branch) {
                        branches.putIfAbsent(prefix + name, branch);
                    }

                    @Override
                    public void leftOut(String name, String reason) {
                        leftOut.putIfAbsent(prefix + name, reason);
                    }
                });
    }

    private static void close(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // A file that was only read has nothing to lose when it is closed.
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

    /** Returns the names of the arrays, in the order of the file. */
    @Override
    public SequencedSet<String> names() {
        return Collections.unmodifiableSequencedSet(branches.sequencedKeySet());
    }

    @Override
    public DataArray array(String key, String name) {
        RootBranch branch = branches.get(name);
        if (branch != null) {
            return new RootArray(key, name, path, records, branch);
        }
        String reason = leftOut.get(name);
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
                branches.isEmpty()
                        ? "no branches of plain numbers"
                        : names().stream().map(this::describe).collect(Collectors.joining(", "));
        List<String> others =
                leftOut.entrySet().stream()
                        .map(entry -> "%s (%s)".formatted(entry.getKey(), entry.getValue()))
                        .toList();
        return arrays + (others.isEmpty() ? "" : "; left out: " + String.join(", ", others));
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

    @Override
    public Path path() {
        return path;
    }

    /** Closes the file; its arrays can't be read any more. */
    @Override
    public void close() {
        close(channel);
    }
}
