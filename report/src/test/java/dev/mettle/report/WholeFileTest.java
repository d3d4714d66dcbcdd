package dev.mettle.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

class WholeFileTest {
    private static final byte[] NEW = "new".getBytes(StandardCharsets.UTF_8);

    @TempDir private Path directory;

    private void assertThatNothingElseIsThere(Path file) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void theNewFileTakesThePlaceOfTheOldWhenItIsWhole() throws IOException {
        Path file = Files.writeString(directory.resolve("f"), "old");
        WholeFile.write(
                file,
                out -> {
                    out.write(NEW);
                    out.flush();
                    assertThat(file).hasContent("old");
                });
        assertThat(file).hasContent("new");
        assertThatNothingElseIsThere(file);
    }

    @Test
    void aFailureLeavesTheOldFileAndNoPartOfTheNew() throws IOException {
        Path file = Files.writeString(directory.resolve("f"), "old");
        assertThatThrownBy(() ->
                        WholeFile.write(
                                file,
                                out -> {
                                    out.write(NEW);
                                    throw new IOException("the disk is full");
                                }))
                .hasMessage("the disk is full");
        assertThat(file).hasContent("old");
        assertThatNothingElseIsThere(file);
    }

    @Test
    void aDirectoryInTheWayIsAnErrorThatLeavesNothing() throws IOException {
        Path inTheWay = Files.createDirectory(directory.resolve("f"));
        Files.writeString(inTheWay.resolve("mine"), "");
        assertThatThrownBy(() -> WholeFile.write(inTheWay, out -> out.write(NEW)))
                .isInstanceOf(IOException.class);
        assertThat(inTheWay.resolve("mine")).exists();
        assertThatNothingElseIsThere(inTheWay);
    }
}
