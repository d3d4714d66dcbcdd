package dev.mettle.cli;

import picocli.CommandLine.Option;

/** The option {@code --json}. */
final class JsonOption {
    @Option(
            names = "--json",
            description = "Print one JSON document on standard output, and nothing else there.")
    private boolean wanted;

    boolean wanted() {
        return wanted;
    }
}
