package dev.mettle.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code decompose STUDY}. */
class DecomposeCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CANDIDATE = "hidden=4,bias=true,lr=0.003";

    @TempDir private Path directory;

    private Cli decompose(Path run, Object... options) throws IOException {
        Object[] command = new Object[options.length + 6];
        command[0] = "decompose";
        command[1] = Cli.study(directory);
        command[2] = "--candidate";
        command[3] = CANDIDATE;
        command[4] = "--out";
        command[5] = run;
        System.arraycopy(options, 0, command, 6, options.length);
        return Cli.run(command);
    }

    @Test
    void everyInitIsTrainedWithEverySampleAndOnlyOnce() throws IOException {
        Path run = directory.resolve("run");
        Cli first = decompose(run, "--grid", "5x4", "--json");
        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(first.err())
                .contains("5 inits x 4 samples; 20 of 20 trainings are missing, about ");
        JsonNode document = JSON.readTree(first.out());
        assertThat(document.at("/grid").toString()).isEqualTo("[5,4]");
        assertThat(document.at("/order_tied_to_init").asBoolean()).isTrue();
        assertThat(document.at("/finite_pool/fraction").asDouble())
                .isCloseTo(600.0 / document.at("/finite_pool/pool").asInt(), within(1e-12));
        double share = 0;
        for (JsonNode component : document.get("components")) {
            share += component.at("/share/value").asDouble();
        }
        assertThat(share).isCloseTo(1, within(1e-9));
        assertThat(run.resolve("report.html")).exists();

        Cli again = decompose(run, "--grid", "5x4", "--json");
        assertThat(again.out()).isEqualTo(first.out());
        assertThat(again.err()).doesNotContain("missing", "trained");

        Cli larger = decompose(run, "--grid", "5x5", "--arms", 10);
        assertThat(larger.err())
                .contains("5 inits x 5 samples and two arms of 10; 15 of 35 trainings are missing");
        assertThat(larger.out())
                .contains(
                        "arms: The variance of log-loss over fresh inits",
                        "The order of mini-batches follows from init here",
                        "finite pool: n/N is 600 of",
                        "report     " + run.resolve("report.html"));
    }

    @Test
    void theTableOfTheLedgerGivesTheSameAnswer() throws IOException {
        Path run = directory.resolve("run");
        JsonNode trained =
                JSON.readTree(decompose(run, "--grid", "5x4", "--arms", 12, "--json").out());
        Path table =
                Files.writeString(
                        directory.resolve("table.csv"),
                        Cli.run("ledger", run, "--format", "csv").out());
        Cli read = Cli.run("decompose", "--table", table, "--json");
        assertThat(read.exitCode()).as(read.err()).isZero();
        JsonNode again = JSON.readTree(read.out()).get(0);
        assertThat(again.get("components")).isEqualTo(trained.get("components"));
        assertThat(again.get("arms")).isEqualTo(trained.get("arms"));
    }

    @Test
    void theOrderOfMiniBatchesIsAThirdSourceWhereAsked() throws IOException {
        Path run = directory.resolve("run");
        Cli result = decompose(run, "--grid", "3x3x3", "--sources", "init,sample,order", "--json");
        assertThat(result.exitCode()).as(result.err()).isZero();
        JsonNode document = JSON.readTree(result.out());
        assertThat(document.get("components").fieldNames())
                .toIterable()
                .containsExactly(
                        "init",
                        "sample",
                        "init x sample",
                        "order",
                        "init x order",
                        "sample x order",
                        "init x sample x order");
        assertThat(document.at("/order_tied_to_init").asBoolean()).isFalse();
        assertThat(document.at("/components/order/mean_square").asDouble()).isPositive();
        assertThat(document.get("warnings")).hasSize(3);
        assertThat(decompose(run, "--grid", "3x3").err()).contains("9 of 9 trainings are missing");
    }

    @Test
    void aKilledDecompositionGoesOnAndEndsWithTheSameBits()
            throws IOException, InterruptedException {
        Path whole = directory.resolve("whole");
        Path killed = directory.resolve("killed");
        Cli expected = decompose(whole, "--grid", "6x6", "--json");
        assertThat(expected.exitCode()).as(expected.err()).isZero();
        Path output = directory.resolve("killed.txt");
        Process process =
                Cli.start(
                        output,
                        List.of(),
                        "decompose",
                        Cli.study(directory),
                        "--candidate",
                        CANDIDATE,
                        "--grid",
                        "6x6",
                        "--threads",
                        1,
                        "--out",
                        killed);
        int recorded = 0;
        while (process.isAlive() && recorded < 3) {
            process.waitFor(20, TimeUnit.MILLISECONDS);
            recorded = Files.exists(killed.resolve("report.html")) ? 36 : recorded(killed);
        }
        process.destroyForcibly().waitFor();
        assertThat(recorded(killed)).as(Files.readString(output)).isBetween(1, 36);
        Cli resumed = decompose(killed, "--grid", "6x6", "--json");
        assertThat(resumed.exitCode()).as(resumed.err()).isZero();
        assertThat(JSON.readTree(resumed.out()).get("components"))
                .isEqualTo(JSON.readTree(expected.out()).get("components"));
        assertThat(Cli.stableTable(killed)).isEqualTo(Cli.stableTable(whole));
    }

    /** Returns how many instances a ledger that another process writes holds. */
    private static int recorded(Path run) {
        if (!Files.exists(run.resolve("ledger.sqlite"))) {
            return 0;
        }
        Cli table = Cli.run("ledger", run, "--format", "csv");
        return table.exitCode() == ExitCode.DONE
                ? Math.max(0, (int) table.out().lines().count() - 1)
                : 0;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    --grid=16             | --grid 16: has 1 number, but there are 2 sources
                    --grid=16x            | must be whole numbers with x between them
                    --grid=axb            | must be whole numbers with x between them, inits x samples, such as 16x16
                    --grid=4x4x4          | Add --sources init,sample,order for three
                    --grid=16x2           | --grid 16x2: 2 samples; at least 3 are needed
                    --grid=1x16           | 1 init; at least 3
                    --grid=1000x1000      | about 1,000,000 trainings; at most 100,000
                    --grid=999999999x999999999 | at most 100,000
                    --grid=-4x4           | must be whole numbers
                    --arms=3              | --arms 3: must be 10 or more
                    --arms=x              | 'x' is not an int
                    --arms=60000          | at most 100,000
                    --sources=init        | --sources init: must be init,sample or init,sample,order
                    --sources=sample,init | must be init,sample or
                    --sources=init,seed   | must be init,sample or
                    --threads=0           | must be 1 or more
                    """)
    void optionsThatCannotBeMeantAreRefusedBeforeAnythingIsWritten(String option, String words)
            throws IOException {
        Path run = directory.resolve("run");
        Cli result = decompose(run, option);
        assertThat(result.exitCode()).as(result.err()).isEqualTo(ExitCode.WRONG_INPUT);
        assertThat(result.err()).contains(words).doesNotContain("Exception", "\tat ");
        assertThat(run).doesNotExist();
    }

    @Test
    void aCandidateMustBeNamedAndKnown() throws IOException {
        Path study = Cli.study(directory);
        assertThat(Cli.run("decompose", study).err()).contains("name one with --candidate");
        assertThat(Cli.run("decompose", study, "--candidate", "winner").err())
                .contains("there is no run of small yet");
        assertThat(Cli.run("decompose").exitCode()).isEqualTo(ExitCode.WRONG_INPUT);
    }
}
