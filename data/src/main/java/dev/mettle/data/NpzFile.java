package dev.mettle.data;

import dev.mettle.core.study.DataException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A NumPy {@code .npz} file: a zip archive (also zip64) of {@code .npy} members, stored or
 * deflated. Reads the arrays that are asked for and nothing else. Not safe for use by several
 * threads.
 */
public final class NpzFile implements DataFile {
    private static final String KEY = FileChecks.KEY;
    private static final String SUFFIX = ".npy";
    private static final int SIGNATURE_BYTES = 8;
    private static final String WRITE_ONE =
            "Write one with numpy.savez(file, cells=..., energy=...).";

    private final Path path;
    private final ZipFile zip;
    private final SequencedMap<String, ZipEntry> members;

    private NpzFile(Path path, ZipFile zip, SequencedMap<String, ZipEntry> members) {
        this.path = path;
        this.zip = zip;
        this.members = members;
    }

    /**
     * Opens a file and reads its table of contents.
     *
     * @throws DataException (key {@code file}) when there is no such file, it can't be read, it is
     *     no {@code .npz} file, or it is damaged or cut short
     */
    public static NpzFile open(Path path) {
        FileChecks.requireReadable(path, ".npz");
        requireZip(path);
        try {
            ZipFile zip = new ZipFile(path.toFile());
            SequencedMap<String, ZipEntry> members = new LinkedHashMap<>();
            zip.stream()
                    .filter(entry -> entry.getName().endsWith(SUFFIX))
                    .forEach(entry -> members.put(withoutSuffix(entry.getName()), entry));
            if (members.isEmpty()) {
                zip.close();
                throw new DataException(
                        KEY,
                        "%s is a zip archive without NumPy arrays. %s".formatted(path, WRITE_ONE));
            }
            return new NpzFile(path, zip, members);
        } catch (DataException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new DataException(KEY, "%s %s".formatted(path, why(Damage.why(e))));
        }
    }

    /** Says what the zip library did not like; these words of it are known, the rest is damage. */
    private static String why(String problem) {
        if (problem.contains("encrypted")) {
            return "is an encrypted archive. Unpack it, and pack it again without a password.";
        }
        return problem.contains("compression method")
                ? "is compressed by a method that is not read here. Write it again with"
                        + " numpy.savez or numpy.savez_compressed."
                : "is damaged or cut short (%s). Copy or download it again.".formatted(problem);
    }

    /** Says what a file is when it is no zip archive; a damaged archive is found later. */
    private static void requireZip(Path path) {
        byte[] start = FileChecks.start(path, SIGNATURE_BYTES);
        String text = new String(start, StandardCharsets.ISO_8859_1);
        if (text.startsWith("PK")) {
            return;
        }
        if (start.length == 0) {
            throw new DataException(
                    KEY, "%s is empty, where a .npz file is needed. %s".formatted(path, WRITE_ONE));
        }
        String found =
                text.startsWith("\u0093NUMPY")
                        ? "a single .npy array"
                        : text.startsWith("\u0089HDF") ? "an HDF5 file" : "no zip archive";
        throw new DataException(
                KEY, "%s is %s, where a .npz file is needed. %s".formatted(path, found, WRITE_ONE));
    }

    private static String withoutSuffix(String member) {
        return member.substring(0, member.length() - SUFFIX.length());
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
        return Collections.unmodifiableSequencedSet(members.sequencedKeySet());
    }

    @Override
    public Path path() {
        return path;
    }

    /**
     * Finds an array and reads its header.
     *
     * @param key the study's key that asks for it, for messages
     * @param name the array's name, without {@code .npy}
     * @throws DataException when there is no such array, it is damaged, or it does not hold plain
     *     numbers
     */
    @Override
    public NpyArray array(String key, String name) {
        ZipEntry entry = members.get(name);
        if (entry == null) {
            throw missing(key, name);
        }
        return new NpyArray(key, name, path, zip, entry);
    }

    /**
     * Returns the arrays with shapes and types, for messages: "cells (19000, 15, 15) int16, energy
     * (19000,) float32".
     */
    @Override
    public String listing() {
        return members.isEmpty()
                ? "none at all"
                : members.sequencedKeySet().stream()
                        .map(this::describe)
                        .collect(Collectors.joining(", "));
    }

    private String describe(String name) {
        try {
            return array(KEY, name).describe();
        } catch (DataException e) {
            return name + " (not readable as numbers)";
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
            zip.close();
        } catch (IOException e) {
            // A file that was only read has nothing to lose when it is closed.
        }
    }
}
