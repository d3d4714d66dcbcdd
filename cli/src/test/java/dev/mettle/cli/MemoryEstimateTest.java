package dev.mettle.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A study that does not fit into the memory is refused before anything is trained. */
class MemoryEstimateTest {
    private static final long MB = 1_000_000;

    @TempDir private Path directory;

    @BeforeEach
    void writeData() throws IOException {
        Npz.sound().writeTo(directory.resolve("data.npz"));
    }

    @Test
    void whatIsNeededAndAvailableIsNamedWithARemedy() throws IOException {
        OpenStudy study = OpenStudy.read(BadInputTest.study(directory));
        MemoryEstimate four = MemoryEstimate.of(study, 4);
        long one = MemoryEstimate.of(study, 1).bytes();
        assertThat(four.bytes()).isEqualTo(one + 3 * four.perThread().bytes());
        assertThatCode(() -> four.require(study, four.bytes())).doesNotThrowAnyException();
        assertThatThrownBy(() -> four.require(study, four.bytes() - 1))
                .isInstanceOf(UserException.class)
                .hasMessageContainingAll(
                        "study.yaml: training with 4 threads needs about ",
                        "the program may use ",
                        "METTLE_JAVA_OPTIONS=-Xmx1g",
                        "--threads 3",
                        "network of candidate");
        assertThatThrownBy(() -> four.require(study, one - 1))
                .hasMessageNotContaining("--threads")
                .hasMessageContaining("smaller sample, batch or network");
    }

    @Test
    void aNetworkThatNoArrayCanHoldIsRefused() throws IOException {
        Path study =
                BadInputTest.study(
                        directory,
                        "{channels: 2, kernel: 3}",
                        "{channels: 100000, kernel: 3}",
                        "batch: 16",
                        "batch: 16384");
        Cli result = Cli.run("run", study, "--out", directory.resolve("run"));
        BadInputTest.assertRefused(result, directory);
        assertThat(result.err())
                .contains(
                        "study.yaml: candidate ",
                        "is too large to be trained",
                        "more than 8 GB",
                        "a smaller batch than 16,384");
        assertThat(result.err().lines().filter(line -> line.startsWith("mettle: "))).hasSize(1);
    }

    @Test
    void validateShowsTheEstimate() throws IOException {
        Path study = BadInputTest.study(directory);
        JsonNode document = new ObjectMapper().readTree(Cli.run("validate", study, "--json").out());
        assertThat(document.get("memory_bytes").asLong()).isBetween(60 * MB, 200 * MB);
        assertThat(document.get("memory_available_bytes").asLong())
                .isEqualTo(Runtime.getRuntime().maxMemory());
        assertThat(Cli.run("validate", study, "--threads", 2).out())
                .containsPattern("memory       about \\d+ MB of .*\\(data 1 MB; each thread ");
    }

    @Test
    void aHeapThatIsTooSmallIsRefusedFromTheCommandLine() throws Exception {
        Path study = Cli.study(directory);
        Path output = directory.resolve("output.txt");
        Process process =
                Cli.start(
                        output,
                        List.of("-Xmx90m"),
                        "run",
                        study,
                        "--out",
                        directory.resolve("run"),
                        "--threads",
                        2);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(output)).isEqualTo(2);
        assertThat(output).content().contains("needs about", "-Xmx1g").doesNotContain("\tat ");
        assertThat(directory.resolve("run")).doesNotExist();
    }

    @Test
    void settingsAreWrittenAsWhatYamlTakesThemFor() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        for (String text :
                List.of(
                        "true", "8", "-3", "0.001", "1e-3", ".5", "5f", "0x1p3", "NaN", "1d",
                        "x")) {
            RunJson.putTyped(node, "[" + text + "]", text);
        }
        assertThat(node.toString())
                .isEqualTo(
                        "{\"[true]\":true,\"[8]\":8,\"[-3]\":-3,\"[0.001]\":0.001,\"[1e-3]\":0.001,"
                                + "\"[.5]\":0.5,\"[5f]\":\"5f\",\"[0x1p3]\":\"0x1p3\","
                                + "\"[NaN]\":\"NaN\",\"[1d]\":\"1d\",\"[x]\":\"x\"}");
    }
}
