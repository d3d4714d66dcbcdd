package dev.mettle.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Shows how far a count has come: one line drawn in place on a terminal, a plain line every {@value
 * #PLAIN_SECONDS} seconds elsewhere. Used by one thread at a time.
 */
final class CountProgress {
    private static final long PLAIN_SECONDS = 15;
    private static final Duration DRAWN_EVERY = Duration.ofMillis(250);

    private final Console console;
    private final String what;
    private final int total;
    private final LongSupplier nanoTime;
    private final long start;
    private long lastShown;

    /** Starts the clock; {@code what} names the things that are counted. */
    CountProgress(Console console, String what, int total, LongSupplier nanoTime) {
        this.console = console;
        this.what = what;
        this.total = total;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
        this.lastShown = start;
    }

    /** Takes the number of things that are finished by now. */
    void finished(int count) {
        long now = nanoTime.getAsLong();
        long pause =
                console.isTerminal()
                        ? DRAWN_EVERY.toNanos()
                        : Duration.ofSeconds(PLAIN_SECONDS).toNanos();
        if (now - lastShown < pause) {
            return;
        }
        lastShown = now;
        double seconds = (now - start) / 1e9;
        String text =
                String.format(
                        Locale.ROOT,
                        "%,d of %,d %s, %s/s, %s left",
                        count,
                        total,
                        what,
                        Numbers.shown(count / seconds),
                        Numbers.duration((total - count) * seconds / count));
        if (console.isTerminal()) {
            console.overwrite(text);
        } else {
            console.message(text);
        }
    }

    /** Ends the line that is drawn in place. */
    void end() {
        if (console.isTerminal()) {
            console.overwrite("");
        }
    }
}
