package dev.mettle.data;

import java.nio.file.Path;
import java.util.List;

/**
 * A kind of data file: how to tell it from others, and how to open it. A port, so that a format
 * that needs large libraries can live in a module of its own.
 */
public interface DataFormat {
    /** First bytes of a file that are shown to {@link #reads}, or all where there are fewer. */
    int HEAD_BYTES = 512;

    /** Returns what messages call it, with its usual ending: "NumPy archives (.npz)". */
    String name();

    /** Returns the endings of its files, in small letters: {@code .npz}. */
    List<String> endings();

    /**
     * Tells whether a file is of this kind.
     *
     * @param head its first bytes; none of a directory
     * @param path of the file, which is there
     */
    boolean reads(byte[] head, Path path);

    /**
     * Opens a file. It is also asked for files that only end as its own do, to say what is wrong
     * with them.
     *
     * @throws dev.mettle.core.study.DataException (key {@code file}) when it can't be read
     */
    DataFile open(Path path);
}
