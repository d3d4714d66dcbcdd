package dev.mettle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The mistakes that users make most: each one message with place and remedy, exit code 2, nothing
 * written.
 */
class BadInputTest {
    @TempDir private Path directory;

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    unknown key            | epochs: 6           | epohs: 6                  | 30:3   | 'did you mean "epochs"?'
                    wrong type             | epochs: 6           | epochs: many              | 30:11  | 'whole number of 1 or more'
                    name without dimension | dense: $hidden      | dense: $hiden             | 19:14  | 'did you mean "hidden"?'
                    empty dimension        | lr: [0.003, 0.01]   | lr: []                    | 26:7   | 'give it at least one'
                    sample too large       | sample: 600         | sample: 12000             | 12:9   | 'at most 9,000'
                    missing array          | input: cells        | input: cell               | 5:10   | 'Did you mean ''cells''?'
                    missing file           | file: '             | file: 'no-such            | 4:9    | 'relative to the study file'
                    certificate too small  | instances: 59       | instances: 12             | 32:26  | 'at least 59 are needed'
                    unknown activation     | activation: tanh    | activation: than          | 20:19  | 'tanh or sigmoid'
                    negative learning rate | lr: [0.003, 0.01]   | lr: [0.003, -1]           | 26:15  | 'a number above 0'
                    unknown optimiser      | name: adam          | name: adm                 | 28:21  | 'did you mean "adam"?'
                    per without dimension  | per: bias           | per: bais                 | 31:98  | 'did you mean "bias"?'
                    """)
    void aMistakeInTheStudyIsNamedWithItsPlaceAndARemedy(
            String name, String text, String replacement, String place, String remedy)
            throws IOException {
        Path study = Cli.study(directory, text.replace("'", ""), replacement.replace("'", ""));
        Cli result = Cli.run("run", study, "--out", directory.resolve("run"));
        assertRefused(result, "study.yaml:" + place + ": ", remedy);
        assertThat(result.err().lines()).hasSize(1);
    }

    @Test
    void tabsAreNamed() throws IOException {
        Path study = Cli.study(directory, "  input: cells", "\tinput: cells");
        assertRefused(Cli.run("run", study, "--out", directory.resolve("run")), "tab", ":5:");
    }

    @Test
    void severalMistakesAreReportedTogether() throws IOException {
        Path study =
                Cli.study(
                        directory,
                        "epochs: 6",
                        "epohs: 6",
                        "name: adam",
                        "name: adm",
                        "seed: 11",
                        "seed: x");
        Cli result = Cli.run("validate", study);
        assertThat(result.exitCode()).isEqualTo(ExitCode.WRONG_INPUT);
        assertThat(result.err().lines().filter(line -> line.contains("study.yaml:")))
                .hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void aNumberThatIsNoneIsNamedWithItsRow() throws IOException {
        Path data = Cli.root().resolve("cli/src/test/resources/dev/mettle/cli/nan.npz");
        Path study = Cli.study(directory, Cli.SHOWERS.toString(), data.toString());
        assertRefused(
                Cli.run("run", study, "--out", directory.resolve("run")),
                "nan.npz",
                "cells",
                "row 7",
                "NaN");
    }

    @Test
    void aTruncatedArchiveIsNamed() throws IOException {
        byte[] whole = Files.readAllBytes(Cli.SHOWERS);
        Files.write(directory.resolve("broken.npz"), Arrays.copyOf(whole, whole.length / 2));
        Path study = Cli.study(directory, Cli.SHOWERS.toString(), "broken.npz");
        assertRefused(
                Cli.run("run", study, "--out", directory.resolve("run")),
                "broken.npz",
                "cut short");
    }

    @Test
    void aDirectoryInPlaceOfAFileIsNamed() throws IOException {
        Path study = Cli.study(directory, Cli.SHOWERS.toString(), ".");
        assertRefused(Cli.run("run", study, "--out", directory.resolve("run")), "directory");
        assertRefused(Cli.run("run", directory, "--out", directory.resolve("run")), "directory");
        assertRefused(
                Cli.run("run", directory.resolve("none.yaml"), "--out", directory.resolve("run")),
                "none.yaml");
    }

    @Test
    void aRunThatIsNoneIsNamed() throws IOException {
        for (List<String> command :
                List.of(List.of("report"), List.of("ledger"), List.of("certify"))) {
            assertRefused(Cli.run(command.getFirst(), directory.resolve("none")), "none");
            assertRefused(Cli.run(command.getFirst(), directory), "holds no run");
        }
    }

    @Test
    void anOutputThatCannotBeWrittenIsNamed() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        assertRefused(Cli.run("init", file), "file", "choose another directory");
        assertRefused(Cli.run("run", Cli.study(directory), "--out", file), "file", "--out DIR");
        assertRefused(Cli.run("run", Cli.study(directory), "--out", file.resolve("run")), "file");
    }

    @Test
    void wrongOptionsAreNamed() throws IOException {
        assertRefused(Cli.run("run", Cli.study(directory), "--threads", "0"), "--threads 0");
        assertRefused(Cli.run("run", Cli.study(directory), "--thread", "1"), "--thread");
        assertRefused(Cli.run("rum", Cli.study(directory)), "run");
        assertRefused(Cli.run("assess", Cli.study(directory), "--candidate", "zz"), "zz");
    }

    private void assertRefused(Cli result, String... parts) {
        assertThat(result.exitCode()).as(result.err()).isEqualTo(ExitCode.WRONG_INPUT);
        assertThat(result.err()).isNotBlank().doesNotContain("Exception", "\tat ");
        for (String part : parts) {
            assertThat(result.err()).contains(part);
        }
        assertThat(result.out()).isEmpty();
        assertThat(directory.resolve("run")).doesNotExist();
    }
}
