package dev.mettle.data;

import java.nio.file.Path;

/** A data file that is open; its arrays can be read until it is closed. */
public interface DataFile extends ArraySource, AutoCloseable {
    /** Returns the file's path. */
    Path path();

    /** Closes the file; its arrays can't be read any more. */
    @Override
    void close();
}
