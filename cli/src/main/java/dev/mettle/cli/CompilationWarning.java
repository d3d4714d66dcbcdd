package dev.mettle.cli;

import dev.mettle.core.statistics.SignificantDigits;
import dev.mettle.engine.CompilationListener;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Warns the user, on the console and in the run's log, that this process trains far slower than it
 * could.
 *
 * @param log the run's log
 */
record CompilationWarning(Console console, Path log) implements CompilationListener {
    private static final double MEGABYTE = 1e6;

    @Override
    public void kernelsNotCompiled(long bytesPerStep) {
        String what =
                String.format(
                        Locale.ROOT,
                        "warning: the JVM has not compiled the training kernels (a step allocates"
                                + " %s MB instead of nothing), so training is up to 100 times"
                                + " slower than it can be. Results are not affected.",
                        SignificantDigits.of(bytesPerStep / MEGABYTE, 2));
        String remedy =
                "Stop with Ctrl-C and start the same command again: it goes on where it was, with"
                        + " a fresh JVM. If the warning comes back, look for compiler options in"
                        + " METTLE_JAVA_OPTIONS, JDK_JAVA_OPTIONS and JAVA_TOOL_OPTIONS.";
        console.warning(what + System.lineSeparator() + remedy);
        try {
            RunLog.append(log, what);
        } catch (UncheckedIOException _) {
            // The console has said it, and the training must not fail for its log.
        }
    }
}
