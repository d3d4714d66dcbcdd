package dev.mettle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

class ConsoleTest {
    @TempDir private Path directory;

    /** What /dev/full does. */
    private static final class FullDisk extends OutputStream {
        @Override
        public void write(int value) throws IOException {
            throw new IOException("No space left on device");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "--help", "validate", "schema"})
    void resultsThatCannotBeWrittenAreAFailureWithOneMessage(String command) throws IOException {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console =
                new Console(
                        new PrintStream(new BufferedOutputStream(new FullDisk())),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        false);
        String[] arguments =
                command.equals("validate")
                        ? new String[] {command, Cli.study(directory).toString()}
                        : new String[] {command};
        assertThat(Main.execute(console, arguments)).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo(
                        "mettle: standard output could not be written (is the disk full?). What was"
                                + " trained is kept.\n");
    }

    @Test
    void theExitCodeOfAFailureStaysWhenItsOutputIsLostToo() {
        Console console =
                new Console(
                        new PrintStream(new FullDisk()),
                        new PrintStream(new ByteArrayOutputStream()),
                        false);
        assertThat(Main.execute(console)).isEqualTo(ExitCode.WRONG_INPUT);
    }

    @Test
    void errorsOfTheJvmAreOneMessage() {
        assertThat(reported(new OutOfMemoryError("Java heap space")))
                .startsWith("mettle: the memory is not enough: the JVM may use ")
                .contains("METTLE_JAVA_OPTIONS=-Xmx")
                .doesNotContain("\tat ");
        assertThat(reported(new StackOverflowError())).contains("nests too deeply");
        assertThat(reported(new NoClassDefFoundError("x"))).contains("internal error");
    }

    private static String reported(Error error) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console =
                new Console(
                        new PrintStream(new ByteArrayOutputStream()),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        false);
        assertThat(Failures.report(error, console, false)).isEqualTo(ExitCode.FAILED);
        String text = err.toString(StandardCharsets.UTF_8);
        assertThat(text.lines()).hasSizeLessThan(3);
        return text;
    }
}
