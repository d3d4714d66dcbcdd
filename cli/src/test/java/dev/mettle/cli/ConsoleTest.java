package dev.mettle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
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

    /** What a result and a message become, and a name in a document. */
    private static String printed(Charset charset) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(bytes, true, charset);
        Console console = new Console(stream, stream, false);
        console.result("loss (ln² units) " + Numbers.shown(0.0000086));
        console.message("é " + Numbers.shown(-12345678));
        console.result(JsonNodeFactory.instance.objectNode().put("unit", "ln² é"));
        return bytes.toString(charset).replace(System.lineSeparator(), "\n");
    }

    @Test
    void aTerminalThatKnowsAsciiOnlySeesNumbersNotQuestionMarks() {
        assertThat(printed(StandardCharsets.US_ASCII))
                .isEqualTo(
                        "loss (ln^2 units) 8.600 x 10^-6\n? -1.235 x 10^7\n"
                                + "{\n  \"unit\" : \"ln\\u00B2 \\u00E9\"\n}\n");
        assertThat(printed(StandardCharsets.ISO_8859_1)) // has × and ², but no ⁻⁶
                .startsWith("loss (ln^2 units) 8.600 x 10^-6\né -1.235 x 10^7\n");
        assertThat(printed(StandardCharsets.UTF_8))
                .isEqualTo(
                        "loss (ln² units) 8.600 × 10⁻⁶\né -1.235 × 10⁷\n"
                                + "{\n  \"unit\" : \"ln² é\"\n}\n");
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
