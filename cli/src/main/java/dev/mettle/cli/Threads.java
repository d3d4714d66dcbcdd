package dev.mettle.cli;

import picocli.CommandLine.Option;

/** The option {@code --threads}. */
final class Threads {
    @Option(
            names = "--threads",
            paramLabel = "N",
            description =
                    "Threads that work at a time; all cores by default. The result does not depend"
                            + " on it.")
    private int count = Runtime.getRuntime().availableProcessors();

    /** Returns the number of threads, at least 1. */
    int count() {
        if (count < 1) {
            throw new UserException("--threads %d: must be 1 or more.".formatted(count));
        }
        return count;
    }
}
