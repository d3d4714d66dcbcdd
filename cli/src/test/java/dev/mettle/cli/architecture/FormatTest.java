package dev.mettle.cli.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;

/**
 * Every Java file is as google-java-format in AOSP style leaves it; {@code .ci/format} runs the
 * same formatter.
 */
class FormatTest {
    @Test
    void everyJavaFileIsFormatted() {
        List<Path> files = SourceTree.javaFiles();
        assertThat(files).hasSizeGreaterThan(50);
        Path root = SourceTree.root();
        assertThat(unformatted(files).lines().map(line -> relative(root, line)))
                .as(
                        "Files that differ from google-java-format's output. To format everything:"
                                + " .ci/format")
                .isEmpty();
    }

    @Test
    void aFileWithAMisplacedBraceIsNamed(@TempDir Path directory) throws IOException {
        Path wrong =
                Files.writeString(directory.resolve("Wrong.java"), "final class Wrong\n{\n}\n");
        Path right = Files.writeString(directory.resolve("Right.java"), "final class Right {}\n");
        assertThat(unformatted(List.of(wrong, right)).lines()).containsExactly(wrong.toString());
    }

    /**
     * What the formatter would change, a path on each line; syntax errors come as lines of their
     * own.
     */
    private static String unformatted(List<Path> files) {
        List<String> arguments = new ArrayList<>(List.of("--aosp", "--dry-run"));
        files.forEach(file -> arguments.add(file.toString()));
        StringWriter answer = new StringWriter();
        PrintWriter writer = new PrintWriter(answer);
        ToolProvider formatter = ToolProvider.findFirst("google-java-format").orElseThrow();
        formatter.run(writer, writer, arguments.toArray(String[]::new));
        writer.flush();
        return answer.toString();
    }

    private static String relative(Path root, String line) {
        return line.startsWith(root.toString())
                ? line.substring(root.toString().length() + 1)
                : line;
    }
}
