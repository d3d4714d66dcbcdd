package dev.mettle.cli.yaml;

import static dev.mettle.cli.yaml.StudyText.PAPER;
import static dev.mettle.cli.yaml.StudyText.SHORTEST;
import static dev.mettle.cli.yaml.StudyText.problems;
import static dev.mettle.cli.yaml.StudyText.with;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.stream.IntStream;

/** Study files with mistakes: every message with its exact place. */
class StudyMistakesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    study: short | study: ../x | f:1:8: study: '../x' names a directory; use at most 100 letters, digits, '-', '_' and '.', beginning with a letter or digit.
                    study: short | stdy: short | f:1:1: unknown key 'stdy' in the study; did you mean "study"? Allowed: study, seed, data, task, sample, model, space, sampling, constraints, training, selection, certificate.
                    study: short | {}          | f:2:1: 'study' is missing in the study. Write for example 'study: my-study'.
                    file: showers.npz | simulate: {seed: 1} | f:3:3: 'events' is missing in 'simulate'. Write for example 'events: 60000'.
                    input: cells | input: {a: b} | f:4:10: input must be the name of one array, or a list of columns, but is a mapping.
                    input: cells | input: [] | f:4:10: input is an empty list; name at least one column to learn from.
                    input: cells | input: [a, b, a] | f:4:17: the input 'a' is in the list twice.
                    input: cells | input: [a, [b]] | f:4:14: an input must be the name of a column, but is a list.
                    target: energy | target: | f:5:10: target must be the name of one array, but is empty.
                    validation: 5000 | validation: 140000 | f:6:15: validation (140,000) and test (10,000) leave no rows to train on: the data have 143,000 rows.
                    test: 10000 | test: 10k | f:7:9: test must be a whole number of 1 or more, but is '10k'.
                    sample: 18000 | sample: 18_000 | f:8:9: sample must be a whole number of 1 or more, but is '18_000'. Write 18000.
                    sample: 18000 | sample: 65000 | f:8:9: sample (65,000) is more than half of the pool's 128,000 rows (143,000 less validation and test), so instances would hardly differ; at most 64,000.
                    sample: 18000 | sample: $n | f:8:9: '$n' refers to a dimension of the space, which only values in 'model' and 'training' may do.
                    sample: 18000 | task: classification | f:1:1: 'sample' is missing in the study. Write for example 'sample: 2000'.
                    activation: relu | relu | f:9:38: 'relu' is not a layer; write activation: relu. Layers: conv2d, conv1d, activation, maxpool, maxpool1d, avgpool, avgpool1d, global_maxpool, global_avgpool, flatten, dense, concat, embedding, batchnorm, layernorm, dropout, residual.
                    activation: relu | activation: swish | f:9:50: activation must be relu, leaky_relu, elu, silu, tanh, sigmoid, selu, gelu, softplus or softmax, but is 'swish'; did you mean "silu"?
                    activation: relu | linear: 3 | f:9:38: 'linear' is not a layer; did you mean "dense"? Layers: conv2d, conv1d, activation, maxpool, maxpool1d, avgpool, avgpool1d, global_maxpool, global_avgpool, flatten, dense, concat, embedding, batchnorm, layernorm, dropout, residual.
                    activation: relu | concat: features | f:9:38: concat appends the features of the data, but 'data' names none; add features: [...] to it.
                    activation: relu | conv2d: {channels: 1, kernel: 1, stride: 2, padding: same} | f:9:79: stride (2) must be 1 with padding: same, as in PyTorch; use padding: valid.
                    flatten, | maxpool: 16, | f:9:19: maxpool: its window of 16 x 16 does not fit into the input of 15 x 15.
                    dense: 1] | dense: 2] | f:9:56: the last layer (dense) gives 2 outputs, but the target is one number; end the network with dense: 1.
                    dense: 8 | dense: 0 | f:9:35: dense must be a whole number from 1 to 100000, but is 0.
                    lr: 0.001 | learning_rate: 0.1 | f:10:24: unknown key 'learning_rate' in 'optimizer'; did you mean "lr"? Allowed: name, lr, betas, eps, weight_decay.
                    lr: 0.001 | lr: 0 | f:10:28: lr must be a number above 0, but is 0.
                    lr: 0.001 | lr: .inf | f:10:28: lr must be a number above 0, but is .inf.
                    lr: 0.001 | lr: $lr | f:10:28: $lr refers to a dimension, but the study has no section 'space'. Add space: {lr: [...]}.
                    lr: 0.001 | lr: 0.1, momentum: 0.9 | f:10:33: 'momentum' is a setting of sgd and rmsprop, not of adam, which has lr, betas, eps, weight_decay.
                    lr: 0.001 | lr: 0.1, name: sgd, nesterov: true | f:10:54: nesterov needs a momentum above 0, such as momentum: 0.9.
                    {lr: 0.001} | adam | f:10:23: 'optimizer' must be a mapping with name and lr; write optimizer: {name: adam, lr: 0.001}.
                    epochs: 20 | epochs: many | f:10:44: epochs must be a whole number of 1 or more, but is 'many'.
                    epochs: 20 | epochs: 1.5 | f:10:44: epochs must be a whole number of 1 or more, but is 1.5.
                    epochs: 20 | epochs: 1e999999999 | f:10:44: epochs must be a whole number from 1 to 2147483647, but is 1e999999999.
                    """)
    void aMistakeInTheShortestStudyIsReported(String part, String replacement, String expected) {
        String text =
                replacement.equals("{}")
                        ? SHORTEST.replace(part, "")
                        : with(SHORTEST, part, replacement);
        assertThat(problems(text))
                .contains(expected)
                .hasSize(replacement.startsWith("task") ? 2 : 1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    seed: -1                                         | f:11:7: seed must be a whole number of 0 or more, but is -1.
                    study: again                                     | f:11:1: the key 'study' is here twice: first at line 1, again at line 11. Take one out.
                    epochs: 3                                        | f:11:1: 'epochs' is a key of 'training', not of the study itself; indent it under 'training:'.
                    space: {a: [1]}                                  | f:11:9: dimension 'a' is not used; write $a where its values belong, or take it out.
                    space: {a: []}                                   | f:11:12: dimension 'a' has no values; give it at least one or take it out.
                    space: {a: 3}                                    | f:11:12: dimension 'a' must be a list of values, but is 3. Write a: [3].
                    selection: {per: bias}                           | f:11:18: per must name a dimension of the space, but is 'bias'. Dimensions: none.
                    selection: {warmup: 51}                          | f:11:21: warmup (51) is above instances (50); no candidate would ever be dropped. Write warmup: 50 or less.
                    selection: {instances: 3}                        | f:11:24: warmup (5 when not given) is above instances (3); no candidate would ever be dropped. Write warmup: 3 or less.
                    selection: {criterion: meen}                     | f:11:24: criterion must be mean, median, max, iqr, std, cv, quantile(q), cvar(q) or mean_plus_std(lambda), but is 'meen'; did you mean "mean"?
                    selection: {criterion: quantile}                 | f:11:24: quantile needs a number, such as quantile(0.9).
                    selection: {criterion: quantile(1.5)}            | f:11:24: the number of quantile must be a number from 0 to 1, but is 1.5.
                    selection: {algorithm: exhaustive, survivors: 2} | f:11:36: 'survivors' belongs to algorithm: progressive, halving and racing; exhaustive drops no candidate.
                    selection: {algorithm: halving, drop: half}      | f:11:33: 'drop' belongs to algorithm: progressive; halving has warmup, survivors, eta, audit.
                    selection: {eta: 3}                              | f:11:13: 'eta' belongs to algorithm: halving; progressive has warmup, survivors, drop, audit.
                    selection: {algorithm: halving, eta: 1}          | f:11:38: eta must be a whole number of 2 or more, but is 1.
                    selection: {algorithm: halving, eta: 1.5}        | f:11:38: eta must be a whole number of 2 or more, but is 1.5.
                    selection: {algorithm: halving, etta: 3}         | f:11:33: unknown key 'etta' in 'selection'; did you mean "eta"? Allowed: algorithm, criterion, loss, instances, per, warmup, survivors, eta, audit.
                    selection: {algorithm: halving, instances: 3}    | f:11:44: warmup (5 when not given) is above instances (3); no candidate would ever be dropped. Write warmup: 3 or less.
                    selection: {algorithm: halfing}                  | f:11:24: algorithm must be progressive, halving, racing or exhaustive, but is 'halfing'; did you mean "halving"?
                    selection: {algorithm: racing, warmup: 2}        | f:11:32: 'warmup' belongs to algorithm: progressive and halving; racing has survivors, preview_rows, audit.
                    selection: {algorithm: racing, criterion: iqr}   | f:11:43: racing cannot choose by iqr: of few losses it is mostly noise, and a constant model would win. Take mean, median, quantile(0.9) or mean_plus_std(1), or algorithm: progressive.
                    selection: {preview_rows: 50}                    | f:11:13: 'preview_rows' belongs to algorithm: racing; progressive has warmup, survivors, drop, audit.
                    selection: {algorithm: racing, preview_rows: 0}  | f:11:46: preview_rows must be a whole number of 1 or more, but is 0.
                    selection: {algorithm: racing, preview_rows: 0.25} | f:11:46: preview_rows must be a whole number of 1 or more, but is 0.25.
                    selection: {algorithm: racing, preview_rows: 18000} | f:11:46: preview_rows (18,000) must be below sample (18,000): previews save time by training on fewer rows, such as 4,500.
                    selection: {algorithm: racing, preview_rows: 9, instances: 1} | f:11:32: previews tell who may race, but with instances: 1 there is no race after them; take preview_rows out.
                    selection: {audit: 1.5}                          | f:11:20: audit must be a number from 0 to 1, but is 1.5.
                    selection: {audit: false}                        | f:11:20: audit must be a number from 0 to 1, but is false.
                    selection: {algorithm: exhaustive, audit: 0.1}   | f:11:36: 'audit' belongs to algorithm: progressive, halving and racing; exhaustive drops no candidate.
                    selection: {drop: third}                         | f:11:19: drop must be half, {above: X} or {cv_above: 0.10}, but is 'third'.
                    certificate: {instances: 12}                     | f:11:26: 12 instances cannot certify coverage 0.95 with confidence 0.95 in 1 attempt: at least 59 are needed.
                    certificate: {instances: 71, attempts: 2}        | f:11:26: 71 instances cannot certify coverage 0.95 with confidence 0.95 in 2 attempts: at least 72 are needed.
                    certificate: {instances: 79, attempts: 3}        | f:11:26: 79 instances cannot certify coverage 0.95 with confidence 0.95 in 3 attempts: at least 80 are needed.
                    certificate: {coverage: 95}                      | f:11:25: coverage must be a number above 0 and below 1, but is 95. Write 0.95.
                    constraints: {parameters: 1816}                  | f:11:14: no candidate is left: the smallest has 1,817 parameters, but at most 1,816 are allowed.
                    """)
    void aWrongSectionIsReported(String section, String expected) {
        assertThat(problems(SHORTEST + section + "\n")).containsExactly(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    dense: $hidden | dense: $hiden | f:24:14: $hiden has no dimension in the space; did you mean "hidden"? Dimensions: c1, c2, k, hidden, act, bias, optimizer, lr.
                    relu, elu      | rellu, elu    | f:33:9: activation must be relu, leaky_relu, elu, silu, tanh, sigmoid, selu, gelu, softplus or softmax, but is 'rellu'; did you mean "relu"?
                    0.0003, 0.001  | 0.001, 1e-3   | f:36:15: dimension 'lr' has the value 1e-3 twice: it is also at 36:8.
                    k: [3, 5]      | k: [3, 17.5]  | f:31:10: kernel must be a whole number from 1 to 1000, but is 17.5.
                    per: bias      | per: bais     | f:45:111: per must name a dimension of the space, but is 'bais'; did you mean "bias"? Dimensions: c1, c2, k, hidden, act, bias, optimizer, lr.
                    """)
    void aWrongValueAmongThousandsOfCandidatesIsReportedOnce(
            String part, String replacement, String expected) {
        assertThat(problems(with(PAPER, part, replacement))).containsExactly(expected);
    }

    @Test
    void aLayerThatDoesNotFitIsReportedOnceWithAnExample() {
        String valid = with(PAPER, "kernel: $k, padding: same", "kernel: $k");
        assertThat(problems(with(valid, "k: [3, 5]", "k: [3, 9]")))
                .containsExactly(
                        "f:20:7: conv2d: its kernel of 9 x 9 does not fit into the input of 3 x 3."
                            + " (Candidate"
                            + " c1=4,c2=8,k=9,hidden=16,act=relu,bias=true,optimizer=sgd,lr=0.0003.)");
    }

    @Test
    void perNeedsADimensionOfEveryCandidate() {
        String text =
                with(
                                SHORTEST,
                                "network: [flatten, dense: 8, activation: relu, dense: 1]",
                                "network: $net")
                        + "space: {net: {a: [flatten, dense: $h, dense: 1], b: [flatten, dense:"
                        + " 1]}, h: [4, 5]}\n"
                        + "selection: {per: h}\n";
        assertThat(problems(text))
                .containsExactly(
                        "f:12:18: per needs a dimension that every candidate has, but candidate"
                                + " net=b has no 'h'.");
    }

    @Test
    void dimensionsThatReferToThemselvesAreReported() {
        String text =
                with(SHORTEST, "lr: 0.001", "lr: $lr") + "space: {lr: {x: $b}, b: {y: $lr}}\n";
        assertThat(problems(text))
                .containsExactly(
                        "f:11:9: dimension 'lr' refers to itself.",
                        "f:11:22: dimension 'b' refers to itself.");
    }

    @Test
    void candidatesThatAreTheSameAreReported() {
        String text = with(SHORTEST, "dense: 8", "dense: $h") + "space: {h: {x: 4, y: 4.0}}\n";
        assertThat(problems(text))
                .containsExactly(
                        "f:11:1: candidates h=x and h=y have the same layers and training;"
                                + " take a value out of the space.");
    }

    @Test
    void aSpaceThatIsTooLargeIsReportedInsteadOfExpanded() {
        String values =
                "["
                        + String.join(
                                ", ",
                                IntStream.rangeClosed(1, 100).mapToObj(Integer::toString).toList())
                        + "]";
        String text =
                with(with(SHORTEST, "dense: 8", "dense: $a"), "epochs: 20", "epochs: $b, batch: $c")
                        + "space: {a: %s, b: %s, c: %s}\n".formatted(values, values, values);
        assertThat(problems(text))
                .containsExactly(
                        "f:11:1: the space has more than 200,000 candidates; take out some"
                                + " values, or try some of them: sampling: {method: sobol, count:"
                                + " 1000}.");
    }

    @Test
    void allMistakesOfAFileAreReportedTogetherInItsOrder() {
        String text = PAPER;
        String[] changes = {
            "seed: 20250522", "sed: 20250522",
            "sample: 18000", "sample: 64001",
            "dense: $hidden", "dense: $hiden",
            "relu, elu", "rellu, elu",
            "0.003, 0.01]", "0.003, 3e-3]",
            "parameters: 30000", "parameters: none",
            "loss: mse", "loss: mea",
            "epochs: 60", "epochs: 0",
            "drop: half", "drop: third",
            "per: bias", "per: bais",
            "instances: 59", "instances: 12"
        };
        for (int i = 0; i < changes.length; i += 2) {
            text = with(text, changes[i], changes[i + 1]);
        }
        assertThat(problems(text))
                .extracting(problem -> problem.split(" ")[0])
                .containsExactly(
                        "f:2:1:",
                        "f:14:9:",
                        "f:24:14:",
                        "f:33:9:",
                        "f:36:30:",
                        "f:37:27:",
                        "f:39:9:",
                        "f:43:11:",
                        "f:45:100:",
                        "f:45:112:",
                        "f:46:26:");
    }

    @Test
    void aRootThatIsNoMappingIsTheOnlyProblem() {
        assertThat(problems("- a\n- b\n"))
                .singleElement()
                .asString()
                .startsWith("f:1:1: the study must be a mapping");
    }
}
