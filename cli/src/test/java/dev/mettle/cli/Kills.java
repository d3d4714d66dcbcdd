package dev.mettle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mettle.ledger.LedgerReader;
import dev.mettle.ledger.SqliteLedger;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Ends a command by SIGKILL, again and again, after random times. */
record Kills(Start start) {
    /** Starts the command in a process of its own. */
    interface Start {
        /**
         * @param output name of the file that takes what it prints
         */
        Process with(String output, int threads) throws IOException;
    }

    /** Kills {@code run}; what it prints goes to files in the directory. */
    static Kills ofRun(Path directory, Path study, Path run) {
        return new Kills((output, threads) ->
                Cli.start(
                        directory.resolve(output),
                        List.of(),
                        "run",
                        study,
                        "--out",
                        run,
                        "--threads",
                        threads));
    }

    /** Checks that a run that was killed has the losses and decisions of one that was not. */
    static void assertSameBits(Path killed, Path whole) {
        assertThat(Cli.stableTable(killed)).isEqualTo(Cli.stableTable(whole));
        assertThat(Cli.run("ledger", killed, "--table", "decisions").out())
                .isEqualTo(Cli.run("ledger", whole, "--table", "decisions").out());
        try (LedgerReader ledger = SqliteLedger.openReadOnly(new RunDirectory(killed).ledger())) {
            assertThat(ledger.integrityCheck()).isEqualTo("ok");
        }
    }

    /** Lets the command end and returns the milliseconds that it took; its exit code must be 0. */
    long whole(String output) throws IOException, InterruptedException {
        long began = System.nanoTime();
        int exitCode = start.with(output, 1).waitFor();
        if (exitCode != 0) {
            throw new AssertionError("Exit code %d; see %s".formatted(exitCode, output));
        }
        return (System.nanoTime() - began) / 1_000_000;
    }

    /**
     * Starts it several times, with one thread and with two in turn, and kills each after a random
     * time.
     *
     * @param least milliseconds it gets
     * @param spread milliseconds it gets at most beyond
     * @return how many were killed before they ended
     */
    int kill(String output, int times, long seed, long least, long spread)
            throws IOException, InterruptedException {
        Random random = new Random(seed);
        int kills = 0;
        for (int i = 0; i < times; i++) {
            Process process = start.with(output, 1 + i % 2);
            if (!process.waitFor(least + random.nextLong(spread), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
                kills++;
            }
        }
        return kills;
    }
}
