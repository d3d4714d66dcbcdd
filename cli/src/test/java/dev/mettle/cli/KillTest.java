package dev.mettle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class KillTest {
    private static final int KILLS = 20;
    private static final long SEED = 4711;

    @TempDir private Path directory;

    @Test
    void aRunKilledTwentyTimesEndsWithTheSameBits() throws IOException, InterruptedException {
        Path study = Cli.study(directory, "sample: 600", "sample: 3000");
        Path whole = directory.resolve("whole");
        Path killed = directory.resolve("killed");
        long milliseconds = Kills.ofRun(directory, study, whole).whole("whole.txt");
        int kills =
                Kills.ofRun(directory, study, killed)
                        .kill("killed.txt", KILLS, SEED, milliseconds / 8, milliseconds / 4);
        Kills.ofRun(directory, study, killed).whole("killed.txt");
        assertThat(kills).isGreaterThan(3);
        Kills.assertSameBits(killed, whole);
    }

    @Test
    void anAssessmentKilledManyTimesEndsWithTheSameBits() throws IOException, InterruptedException {
        Path study = Cli.study(directory, "sample: 600", "sample: 3000");
        Path whole = directory.resolve("whole");
        Path killed = directory.resolve("killed");
        long milliseconds =
                new Kills((output, threads) -> assess(output, study, whole, threads))
                        .whole("whole.txt");
        int kills =
                new Kills((output, threads) -> assess(output, study, killed, threads))
                        .kill("killed.txt", 6, SEED, milliseconds / 3, milliseconds / 2);
        assertThat(assess("last.txt", study, killed, 2).waitFor()).isZero();
        assertThat(kills).isPositive();
        assertThat(Cli.stableTable(killed)).isEqualTo(Cli.stableTable(whole)).hasLineCount(41);
        assertThat(Files.readString(directory.resolve("last.txt")))
                .contains(
                        Files.readString(directory.resolve("whole.txt"))
                                .lines()
                                .filter(line -> line.startsWith("cv "))
                                .findFirst()
                                .orElseThrow());
    }

    private Process assess(String output, Path study, Path run, int threads) throws IOException {
        return Cli.start(
                directory.resolve(output),
                List.of(),
                "assess",
                study,
                "--candidate",
                SampleSizeCommandTest.CANDIDATE,
                "--instances",
                40,
                "--out",
                run,
                "--threads",
                threads);
    }

    @Test
    void narrowVectorsGiveTheSameBits() throws IOException, InterruptedException {
        Path study = Cli.study(directory);
        Path wide = directory.resolve("wide");
        Path narrow = directory.resolve("narrow");
        Kills.ofRun(directory, study, wide).whole("wide.txt");
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
}
