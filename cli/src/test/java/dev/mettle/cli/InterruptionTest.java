package dev.mettle.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

@Timeout(120)
class InterruptionTest {
    @TempDir private Path directory;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Console console =
            new Console(
                    new PrintStream(new ByteArrayOutputStream()),
                    new PrintStream(err, true, StandardCharsets.UTF_8),
                    false);
    private final FakeProcess process = new FakeProcess();

    /** A process that only notes down what it is told. */
    private static final class FakeProcess implements Interruption.Ending {
        private final List<Thread> hooks = new ArrayList<>();
        private final List<Integer> halts = new ArrayList<>();

        @Override
        public void listen(Thread hook) {
            hooks.add(hook);
        }

        @Override
        public void forget(Thread hook) {
            hooks.remove(hook);
        }

        @Override
        public synchronized void halt(int exitCode) {
            halts.add(exitCode);
        }

        /** Does what the JVM does on a signal. */
        Thread signal() {
            Thread hook = hooks.getFirst();
            hook.start();
            return hook;
        }
    }

    @Test
    void aSignalInterruptsTheWorkAndTheLastWordIsTheHooks() {
        assertThatThrownBy(
                        () -> {
                            try (Interruption _ =
                                    new Interruption(console, Path.of("runs/x"), process)) {
                                process.signal();
                                new CountDownLatch(1).await();
                            }
                        })
                .isInstanceOf(InterruptedException.class);
        // close returned only because this process's end is not a real one: all was said before
        assertThat(process.halts).containsExactly(ExitCode.INTERRUPTED);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo(
                        "Stopped. What was finished is saved in runs/x; the same command goes on"
                                + " from there.\n");
        Thread.interrupted();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 300}) // milliseconds after the ledger is made
    void sigtermSavesTheRunAndSaysSoOnceHoweverEarlyItComes(long delay)
            throws IOException, InterruptedException {
        Path study = Cli.study(directory, "sample: 600", "sample: 3000");
        Path run = directory.resolve("run");
        Path output = directory.resolve("output.txt");
        Process started = Cli.start(output, List.of(), "run", study, "--out", run);
        while (!Files.exists(run.resolve("run.log")) && started.isAlive()) {
            Thread.sleep(5);
        }
        Thread.sleep(delay);
        started.destroy();
        assertThat(started.waitFor()).as(Files.readString(output)).isEqualTo(ExitCode.INTERRUPTED);
        List<String> said =
                Files.readAllLines(output).stream()
                        .filter(line -> !line.startsWith("WARNING: Using incubator"))
                        .filter(line -> !line.startsWith("SLF4J")) // a library of the tests
                        .filter(line -> !line.startsWith("race, "))
                        .toList();
        assertThat(said)
                .containsExactly(
                        "Stopped. What was finished is saved in %s; the same command goes on from"
                                        .formatted(run)
                                + " there.");
        assertThat(Cli.run("ledger", run).exitCode()).isZero();
    }

    @Test
    void aSignalAfterTheEndOfTheWorkSaysNothing() throws InterruptedException {
        Interruption interruption = new Interruption(console, Path.of("runs/x"), process);
        Thread hook = process.hooks.getFirst();
        interruption.close();
        assertThat(process.hooks).isEmpty();
        hook.start(); // it had begun while close took it back
        hook.join();
        assertThat(process.halts).isEmpty();
        assertThat(err.size()).isZero();
        assertThat(Thread.interrupted()).isFalse();
    }
}
