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
import java.util.ArrayList;
import java.util.List;

class SampleSizeCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    static final String CANDIDATE = "hidden=8,bias=true,lr=0.01";

    @TempDir private Path directory;

    private Cli run(Path study, Path run, Object... options) {
        List<Object> command =
                new ArrayList<>(List.of("sample-size", study, "--out", run, "--instances", 20));
        command.addAll(List.of(options));
        return Cli.run(command.toArray());
    }

    @Test
    void candidatesWithAndWithoutFeaturesAreComparedAtEverySize() throws IOException {
        Path study = Cli.study(directory);
        Path run = directory.resolve("run");
        Object[] options = {
            "--candidate", CANDIDATE, "--contrast", "bias", "--sizes", "60,240,960", "--json"
        };
        Cli first = run(study, run, options);
        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(first.err())
                .contains(
                        "3 sizes from 60 to 960 rows, 20 instances each, 2 candidates: 120"
                                + " trainings; about ",
                        "larger samples take more steps");
        JsonNode document = JSON.readTree(first.out());
        assertThat(document.get("verdict").asText())
                .contains("bias=true: ", "bias=false: ", "family-wise error at most 5 % for each");
        assertThat(document.get("pool").asInt()).isEqualTo(18_000);
        assertThat(document.get("paired").asBoolean()).isTrue();
        assertThat(document.get("candidates")).hasSize(2);
        JsonNode size = document.at("/candidates/0/sizes/2");
        assertThat(size.get("rows").asInt()).isEqualTo(960);
        assertThat(size.at("/losses/count").asInt()).isEqualTo(20);
        assertThat(size.get("share_of_pool").asDouble()).isCloseTo(960 / 18_000.0, within(1e-12));
        assertThat(size.get("cv_lower").asDouble()).isLessThan(size.get("cv").asDouble());
        assertThat(document.at("/ratios/0/to").asText())
                .isEqualTo(document.at("/candidates/0/candidate").asText());
        assertThat(Cli.stableTable(run)).hasLineCount(121).contains("sample_size");
        assertThat(Files.readString(run.resolve("report.html")))
                .contains("How much data it needs", "plot-sizes-losses", "plot-sizes-cv");

        Cli again = run(study, run, options);
        assertThat(again.err()).contains("all of them in the run already");
        assertThat(JSON.readTree(again.out())).isEqualTo(document);
        assertThat(Cli.stableTable(run)).hasLineCount(121);

        tableOfTheLedgerTellsTheSame(run, document);
    }

    private void tableOfTheLedgerTellsTheSame(Path run, JsonNode document) throws IOException {
        Path table = directory.resolve("losses.csv");
        assertThat(Cli.run("ledger", run, "--out", table).exitCode()).isZero();
        Cli read = Cli.run("sample-size", "--table", table, "--json");
        assertThat(read.exitCode()).as(read.err()).isZero();
        JsonNode other = JSON.readTree(read.out());
        assertThat(other.get("paired").asBoolean()).isTrue();
        for (String field : List.of("robust_from", "not_robust_up_to", "crossing_interval")) {
            for (int c = 0; c < 2; c++) {
                String path = "/candidates/" + c + "/" + field;
                assertThat(other.at(path)).isEqualTo(document.at(path));
            }
        }
        assertThat(other.get("ratios")).isEqualTo(document.get("ratios"));
        Cli assessed = Cli.run("assess", "--table", table, "--purpose", "sample_size");
        assertThat(assessed.exitCode()).isEqualTo(ExitCode.WRONG_INPUT);
        assertThat(assessed.err()).contains("training samples of 3 sizes", "sample-size --table");
    }

    @Test
    void moreSizesAndInstancesKeepWhatIsThere() throws IOException {
        Path study = Cli.study(directory);
        Path run = directory.resolve("run");
        assertThat(run(study, run, "--candidate", CANDIDATE, "--sizes", "60").exitCode()).isZero();
        Cli more =
                run(
                        study,
                        run,
                        "--candidate",
                        CANDIDATE,
                        "--sizes",
                        "60,120",
                        "--instances",
                        22,
                        "--threads",
                        1);
        assertThat(more.exitCode()).as(more.err()).isEqualTo(ExitCode.WRONG_INPUT); // twice
        Cli right =
                Cli.run(
                        "sample-size",
                        study,
                        "--out",
                        run,
                        "--candidate",
                        CANDIDATE,
                        "--sizes",
                        "60,120",
                        "--instances",
                        22);
        assertThat(right.exitCode()).as(right.err()).isZero();
        assertThat(right.err()).contains("44 trainings, 24 of them to do");
        assertThat(right.out().lines().findFirst().orElseThrow())
                .matches("(not )?(shown to be )?robust .*\\(family-wise error at most 5 %\\).*");
        assertThat(right.out())
                .contains("0.3 %", "0.7 %", "report     ", "its curve of cv", "1 - n/N");
    }

    @Test
    void aStudyKilledManyTimesEndsWithTheSameBits() throws Exception {
        Path study = Cli.study(directory, "epochs: 6", "epochs: 20");
        Path whole = directory.resolve("whole");
        Path killed = directory.resolve("killed");
        long milliseconds =
                new Kills((output, threads) -> start(output, study, whole, threads))
                        .whole("whole.txt");
        int kills =
                new Kills((output, threads) -> start(output, study, killed, threads))
                        .kill("killed.txt", 8, 4712, milliseconds / 3, milliseconds / 2);
        assertThat(start("killed.txt", study, killed, 2).waitFor())
                .as(Files.readString(directory.resolve("killed.txt")))
                .isZero();
        assertThat(kills).isPositive();
        assertThat(Cli.stableTable(killed)).isEqualTo(Cli.stableTable(whole)).hasLineCount(61);
    }

    private Process start(String output, Path study, Path run, int threads) throws IOException {
        return Cli.start(
                directory.resolve(output),
                List.of(),
                "sample-size",
                study,
                "--candidate",
                CANDIDATE,
                "--sizes",
                "500,2000,4000",
                "--instances",
                20,
                "--out",
                run,
                "--threads",
                threads);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "--sizes,60,9001           | 9,001 is more than half of the pool's 18,000 rows | at"
                        + " most 9,000",
                "--sizes,1,200             | 1 is too few                         | 1200, not"
                        + " 1,200",
                "--sizes,600,300           | sizes must increase                  | --sizes"
                        + " 300,600",
                "--sizes,300,300           | 300 is there twice                   | Take one out",
                "--sizes,300,many          | 'many' is not a number of rows       | 300,600,1200",
                "--sizes,                  | '' is not a number of rows           | 300,600,1200",
                "--instances,19            | --instances 19                       | needs 20 or"
                        + " more",
                "--contrast,biass          | no dimension 'biass'                 | did you mean"
                        + " \"bias\"?",
            })
    void mistakesAreNamedBeforeAnythingIsWritten(String option, String what, String remedy)
            throws IOException {
        Path study = Cli.study(directory);
        Path run = directory.resolve("run");
        Cli result =
                Cli.run(
                        "sample-size",
                        study,
                        "--out",
                        run,
                        "--candidate",
                        CANDIDATE,
                        option.substring(0, option.indexOf(',')),
                        option.substring(option.indexOf(',') + 1));
        assertThat(result.exitCode()).as(result.err()).isEqualTo(ExitCode.WRONG_INPUT);
        assertThat(result.err()).contains(what, remedy).doesNotContain("Exception", "\tat ");
        assertThat(result.out()).isEmpty();
        assertThat(run).doesNotExist();
    }

    @Test
    void contrastTakesOneCandidate() throws IOException {
        Path study = Cli.study(directory);
        Cli result =
                Cli.run(
                        "sample-size",
                        study,
                        "--candidate",
                        CANDIDATE,
                        "--candidate",
                        "hidden=4,bias=true,lr=0.01",
                        "--contrast",
                        "bias");
        assertThat(result.exitCode()).isEqualTo(ExitCode.WRONG_INPUT);
        assertThat(result.err()).contains("--contrast", "--candidate once");
    }

    @Test
    void theMemoryOfTheLargestSizeIsAskedFor() throws IOException {
        OpenStudy study = OpenStudy.read(Cli.study(directory));
        long small = MemoryEstimate.of(study, 1).bytes();
        long large = MemoryEstimate.of(study, 1, 9000).bytes();
        assertThat(large - small).isGreaterThan(8000L * 15 * 15 * Float.BYTES);
        assertThat(MemoryEstimate.of(study, 1, 9000).parts()).contains("a sample of 9,000");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "9000  | 32  | 140,280,560,1100,2300,4500,9000",
                "7000  | 128 | 130,250,490,950,1800,3600,7000",
                "81043 | 256 | 1300,2500,5100,10000,20000,41000,81000",
                "300   | 256 | 38,53,75,110,150,210,300",
                "21    | 8   | 20,21",
                "5     | 8   | 5",
            })
    void defaultSizesDoubleUpToHalfThePool(int largest, int batch, String sizes) {
        assertThat(SampleSizes.list(SampleSizes.defaults(largest, batch))).isEqualTo(sizes);
    }

    @Test
    void lossesMadeElsewhereAreJudgedEachSizeByItself() throws IOException {
        StringBuilder text = new StringBuilder("candidate,rows,instance,loss\n");
        for (int i = 0; i < 25; i++) {
            double deviation = (i - 12) / 7.36;
            text.append("a,100,%d,%s\n".formatted(i, 1 + 0.3 * deviation));
            text.append("a,200,%d,%s\n".formatted(i, 1 + 0.02 * deviation));
            text.append("b,100,%d,%s\n".formatted(i, i == 3 ? "inf" : "1"));
            if (i < 24) {
                text.append("b,200,%d,%s\n".formatted(i, 1 + 0.3 * deviation));
            }
        }
        Path table = Files.writeString(directory.resolve("losses.csv"), text);
        Cli result = Cli.run("sample-size", "--table", table);
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out())
                .startsWith(
                        "a: robust from 200 rows on; b: not robust at any size tried, up to 200"
                                + " rows (family-wise error at most 5 % for each); b needs at least"
                                + " 1.")
                .contains("1/25", "a failure", "0/24");
        JsonNode one =
                JSON.readTree(
                        Cli.run("sample-size", "--table", table, "--candidate", "a", "--json")
                                .out());
        assertThat(one.get("candidates")).hasSize(1);
        assertThat(one.at("/candidates/0/robust_from").asInt()).isEqualTo(200);
        assertThat(one.at("/candidates/0/not_robust_up_to").asInt()).isEqualTo(100);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "candidate;loss/a;1                      | no column 'rows'",
                "candidate;rows;loss/a;0;1               | line 2, column 'rows': '0'",
                "candidate;rows;loss/a;many;1            | 'many' is not a number of rows",
                "candidate;rows;loss/a;100;1             | a single loss at 100 rows",
                "rows;instance;loss/100;0;1/100;0;2      | instance 0 of losses at 100 rows is on"
                        + " line",
                "rows;loss                               | holds no losses",
                "rows;purpose;loss/100;race;1            | no row of the purpose 'sample_size'",
            })
    void tablesWithMistakesAreRefused(String text, String message) throws IOException {
        Path table =
                Files.writeString(
                        directory.resolve("losses.csv"),
                        text.replace(';', ',').replace("/", "\n") + "\n");
        Cli result = Cli.run("sample-size", "--table", table);
        assertThat(result.exitCode()).as(result.err()).isEqualTo(ExitCode.WRONG_INPUT);
        assertThat(result.err()).contains(message).doesNotContain("Exception", "\tat ");
        Cli option = Cli.run("sample-size", "--table", table, "--sizes", "100");
        assertThat(option.err()).contains("--sizes is for a study");
    }
}
