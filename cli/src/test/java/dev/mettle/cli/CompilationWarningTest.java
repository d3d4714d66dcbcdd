package dev.mettle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

class CompilationWarningTest {
    /** C1, the JVM's first compiler, does not turn vectors into machine code. */
    private static final String FIRST_COMPILER_ONLY = "-XX:TieredStopAtLevel=1";

    private static final String WARNING = "the JVM has not compiled the training kernels";
    private static final int PATIENCE_SECONDS = 600;

    @TempDir private Path directory;

    @Test
    void aRunWithoutCompiledKernelsSaysSoAndGoesOnWithTheSameBitsInAFreshJvm()
            throws IOException, InterruptedException {
        Path study = Cli.study(directory, "sample: 600", "sample: 3000");
        Path run = directory.resolve("run");
        Path slow = directory.resolve("slow.txt");
        Process process = start(slow, List.of(FIRST_COMPILER_ONLY), study, run);
        for (int i = 0; i < PATIENCE_SECONDS && !Files.readString(slow).contains(WARNING); i++) {
            assertThat(process.waitFor(1, TimeUnit.SECONDS)).as("the slow run is over").isFalse();
        }
        process.destroy();
        assertThat(process.waitFor()).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(Files.readString(slow)).containsOnlyOnce(WARNING).contains("the same command");
        assertThat(Files.readString(new RunDirectory(run).log())).containsOnlyOnce(WARNING);

        Path fast = directory.resolve("fast.txt");
        assertThat(start(fast, List.of(), study, run).waitFor()).isZero();
        assertThat(Files.readString(fast)).doesNotContain(WARNING);

        Path whole = directory.resolve("whole");
        assertThat(Cli.run("run", study, "--out", whole, "--threads", 2).exitCode()).isZero();
        assertThat(Cli.stableTable(run)).isEqualTo(Cli.stableTable(whole));
    }

    private static Process start(Path output, List<String> options, Path study, Path run)
            throws IOException {
        return Cli.start(output, options, "run", study, "--out", run, "--threads", 2);
    }

    @Test
    void aLogThatCannotBeWrittenIsNoReasonForATrainingToFail() {
        var err = new ByteArrayOutputStream();
        var console = new Console(new PrintStream(err), new PrintStream(err), false);
        Path nowhere = directory.resolve("missing/run.log");
        new CompilationWarning(console, nowhere).kernelsNotCompiled(56_000_000);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains(WARNING, "allocates 56 MB");
    }
}
