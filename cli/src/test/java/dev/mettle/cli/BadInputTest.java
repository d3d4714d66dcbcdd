package dev.mettle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Study files that are wrong: each mistake is one message with place and remedy, exit code 2, and
 * nothing is written. The study is sound but for what each case puts in the place of something.
 */
class BadInputTest {
    private static final String STUDY =
            """
            study: tiny
            seed: 1
            data:
              file: data.npz
              input: cells
              target: energy
              validation: 40
              test: 40
            sample: 20
            model:
              network:
                - conv2d: {channels: 2, kernel: 3}
                - activation: relu
                - maxpool: 2
                - flatten
                - dense: $hidden
                - dense: 1
            space:
              hidden: [4, 8]
            training:
              optimizer: {name: adam, lr: 0.001}
              batch: 16
              epochs: 2
            selection: {warmup: 2, instances: 3, survivors: 1}
            certificate: {instances: 59}
            """;

    @TempDir private Path directory;

    @BeforeEach
    void writeData() throws IOException {
        Npz.sound().writeTo(directory.resolve("data.npz"));
    }

    /** Writes the study with replacements, beside {@code data.npz}. */
    static Path study(Path directory, String... replacements) throws IOException {
        String text = STUDY;
        for (int i = 0; i < replacements.length; i += 2) {
            if (!text.contains(replacements[i])) {
                throw new IllegalArgumentException("no '%s'".formatted(replacements[i]));
            }
            text =
                    text.replaceFirst(
                            Pattern.quote(replacements[i]),
                            Matcher.quoteReplacement(replacements[i + 1]));
        }
        return Files.writeString(directory.resolve("study.yaml"), text);
    }

    /** Requires exit code 2, a message without a stack trace, and no other trace. */
    static void assertRefused(Cli result, Path directory) {
        assertThat(result.exitCode()).as(result.err()).isEqualTo(ExitCode.WRONG_INPUT);
        assertThat(result.err())
                .isNotBlank()
                .doesNotContain("Exception", "\tat ", "internal error");
        assertThat(result.out()).isEmpty();
        assertThat(directory.resolve("run")).doesNotExist();
    }

    @Test
    void theStudyIsSoundWithoutAMistake() throws IOException {
        assertThat(OpenStudy.read(study(directory)).study().warnings()).isEmpty();
    }

