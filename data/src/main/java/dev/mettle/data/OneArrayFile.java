package dev.mettle.data;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/** A file with a single array, which is named after the file. */
abstract class OneArrayFile implements DataFile {
    private final Path path;
    private final String name;

    OneArrayFile(Path path, String name) {
        this.path = path;
        this.name = name;
    }

    @Override
    public final Path path() {
        return path;
    }

    /** Returns the array, for the key of the study that asks for it. */
    abstract StoredArray read(String key, String name);

    @Override
    public final DataArray array(String key, String wanted) {
        if (!wanted.equals(name)) {
            throw missing(key, wanted);
        }
        return read(key, name);
    }

    @Override
    public final String key() {
        return FileChecks.KEY;
    }

    @Override
    public final String label() {
        return path.toString();
    }

    @Override
    public final SequencedSet<String> names() {
        return Collections.unmodifiableSequencedSet(new LinkedHashSet<>(List.of(name)));
    }

    @Override
    public final String listing() {
        return read(FileChecks.KEY, name).describe();
    }

    /** Adds the bytes of the file. */
    @Override
    public final void addTo(MessageDigest digest) {
        FileChecks.addTo(digest, path);
    }

    /** Does nothing: the file is opened for each reading. */
    @Override
    public final void close() {}
}
