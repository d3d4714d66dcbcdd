package dev.mettle.cli;

/** Measures wall-clock time. */
final class Stopwatch {
    private final long start = System.nanoTime();

    /** Returns the seconds since this was made. */
    double seconds() {
        return (System.nanoTime() - start) / 1e9;
    }
}
