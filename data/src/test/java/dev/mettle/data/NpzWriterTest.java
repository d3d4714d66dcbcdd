package dev.mettle.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class NpzWriterTest {
    @TempDir private Path directory;

    private static float[] ramp(int count) {
        float[] ramp = new float[count];
        for (int i = 0; i < count; i++) {
            ramp[i] = 0.5f * i - 3;
        }
        return ramp;
    }

    private static void write(Path file) throws IOException {
        try (NpzWriter writer = NpzWriter.create(file)) {
            writer.write("cells", List.of(20_000L, 2L), ramp(40_000));
            writer.write("empty", List.of(0L), new float[0]);
            writer.write("y", List.of(3L), new float[] {-0f, Float.MIN_VALUE, 3e38f});
            writer.finish();
        }
    }

    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
        Path file = directory.resolve("a.npz");
        write(file);
        try (NpzFile npz = NpzFile.open(file)) {
            assertThat(npz.array("", "cells").toFloats()).isEqualTo(ramp(40_000));
            assertThat(npz.array("", "cells").shape()).containsExactly(20_000L, 2L);
            assertThat(npz.array("", "y").toFloats()).containsExactly(-0f, Float.MIN_VALUE, 3e38f);
        }
    }

    @Test
    void equalArraysGiveEqualBytes() throws IOException {
        write(directory.resolve("a.npz"));
        write(directory.resolve("b.npz"));
        assertThat(directory.resolve("a.npz")).hasSameBinaryContentAs(directory.resolve("b.npz"));
    }

    @Test
    void aFileThatIsNotFinishedLeavesTheOldOneAndNothingElse() throws IOException {
        Path file = directory.resolve("a.npz");
        Files.writeString(file, "old");
        try (NpzWriter writer = NpzWriter.create(file)) {
            writer.write("x", List.of(1L), new float[1]);
        }
        assertThat(file).hasContent("old");
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void theShapeMustFitTheValues() throws IOException {
        try (NpzWriter writer = NpzWriter.create(directory.resolve("a.npz"))) {
            assertThatThrownBy(() -> writer.write("x", List.of(2L, 2L), new float[3]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'x'");
        }
    }
}
