package dev.mettle.cli;

/** What the process tells the shell. */
final class ExitCode {
    /** Done. */
    static final int DONE = 0;

    /** The work failed: nothing certified, everything exploded, a disk that is full. */
    static final int FAILED = 1;

    /** The user's input is wrong. */
    static final int WRONG_INPUT = 2;

    /**
     * Told to stop, by Ctrl-C or by SIGTERM or SIGHUP alike; the state is saved. One code for one
     * meaning: a script that sees it starts the same command again.
     */
    static final int INTERRUPTED = 130;

    private ExitCode() {}
}
