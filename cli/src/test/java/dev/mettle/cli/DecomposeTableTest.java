package dev.mettle.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** {@code decompose --table}: a grid of losses made elsewhere. */
class DecomposeTableTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** 5 inits, 6 samples: reference/variance_components.py. */
    private static final double[] LOSSES = {
        0.0123, 0.0151, 0.0118, 0.0135, 0.0127, 0.0142,
        0.0119, 0.0131, 0.0110, 0.0125, 0.0138, 0.0129,
        0.0147, 0.0166, 0.0133, 0.0162, 0.0164, 0.0158,
        0.0140, 0.0161, 0.0121, 0.0149, 0.0144, 0.0150,
        0.0115, 0.0137, 0.0104, 0.0126, 0.0122, 0.0131
    };

    @TempDir private Path directory;

    private static List<String> rows() {
        List<String> rows = new ArrayList<>(List.of("init,sample,loss"));
        for (int i = 0; i < LOSSES.length; i++) {
            rows.add("w%d,%d,%s".formatted(i / 6, i % 6, LOSSES[i]));
        }
        return rows;
    }

    private Cli decompose(List<String> rows, Object... options) throws IOException {
        Path table = Files.writeString(directory.resolve("t.csv"), String.join("\n", rows) + "\n");
        List<Object> command = new ArrayList<>(List.of("decompose", "--table", table));
        command.addAll(Arrays.asList(options));
        return Cli.run(command.toArray());
    }

    private static void assertRefused(Cli result, String... words) {
        assertThat(result.exitCode()).as(result.err()).isEqualTo(ExitCode.WRONG_INPUT);
        assertThat(result.err()).contains(words).doesNotContain("Exception", "\tat ");
        assertThat(result.out()).isEmpty();
    }

    private static JsonNode json(Cli result) throws IOException {
        assertThat(result.err()).isEmpty();
        return JSON.readTree(result.out()).get(0);
    }

    @Test
    void theAnswerComesFirst() throws IOException {
        Cli result = decompose(rows());
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out().lines().findFirst().orElseThrow())
                .isEqualTo(
                        "The initial weights make 53 % (95 %: 14 to 91 %) of the variance of"
                                + " log-loss, the training sample 40 %, the interaction of the two"
                                + " 7 %; the probability that this is the largest part is only"
                                + " 0.63.");
        assertThat(result.out())
                .contains(
                        "losses: 5 inits x 6 samples, 30 trainings, 0 failed",
                        "std over the inits alone, the rest held fixed:")
                .doesNotContain("order of mini-batches", "n/N");
    }

    @Test
    void jsonHasEveryNumber() throws IOException {
        JsonNode document = json(decompose(rows(), "--json"));
        assertThat(document.at("/components/init/raw_variance").asDouble())
                .isCloseTo(0.00947628225190973, within(1e-14));
        assertThat(document.at("/components/sample/share/value").asDouble())
                .isCloseTo(0.3977275413172363, within(1e-12));
        assertThat(document.at("/components/interaction/degrees_of_freedom").asInt()).isEqualTo(20);
        assertThat(document.at("/components/init/probability_largest").asDouble())
                .isCloseTo(0.62746, within(0.002));
        assertThat(document.at("/grid").toString()).isEqualTo("[5,6]");
        assertThat(document.at("/sources").toString()).isEqualTo("[\"init\",\"sample\"]");
        assertThat(document.at("/failures/count").asInt()).isZero();
        assertThat(document.at("/tails/residuals/excess_kurtosis").asDouble())
                .isCloseTo(0.312393939640049, within(1e-10));
        assertThat(document.has("finite_pool")).isFalse();
    }

    @Test
    void theOrderOfRowsDoesNotMatter() throws IOException {
        List<String> reversed = new ArrayList<>(rows());
        Collections.reverse(reversed.subList(1, reversed.size()));
        assertThat(decompose(reversed).out()).isEqualTo(decompose(rows()).out());
    }

    @Test
    void failedTrainingsAreShownByLevelAndLeftOut() throws IOException {
        List<String> rows = rows();
        for (int init = 0; init < 5; init++) {
            rows.set(1 + 6 * init + 4, "w%d,4,%s".formatted(init, init < 3 ? "inf" : ""));
        }
        Cli result = decompose(rows);
        assertThat(result.out())
                .contains(
                        "30 trainings, 5 failed",
                        "failed by init: 5 of 5 levels: w0 (1), w1 (1), w2 (1), w3 (1), w4 (1); no"
                                + " sign that they cluster (permutation test p = 1.0)",
                        "failed by sample: 1 of 6 levels: 4 (5); they cluster",
                        "warning: 5 of 30 trainings failed. The components are those of the 5x5"
                                + " grid without 1 of 6 samples");
        JsonNode failures = json(decompose(rows, "--json")).at("/failures");
        assertThat(failures.at("/sample/by_level/4").asInt()).isEqualTo(5);
        assertThat(failures.at("/sample/left_out/0").asText()).isEqualTo("4");
        assertThat(failures.at("/sample/clustering_p_value").asDouble()).isLessThan(0.001);
    }

    @Test
    void whereTooManyTrainingsFailedTheExitCodeSaysSo() throws IOException {
        List<String> rows = rows();
        for (int i = 1; i < rows.size(); i++) {
            if (i % 7 < 4) {
                rows.set(i, rows.get(i).replaceFirst("[^,]*$", "nan"));
            }
        }
        Cli result = decompose(rows);
        assertThat(result.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(result.out())
                .startsWith("Where the variance comes from is undetermined: ")
                .contains("failed by init", "3 levels of each source are needed");
        JsonNode document = json(decompose(rows, "--json"));
        assertThat(document.get("components").isNull()).isTrue();
        assertThat(document.get("undetermined").asText()).contains("trainings failed");
    }

    @Test
    void rowsBeyondTheGridAreTheArmsOfThePaper() throws IOException {
        List<String> rows = rows();
        for (int i = 6; i < 20; i++) {
            rows.add("w0,%d,%s".formatted(i, 0.01 + 0.0001 * (i * 7 % 20)));
            rows.add("w%d,0,%s".formatted(i, 0.01 + 0.0001 * (i * 3 % 5)));
        }
        Cli result = decompose(rows);
        assertThat(result.out())
                .contains(
                        "5 inits x 6 samples, 30 trainings",
                        "arms: The variance of log-loss over fresh inits is",
                        "one sample, 19 fresh inits",
                        "one init, 20 fresh samples");
        assertThat(json(decompose(rows, "--json")).at("/arms/init/count").asInt()).isEqualTo(19);
        rows.remove(rows.size() - 1);
        rows.add("w99,3,0.01"); // an init with another sample: no arm
        assertThat(decompose(rows).out()).doesNotContain("arms:");
    }

    @Test
    void threeSourcesAreTakenFromTheColumnOrder() throws IOException {
        List<String> rows = new ArrayList<>(List.of("candidate;init;sample;order;loss"));
        for (int i = 0; i < 60; i++) {
            int init = i / 15;
            int sample = i / 3 % 5;
            rows.add(
                    "a;%d;%d;%d;%s"
                            .formatted(
                                    init,
                                    sample,
                                    i % 3,
                                    1 + 0.1 * init + 0.02 * sample + 0.001 * (i * i % 7)));
        }
        Cli result = decompose(rows);
        assertThat(result.out())
                .contains(
                        "a: 4 inits x 5 samples x 3 orders, 60 trainings",
                        "init x sample x order",
                        "warning: Only 3 levels of order");
        List<String> mixed = new ArrayList<>(rows);
        mixed.set(5, "a;0;1;;1.1");
        assertRefused(decompose(mixed), "59 of the 60 rows of a have an order", "two grids");
    }

    @Test
    void severalCandidatesAreDecomposedEachByItself() throws IOException {
        List<String> rows = new ArrayList<>(List.of("candidate,init,sample,loss"));
        for (String name : List.of("alpha", "beta")) {
            rows().stream().skip(1).forEach(row -> rows.add(name + "," + row));
        }
        assertThat(JSON.readTree(decompose(rows, "--json").out())).hasSize(2);
        assertThat(decompose(rows, "--candidate", "be").out())
                .contains("beta: 5 inits")
                .doesNotContain("alpha");
        assertRefused(decompose(rows, "--candidate", "x"), "begins with 'x'; it has alpha, beta");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    init,sample,loss\\n0,0,1\\n0,1,2\\n1,0,3\\n0,0,4       | line 5: init 0, sample 0 of losses is on line 2 already
                    init,sample,loss\\n0,0,1\\n1,1,2\\n2,2,3               | 3 inits and 3 samples and are no grid
                    init,sample,loss\\n0,0,1\\n0,1,2\\n1,0,3\\n1,1,3\\n1,2,2\\n2,2,1\\n2,1,3\\n2,0,1 | 1 of 9 cells are missing, (init 0, sample 2)
                    init,loss\\n0,1\\n1,2                                  | line 2: has no sample. A grid needs the columns init, sample and loss
                    instance,loss\\n0,1                                    | has no init
                    init,sample,loss\\n0,,1                                | line 2: has no sample
                    init,sample,loss\\n0,0,x                               | line 2, column 'loss': 'x' is not a number
                    init,sample,loss                                       | holds no losses
                    """)
    void aTableThatIsNoGridIsRefusedWithItsReason(String text, String words) throws IOException {
        assertRefused(decompose(List.of(text.replace("\\n", "\n"))), "t.csv", words);
    }

    @Test
    void manyMissingCellsAreCountedAndTheFirstNamed() throws IOException {
        List<String> rows = rows();
        rows.subList(10, 16).clear();
        assertRefused(
                decompose(rows),
                "the grid of losses, 5 inits x 6 samples, is not complete: 6 of 30 cells are"
                        + " missing, (init w1, sample 3)",
                ", ...",
                "a failed training has the loss inf");
    }

    @Test
    void aGridOfTwoLevelsIsTooSmall() throws IOException {
        Cli result = decompose(List.of("init,sample,loss\n0,0,1\n0,1,2\n1,0,3\n1,1,5"));
        assertThat(result.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(result.out())
                .contains("the grid is 2x2, and 3 levels of each source are needed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--grid=4x4", "--arms=20", "--sources=init,sample", "--threads=1"})
    void optionsThatWouldBeIgnoredAreRefused(String option) throws IOException {
        assertRefused(decompose(rows(), option), "is for a study; with --table nothing is trained");
        assertRefused(
                Cli.run("decompose", "s.yaml", "--purpose", "race"), "--purpose is for --table");
    }
}
