package dev.mettle.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The bits of whole trainings do not depend on the width of the vectors, on the compiler, on the
 * processor's fma instruction, nor on the version of Mettle.
 */
class VectorWidthTest {
    /** Of {@link TrainingHash#hash}. Pins the bits from version to version. */
    private static final int PINNED = 1969655162;

    /** Of {@link TrainingHash#least}. */
    private static final int PINNED_LEAST = 1023490657;

    /** Of {@link TrainingHash#deep}. */
    private static final int PINNED_DEEP = -1858657316;

    /** Of {@link TrainingHash#recipes}. */
    private static final int PINNED_RECIPES = -609130852;

    /** Of {@link TrainingHash#windows}. */
    private static final int PINNED_WINDOWS = -380834522;

    /** Of {@link TrainingHash#inputs}. */
    private static final int PINNED_INPUTS = 1558480787;

    private static final String CHANGED =
            "The bits of whole trainings are no longer those of the last version. If that is meant,"
                    + " pin the new hash here and say in CHANGELOG.md that results change and why.";

    @Test
    void theBitsAreTheOnesOfTheLastVersion() {
        assertThat(TrainingHash.hash()).as(CHANGED).isEqualTo(PINNED);
        assertThat(TrainingHash.least()).as(CHANGED).isEqualTo(PINNED_LEAST);
        assertThat(TrainingHash.deep()).as(CHANGED).isEqualTo(PINNED_DEEP);
        assertThat(TrainingHash.recipes()).as(CHANGED).isEqualTo(PINNED_RECIPES);
        assertThat(TrainingHash.windows()).as(CHANGED).isEqualTo(PINNED_WINDOWS);
        assertThat(TrainingHash.inputs()).as(CHANGED).isEqualTo(PINNED_INPUTS);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void narrowerVectorsGiveTheSameBits(int useAvx) throws IOException, InterruptedException {
        int bits = useAvx == 3 ? 512 : useAvx == 2 ? 256 : 128;
        assumeThat(System.getProperty("os.arch")).isIn("amd64", "x86_64");
        assumeThat(Vectors.bits()).isGreaterThanOrEqualTo(bits);
        assertThat(output("-XX:UseAVX=" + useAvx)).isEqualTo(bits + " " + PINNED);
        assertThat(output("-XX:UseAVX=" + useAvx, "deep")).isEqualTo(bits + " " + PINNED_DEEP);
        assertThat(output("-XX:UseAVX=" + useAvx, "recipes"))
                .isEqualTo(bits + " " + PINNED_RECIPES);
        assertThat(output("-XX:UseAVX=" + useAvx, "windows"))
                .isEqualTo(bits + " " + PINNED_WINDOWS);
        assertThat(output("-XX:UseAVX=" + useAvx, "inputs")).isEqualTo(bits + " " + PINNED_INPUTS);
    }

    @Test
    void withoutTheFmaInstructionTheBitsAreTheSame() throws IOException, InterruptedException {
        assumeThat(System.getProperty("os.arch")).isIn("amd64", "x86_64");
        assertThat(output("-XX:UseAVX=0", "least")).isEqualTo("128 " + PINNED_LEAST);
        assertThat(output("-XX:UseAVX=0", "recipes")).isEqualTo("128 " + PINNED_RECIPES);
        assertThat(output("-XX:UseAVX=0", "windows")).isEqualTo("128 " + PINNED_WINDOWS);
    }

    @Test
    void interpretedTheBitsAreTheSame() throws IOException, InterruptedException {
        assertThat(output("-Xint", "least")).isEqualTo(Vectors.bits() + " " + PINNED_LEAST);
        assertThat(output("-Xint", "recipes")).isEqualTo(Vectors.bits() + " " + PINNED_RECIPES);
        assertThat(output("-Xint", "windows")).isEqualTo(Vectors.bits() + " " + PINNED_WINDOWS);
        assertThat(output("-Xint", "inputs")).isEqualTo(Vectors.bits() + " " + PINNED_INPUTS);
    }

    /** What {@link TrainingHash} prints in a JVM with one more option. */
    private static String output(String option, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(option, "--add-modules", "jdk.incubator.vector", "-cp"));
        command.add(System.getProperty("java.class.path"));
        command.add(TrainingHash.class.getName());
        command.addAll(List.of(arguments));
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String output =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        return output;
    }
}
