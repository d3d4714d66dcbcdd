package dev.mettle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mettle.ledger.LedgerReader;
import dev.mettle.ledger.SqliteLedger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

class KillTest {
    private static final int KILLS = 20;
    private static final long SEED = 4711;

    @TempDir private Path directory;

    @Test
    void aRunKilledTwentyTimesEndsWithTheSameBits() throws IOException, InterruptedException {
        Path study = Cli.study(directory, "sample: 600", "sample: 3000");
        Path whole = directory.resolve("whole");
        long began = System.nanoTime();
        assertThat(start("whole.txt", study, whole, 1).waitFor()).isZero();
        long milliseconds = (System.nanoTime() - began) / 1_000_000;

        Path killed = directory.resolve("killed");
        Random random = new Random(SEED);
        int kills = 0;
        for (int i = 0; i < KILLS; i++) {
            Process process = start("killed.txt", study, killed, 1 + i % 2);
            long patience = milliseconds / 8 + random.nextLong(milliseconds / 4);
            if (!process.waitFor(patience, TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
                kills++;
            }
        }
        assertThat(start("killed.txt", study, killed, 2).waitFor())
                .as(Files.readString(directory.resolve("killed.txt")))
                .isZero();
        assertThat(kills).isGreaterThan(3);
        assertThat(Cli.stableTable(killed)).isEqualTo(Cli.stableTable(whole));
        try (LedgerReader ledger = SqliteLedger.openReadOnly(new RunDirectory(killed).ledger())) {
            assertThat(ledger.integrityCheck()).isEqualTo("ok");
        }
        assertThat(Cli.run("ledger", killed, "--table", "decisions").out())
                .isEqualTo(Cli.run("ledger", whole, "--table", "decisions").out());
    }

    @Test
    void narrowVectorsGiveTheSameBits() throws IOException, InterruptedException {
        Path study = Cli.study(directory);
        Path wide = directory.resolve("wide");
        Path narrow = directory.resolve("narrow");
        assertThat(start("wide.txt", study, wide, 2).waitFor()).isZero();
        Process process =
                Cli.start(
                        directory.resolve("narrow.txt"),
                        List.of("-XX:UseAVX=2"),
                        "run",
                        study,
                        "--out",
                        narrow,
                        "--threads",
                        1);
        assertThat(process.waitFor()).isZero();
        assertThat(Cli.stableTable(narrow)).isEqualTo(Cli.stableTable(wide));
    }

    private Process start(String output, Path study, Path run, int threads) throws IOException {
        return Cli.start(
                directory.resolve(output),
                List.of(),
                "run",
                study,
                "--out",
                run,
                "--threads",
                threads);
    }
}