    @ParameterizedTest(name = "{0} => {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    study: tiny        | study: ../x                              | 1:8   | names a directory; use at most 100 letters
                    study: tiny        | study: a\\nstudy: b                      | 2:1   | the key 'study' is here twice: first at line 1, again at line 2
                    study: tiny        | stdy: tiny                               | 1:1   | did you mean "study"?
                    seed: 1            | seed: -1                                 | 2:7   | a whole number of 0 or more, but is -1
                    seed: 1            | seed: 9223372036854775808                | 2:7   | a whole number from 0 to 9223372036854775807
                    seed: 1            | seed: 1.5                                | 2:7   | a whole number of 0 or more, but is 1.5
                    seed: 1            | seed: [1]                                | 2:7   | but is a list
                    seed: 1            | seed: *one                               | 2:7   | the alias *one has no anchor &one before it
                    seed: 1            | seed: &one [*one]                        | 2:13  | the alias *one stands inside its own anchor
                    seed: 1            | seed: !!python/object:os.system x        | 2:7   | the tag !!python/object:os.system is not understood
                    `  file: `         | `\\tfile: `                              | 4:1   | YAML is indented with spaces, not tabs
                    file: data.npz     | file: dta.npz                            | 4:9   | Did you mean 'data.npz'?
                    file: data.npz     | file: .                                  | 4:9   | has no subfolders. Images are read
                    file: data.npz     | file: study.yaml                         | 4:9   | is none of the files that are read here
                    file: data.npz     | file: ''                                 | 4:9   | file must be the path of a file
                    file: data.npz     | file: "a\\0b"                          | 4:9   | 'a?b' is not a path
                    input: cells       | input: cell                              | 5:10  | Did you mean 'cells'?
                    input: cells       | input: cells\\n  input_scale: minmax     | 6:16  | none, standard or asinh, but is 'minmax'
                    target: energy     | target: enrgy                            | 6:11  | Did you mean 'energy'?
                    target: energy     | target: cells                            | 6:11  | is the input too: a network that sees the answer learns nothing
                    target: energy     | target: []                               | 6:11  | name at least one array to predict
                    target: energy     | target: [energy, energy]                 | 6:20  | 'energy' is in the list twice
                    target: energy     | target: [energy, label]                  | 17:7  | there are 2 targets (energy, label); end the network with dense: 2
                    target: energy     | target: energy\\n  scale: logg           | 7:10  | did you mean "log"?
                    target: energy     | target: label\\n  scale: log             | 6:11  | row 0: 0.0 has no logarithm, which the scale 'log' takes; 67 of 200
                    target: energy     | target: energy\\n  classes: [a, b]       | 7:3   | write task: classification, or take it out
                    target: energy     | target: energy\\n  features: [enrgy_sum] | 7:13  | Did you mean 'energy_sum'?
                    target: energy     | target: energy\\n  features: [energy]    | 7:13  | is the target too
                    target: energy     | target: energy\\n  features: [table]     | 7:13  | one number per row is needed
                    target: energy     | target: energy\\n  features: [{energy_sum: {window: 9}}] | 7:13 | larger than the matrix of 6 x 6
                    target: energy     | target: energy\\n  features: [{energy_sum: {window: 4}}] | 7:36 | must be odd
                    validation: 40     | validation: 0                            | 7:15  | a whole number of 1 or more
                    validation: 40     | validation: 160                          | 7:15  | leave no rows to train on: the data have 200 rows
                    test: 40           | test: 400                                | 8:9   | leave no rows to train on: the data have 200 rows
                    `  test: 40\\n`    | ``                                       | 3:1   | Write for example 'test: 2000'
                    sample: 20         | sample: 0                                | 9:9   | a whole number of 1 or more, but is 0
                    sample: 20         | sample: 61                               | 9:9   | more than half of the pool's 120 rows
                    sample: 20         | sample: $hidden                          | 9:9   | which only values in 'model' and 'training' may do
                    sample: 20         | sample: 20\\ntask: regresion             | 10:7  | did you mean "regression"?
                    sample: 20         | sample: 20\\ntask: classification        | 6:11  | row 1: 1.7 is not a class label
                    {channels: 2, k    | {channels: 0, k                          | 12:26 | a whole number from 1 to 100000, but is 0
                    kernel: 3          | kernel: 7                                | 12:7  | kernel of 7 x 7 does not fit into the input of 6 x 6
                    activation: relu   | activation: rellu                        | 13:19 | did you mean "relu"?
                    - activation: relu | - relu                                   | 13:7  | write activation: relu
                    - activation: relu | activation: relu                         | 13:5  | does not fit the lines above. Check its indentation
                    maxpool: 2         | maxpool: 2\\n    - maxpool: 4            | 15:7  | window of 4 x 4 does not fit into the input of 2 x 2
                    - flatten          | - flatten\\n    - conv2d: {channels: 2, kernel: 3} | 16:7 | does not fit into the input of 1 x 1
                    - flatten          | - flatten\\n    - maxpool: 2             | 16:7  | does not fit into the input of 1 x 1
                    - flatten          | - flaten                                 | 15:7  | did you mean "flatten"?
                    `    - flatten\\n` | ``                                       | 15:7  | put 'flatten' before it
                    `    - dense: 1\\n`| ``                                       | 16:7  | the target is one number; end the network with dense: 1
                    dense: $hidden     | dense: $hiden                            | 16:14 | did you mean "hidden"?
                    dense: $hidden     | dense: 4                                 | 19:3  | dimension 'hidden' is not used
                    - dense: $hidden   | - dense: $hidden\\n    - concat: features | 17:7 | add features: [...]
                    hidden: [4, 8]     | hidden: []                               | 19:11 | give it at least one or take it out
                    hidden: [4, 8]     | hidden: [4, 4.0]                         | 19:15 | has the value 4.0 twice
                    hidden: [4, 8]     | hidden: [four]                           | 19:12 | dense must be a whole number from 1 to 100000
                    hidden: [4, 8]     | hidden: 4                                | 19:11 | Write hidden: [4]
                    `\\n  hidden: [4, 8]` | ` {}`                                 | 18:8  | must be a mapping of dimensions
                    adam, lr           | adma, lr                                 | 21:21 | did you mean "adam"?
                    lr: 0.001          | lr: -0.001                               | 21:31 | a number above 0
                    lr: 0.001          | lr: .nan                                 | 21:31 | a number above 0, but is .nan
                    lr: 0.001          | lr: .inf                                 | 21:31 | a number above 0, but is .inf
                    lr: 0.001          | lr: 1e-400                               | 21:31 | a number above 0, but is 1e-400
                    lr: 0.001          | lr: [0.1, 0.2]                           | 21:31 | but is a list
                    batch: 16          | batch: 2147483648                        | 22:10 | from 1 to 2147483647
                    epochs: 2          | epochs: 0                                | 23:11 | a whole number of 1 or more, but is 0
                    epochs: 2          | epochs: many                             | 23:11 | a whole number of 1 or more, but is 'many'
                    epochs: 2          | epochs: "2                               | 26:1  | a quote is never closed
                    epochs: 2          | epochs: 2\\n  loss: mea                  | 24:9  | did you mean "mae"?
                    epochs: 2          | epochs: 2\\n  loss: cross_entropy        | 24:9  | write task: classification
                    epochs: 2          | epochs: 2\\n  init: zeros                | 24:9  | kaiming_uniform
                    epochs: 2          | epochs: 2\\n  stability: off             | 24:14 | none or {threshold: 0.10, window: 30}
                    instances: 3       | instances: 1                             | 24:21 | Write warmup: 1 or less
                    survivors: 1       | survivors: 0                             | 24:49 | a whole number of 1 or more
                    survivors: 1       | survivors: 1, per: bias                  | 24:57 | Dimensions: hidden
                    survivors: 1       | survivors: 1, criterion: avg             | 24:63 | did you mean "mean"?
                    survivors: 1       | survivors: 1, algorithm: progresive      | 24:63 | did you mean "progressive"?
                    survivors: 1       | survivors: 1, loss: error_rate           | 24:58 | mse, mae or quantile(q) for a regression
                    survivors: 1       | survivors: 1, drop: {above: .nan}        | 24:66 | above must be a number
                    instances: 59      | instances: 58                            | 25:26 | at least 59 are needed
                    instances: 59      | attempts: 0                              | 25:25 | a whole number of 1 or more
                    instances: 59      | coverage: 1                              | 25:25 | above 0 and below 1, but is 1
                    instances: 59      | coverage: 0.9999999999999999             | 25:25 | needs more than 1,000,000 instances
                    certificate: {     | constraints: {parameters: 3}\\ncertificate: { | 25:14 | the smallest has 61 parameters, but at most 3
                    certificate: {     | ---\\ncertificate: {                     | 25:1  | a second document begins here
                    """)
    void aMistakeIsNamedOnceWithItsPlaceAndARemedy(
            String text, String replacement, String place, String remedy) throws IOException {
        Path study = study(directory, lines(text), lines(replacement));
        Cli result = Cli.run("run", study, "--out", directory.resolve("run"));
        assertRefused(result, directory);
        assertThat(result.err()).contains("study.yaml:" + place + ": ", remedy);
        assertThat(result.err().lines()).as(result.err()).hasSize(1);
    }

    private static String lines(String text) {
        return text.replace("\\n", "\n").replace("\\t", "\t");
    }

    @Test
    void aWrongTaskIsNoMistakeOfItsLossAndScaleToo() throws IOException {
        Path study =
                study(
                        directory,
                        "target: energy",
                        "target: label",
                        "sample: 20",
                        "sample: 20\ntask: clasification",
                        "epochs: 2",
                        "epochs: 2\n  loss: cross_entropy",
                        "survivors: 1",
                        "survivors: 1, loss: error_rate");
        assertThat(Cli.run("validate", study).err().lines())
                .singleElement()
                .asString()
                .contains("did you mean \"classification\"?");
    }

    @Test
    void labelsOfAClassificationAreWholeNumbersWithoutGaps() throws IOException {
        Path study =
                study(
                        directory,
                        "target: energy",
                        "target: label",
                        "sample: 20",
                        "sample: 20\ntask: classification",
                        "dense: 1",
                        "dense: 3");
        assertThat(OpenStudy.read(study).study().warnings()).isEmpty();
        assertLabels(study, new double[] {0, 1, 3}, "no row has the label 2", "numpy.unique");
        assertLabels(study, new double[] {1, 2, 3}, "no row has the label 0", "Subtract 1");
        assertLabels(study, new double[] {0, 1, 0.5}, "row 2: 0.5 is not a class label");
        assertLabels(study, new double[] {0, 1, -1}, "row 2: -1.0 is not a class label");
        assertLabels(study, new double[] {0, 1, Double.NaN}, "row 2: NaN is not a class label");
        assertLabels(study, new double[] {0, 1, 1e18}, "no row has the label 2");
        assertLabels(study, new double[] {2, 2, 2}, "nothing to learn");
    }

    private void assertLabels(Path study, double[] labels, String... words) throws IOException {
        Npz.sound()
                .doubles("label", "(200,)", Npz.ROWS, i -> labels[i % 3])
                .writeTo(directory.resolve("data.npz"));
        Cli result = Cli.run("run", study, "--out", directory.resolve("run"));
        assertRefused(result, directory);
        assertThat(result.err()).contains("study.yaml:6:11: ").contains(words);
        assertThat(result.err().lines()).hasSize(1);
    }

    @Test
    void whatIsDoubtfulIsAWarning() throws IOException {
        assertThat(warnings("batch: 16", "batch: 64")).singleElement().asString().contains("batch");
        assertThat(warnings("sample: 20", "sample: 40"))
                .singleElement()
                .asString()
                .contains("33 %");
    }

    private List<String> warnings(String text, String replacement) throws IOException {
        return OpenStudy.read(study(directory, text, replacement)).study().warnings();
    }

    @Test
    void severalMistakesAreReportedTogetherInTheOrderOfTheFile() throws IOException {
        Path study =
                study(
                        directory,
                        "seed: 1",
                        "seed: x",
                        "input: cells",
                        "input: cels",
                        "target: energy",
                        "target: enrgy",
                        "name: adam",
                        "name: adm",
                        "epochs: 2",
                        "epohs: 2");
        Cli result = Cli.run("run", study, "--out", directory.resolve("run"));
        assertRefused(result, directory);
        assertThat(result.err().lines().map(line -> line.replaceFirst(".*?yaml:(\\d+):.*", "$1")))
                .containsExactly("2", "5", "6", "21", "23");
    }

    @Test
    void theFileItselfMayBeWrong() throws IOException {
        Path file = directory.resolve("study.yaml");
        refused(directory, "is a directory; name a study file in it");
        refused(directory.resolve("none.yaml"), "none.yaml: there is no such file");
        refused(Files.writeString(file, ""), "1:1: the file is empty; 'mettle init DIR'");
        refused(Files.writeString(file, "- a\n- b\n"), "1:1: the study must be a mapping");
        refused(Files.write(file, new byte[50_000_000]), "larger than 1 MiB");
        refused(
                Files.write(
                        file,
                        STUDY.replace("tiny", "\u00e9t\u00e9")
                                .getBytes(StandardCharsets.ISO_8859_1)),
                "1:8: this is not UTF-8 text");
        refused(Files.writeString(file, STUDY.replace("2", "\u0007")), "U+0007 is not allowed");
        refused(Files.writeString(file, bomb()), "more than 100000 values");
        Files.writeString(file, "\uFEFF" + STUDY); // as Windows editors save it
        assertThat(OpenStudy.read(file).study().name()).isEqualTo("tiny");
    }

    private static String bomb() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n");
        for (int i = 1; i < 30; i++) {
            bomb.append("a%d: &a%d [%s]\n".formatted(i, i, "*a%d, ".formatted(i - 1).repeat(10)));
        }
        return bomb.toString();
    }

    private void refused(Path study, String words) {
        Cli result = Cli.run("run", study, "--out", directory.resolve("run"));
        assertRefused(result, directory);
        assertThat(result.err()).contains(words);
        assertThat(result.err().lines()).as(result.err()).hasSize(1);
    }

    @Test
    void wrongOptionsAreNamed() throws IOException {
        Path study = study(directory);
        assertThat(Cli.run("run", study, "--threads", "0").err()).contains("--threads 0");
        assertThat(Cli.run("run", study, "--thread", "1").err()).contains("--thread");
        assertThat(Cli.run("rum", study).err()).contains("run");
        assertThat(Cli.run("assess", study, "--candidate", "zz").err()).contains("zz");
    }
}
