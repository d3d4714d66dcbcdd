package dev.mettle.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * The bits of whole trainings do not depend on the width of the vectors, nor on the version of
 * Mettle.
 */
class VectorWidthTest {
    /** Pins the bits from version to version; a change belongs into the CHANGELOG. */
    private static final int PINNED = 1969655162;

    @Test
    void theBitsAreTheOnesOfTheLastVersion() {
        assertThat(TrainingHash.hash()).isEqualTo(PINNED);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void narrowerVectorsGiveTheSameBits(int useAvx) throws IOException, InterruptedException {
        int bits = useAvx == 3 ? 512 : useAvx == 2 ? 256 : 128;
        assumeThat(System.getProperty("os.arch")).isIn("amd64", "x86_64");
        assumeThat(Vectors.bits()).isGreaterThanOrEqualTo(bits);
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:UseAVX=" + useAvx,
                                "--add-modules",
                                "jdk.incubator.vector",
                                "-cp",
                                System.getProperty("java.class.path"),
                                TrainingHash.class.getName())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        String output =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(output).isEqualTo(bits + " " + PINNED);
    }
}
