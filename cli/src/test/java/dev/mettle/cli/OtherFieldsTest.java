package dev.mettle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The tables of examples/fields, whose data are not shipped: a file with the head line that their
 * README names, of made-up numbers, is what the studies ask for.
 */
class OtherFieldsTest {
    private static final Path EXAMPLES = Path.of("../examples/fields");
    private static final int ROWS = 16_000;

    @TempDir Path folder;

    /** Returns the columns that the README gives for a file. */
    private static List<String> columns(String name) throws IOException {
        String line =
                Files.readAllLines(EXAMPLES.resolve("README.md")).stream()
                        .filter(one -> one.startsWith(name + ".csv "))
                        .findFirst()
                        .orElseThrow();
        String[] words = line.split(" +", 2);
        String all =
                words[1].replace(
                        "X2, ... X23,",
                        IntStream.rangeClosed(2, 23)
                                .mapToObj(x -> "X" + x + ",")
                                .collect(Collectors.joining()));
        return Arrays.asList(all.split(","));
    }

    private static String table(List<String> columns) {
        Random random = new Random(1);
        StringBuilder text = new StringBuilder(String.join(",", columns)).append('\n');
        for (int row = 0; row < ROWS; row++) {
            for (int c = 0; c < columns.size(); c++) {
                int most = columns.get(c).equals("Y") ? 2 : 9;
                int least = columns.get(c).equals("Y") ? 0 : 1;
                text.append(c == 0 ? "" : ",").append(least + random.nextInt(most));
            }
            text.append('\n');
        }
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"concrete", "energy", "wine_red", "power_plant", "credit_default"})
    void theStudyFitsTheFileThatTheReadmeDescribes(String name) throws IOException {
        Path study = folder.resolve(name + ".yaml");
        Files.copy(EXAMPLES.resolve(name + ".yaml"), study);
        Path data = Files.createDirectory(folder.resolve("data"));
        Files.writeString(data.resolve(name + ".csv"), table(columns(name)));
        Cli result = Cli.run("validate", study);
        assertThat(result.err()).doesNotContain("yaml:");
        assertThat(result.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(result.out()).contains("64 (0 excluded)");
    }
}
