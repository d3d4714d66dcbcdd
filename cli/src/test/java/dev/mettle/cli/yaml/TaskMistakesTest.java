package dev.mettle.cli.yaml;

import static dev.mettle.cli.yaml.StudyText.SHORTEST;
import static dev.mettle.cli.yaml.StudyText.problems;
import static dev.mettle.cli.yaml.StudyText.read;
import static dev.mettle.cli.yaml.StudyText.with;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mettle.core.data.Task;
import dev.mettle.core.study.HeldOutLoss;
import dev.mettle.core.study.Loss;
import dev.mettle.core.study.ScaleKind;
import dev.mettle.core.study.Study;
import dev.mettle.core.study.TargetSettings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

/** Task, targets, classes and losses of a study: what they mean, and every mistake in them. */
class TaskMistakesTest {
    /** Three classes; line 5 is the target, 9 the network, 10 the training, 11 the task. */
    private static final String CLASSES =
            with(with(SHORTEST, "target: energy", "target: label"), "dense: 1]", "dense: 3]")
                    + "task: classification\n";

    private static final String TARGETS =
            with(
                    with(SHORTEST, "target: energy", "target: [energy, x, y]"),
                    "dense: 1]",
                    "dense: 3]");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    epochs: 20 | loss: mae, epochs: 20                                   | mae                                  | mae
                    epochs: 20 | loss: huber, epochs: 20                                 | huber delta 1.0                      | mae
                    epochs: 20 | loss: {name: huber, delta: 0.5}, epochs: 20             | huber delta 0.5                      | mae
                    epochs: 20 | loss: log_cosh, epochs: 20                              | log_cosh                             | mae
                    epochs: 20 | loss: {name: mse}, epochs: 20                           | mse                                  | mse
                    epochs: 20 | loss: {name: quantile, quantile: 0.9}, epochs: 20       | quantile 0.9                         | quantile(0.9)
                    """)
    void lossesOfARegressionAreRead(String part, String replacement, String loss, String heldOut) {
        Study study = read(with(SHORTEST, part, replacement));
        assertThat(text(study.candidates().getFirst().recipe().loss())).isEqualTo(loss);
        assertThat(study.loss().label()).isEqualTo(heldOut);
    }

    private static String text(Loss loss) {
        return switch (loss) {
            case Loss.Huber(double delta) -> "huber delta " + delta;
            case Loss.Quantile(double q) -> "quantile " + q;
            default -> loss.label();
        };
    }

    @Test
    void aClassificationHasItsOwnDefaults() {
        Study study = read(CLASSES);
        assertThat(study.task())
                .isEqualTo(new Task.Classification("label", List.of("0", "1", "2")));
        assertThat(study.candidates().getFirst().recipe().loss())
                .isEqualTo(new Loss.CrossEntropy(0));
        assertThat(study.loss()).isEqualTo(new HeldOutLoss.CrossEntropy());
        String smooth = "loss: {name: cross_entropy, label_smoothing: 0.1}, epochs: 20";
        Study smoothed = read(with(CLASSES, "epochs: 20", smooth));
        assertThat(smoothed.candidates().getFirst().recipe().loss())
                .isEqualTo(new Loss.CrossEntropy(0.1));
        assertThat(smoothed.loss()).isEqualTo(new HeldOutLoss.CrossEntropy());
    }

    @Test
    void classesGiveTheirNamesAndBceTakesOneLogit() {
        String named = with(CLASSES, "target: label", "target: label\n  classes: [photon, pion]");
        assertThat(read(with(named, "dense: 3]", "dense: 2]")).task())
                .isEqualTo(new Task.Classification("label", List.of("photon", "pion")));
        String bce = with(with(named, "dense: 3]", "dense: 1]"), "epochs", "loss: bce, epochs");
        Study study = read(bce + "selection: {loss: error_rate}\n");
        assertThat(study.candidates().getFirst().recipe().loss()).isEqualTo(new Loss.Bce());
        assertThat(study.loss()).isEqualTo(new HeldOutLoss.ErrorRate());
        assertThat(read(bce).loss()).isEqualTo(new HeldOutLoss.CrossEntropy());
    }

    @Test
    void severalTargetsTakeOneScaleOrEachTheirOwn() {
        TargetSettings plain = read(TARGETS).data().target();
        assertThat(plain.names()).containsExactly("energy", "x", "y");
        assertThat(plain.scales()).containsExactly(ScaleKind.NONE, ScaleKind.NONE, ScaleKind.NONE);
        assertThat(scales("standard"))
                .containsExactly(ScaleKind.STANDARD, ScaleKind.STANDARD, ScaleKind.STANDARD);
        assertThat(scales("{energy: log, y: standard}"))
                .containsExactly(ScaleKind.LOG, ScaleKind.NONE, ScaleKind.STANDARD);
    }

    private static List<ScaleKind> scales(String scale) {
        return read(with(TARGETS, "y]", "y]\n  scale: " + scale)).data().target().scales();
    }

    @ParameterizedTest
    @CsvSource({
        "mse, mse",
        "mae, mae",
        "quantile(0.9), quantile(0.9)",
        "quantile( .5 ), quantile(0.5)",
        "{quantile: 0.25}, quantile(0.25)"
    })
    void theHeldOutLossMayBeChosen(String written, String label) {
        assertThat(read(SHORTEST + "selection: {loss: " + written + "}\n").loss().label())
                .isEqualTo(label);
        assertThat(HeldOutLoss.of(label).label()).isEqualTo(label);
    }

    @Test
    void theTrainingLossMayBeADimensionOnceTheHeldOutLossIsChosen() {
        String space =
                with(SHORTEST, "epochs", "loss: $loss, epochs")
                        + "space: {loss: [mse, mae, log_cosh]}\n";
        assertThat(problems(space))
                .containsExactly(
                        "f:1:1: candidates are trained on different losses, which are measured on"
                                + " held-out rows as mse, mae: these can't be compared. Choose one"
                                + " for all, such as selection: {loss: mse}.");
        Study study = read(space + "selection: {loss: mae}\n");
        assertThat(study.candidates())
                .extracting(candidate -> candidate.recipe().loss())
                .containsExactly(new Loss.Mse(), new Loss.Mae(), new Loss.LogCosh());
        assertThat(read(with(space, "[mse, mae, log_cosh]", "[mae, log_cosh]")).loss())
                .isEqualTo(new HeldOutLoss.Mae());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    epochs: 20     | epochs: 20, loss: mea | f:10:54: loss must be mse, mae, huber, log_cosh or quantile, but is 'mea'; did you mean "mae"?
                    epochs: 20     | epochs: 20, loss: bce | f:10:54: loss bce is for a classification, but this study is a regression; use mse, mae, huber, log_cosh or quantile, or write task: classification.
                    epochs: 20     | epochs: 20, loss: quantile | f:10:54: loss quantile must say which; write loss: {name: quantile, quantile: 0.9}.
                    epochs: 20     | epochs: 20, loss: {name: quantile} | f:10:48: 'quantile' is missing in 'loss'. Write for example 'quantile: 0.9'.
                    epochs: 20     | epochs: 20, loss: {name: quantile, quantile: 1} | f:10:81: quantile must be a number above 0 and below 1, but is 1.
                    epochs: 20     | epochs: 20, loss: {name: huber, delta: 0} | f:10:75: delta must be a number above 0, but is 0.
                    epochs: 20     | epochs: 20, loss: {name: mae, delta: 1} | f:10:66: 'delta' is a setting of huber, not of mae, which has none.
                    epochs: 20     | epochs: 20, loss: {name: huber, quantile: 0.9} | f:10:68: 'quantile' is a setting of quantile, not of huber, which has delta.
                    epochs: 20     | epochs: 20, loss: {delta: 1} | f:10:54: 'name' is missing in 'loss'; write for example loss: {name: huber, delta: 1}.
                    target: energy | target: [] | f:5:11: target is an empty list; name at least one array to predict.
                    target: energy | target: [a, {}] | f:5:15: a target must be the name of an array, but is an empty mapping.
                    target: energy | target: [a, a] | f:5:15: a target 'a' is in the list twice.
                    target: energy | target: {a: log} | f:5:11: target must be the name of one array, but is a mapping.
                    target: energy | target: [a, b] | f:9:56: the last layer (dense) gives 1 output, but there are 2 targets (a, b); end the network with dense: 2.
                    """)
    void aMistakeInARegressionIsReported(String part, String replacement, String expected) {
        assertThat(problems(with(SHORTEST, part, replacement))).containsExactly(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    target: label  | target: [label] | f:5:11: a classification has one target, the labels 0, 1, ...; write target: and the name of one array.
                    dense: 3]      | dense: 1] | f:9:56: the last layer (dense) gives 1 output, but there are 3 classes; end the network with dense: 3.
                    epochs: 20     | epochs: 20, loss: mse | f:10:54: loss mse is for a regression, but this study is a classification; use cross_entropy or bce, or write task: regression.
                    epochs: 20     | epochs: 20, loss: bce | f:10:54: loss bce is for two classes, but there are 3; write loss: cross_entropy and end the network with dense: 3.
                    epochs: 20     | epochs: 20, loss: {name: cross_entropy, label_smoothing: 1} | f:10:93: label_smoothing must be a number of 0 or more and below 1, but is 1.
                    epochs: 20     | epochs: 20, loss: {name: cross_entropy, delta: 1} | f:10:76: 'delta' is a setting of huber, not of cross_entropy, which has label_smoothing.
                    epochs: 20     | epochs: 20, loss: {label_smoothing: 0.1} | f:10:54: 'name' is missing in 'loss'; write for example loss: {name: cross_entropy, label_smoothing: 0.1}.
                    classification | clasification | f:11:7: task must be regression or classification, but is 'clasification'; did you mean "classification"?
                    """)
    void aMistakeInAClassificationIsReported(String part, String replacement, String expected) {
        assertThat(problems(with(CLASSES, part, replacement))).containsExactly(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    scale: none       | f:6:3: 'scale' is for targets that are numbers; a classification predicts probabilities of classes, which have no scale. Take it out.
                    classes: [a]      | f:6:12: classes must be a list of two or more names in the order of the labels, such as [photon, pion], but is a list of 1.
                    classes: a        | f:6:12: classes must be a list of two or more names in the order of the labels, such as [photon, pion], but is 'a'.
                    classes: [a, b, a] | f:6:19: a class 'a' is in the list twice.
                    """)
    void aWrongKeyOfAClassificationsDataIsReported(String line, String expected) {
        String text = with(CLASSES, "target: label", "target: label\n  " + line);
        assertThat(problems(text)).containsExactly(expected);
    }

    @Test
    void bceEndsInOneLogit() {
        String text =
                with(
                        with(CLASSES, "target: label", "target: label\n  classes: [a, b]"),
                        "epochs: 20",
                        "epochs: 20, loss: bce");
        assertThat(problems(text))
                .containsExactly(
                        "f:10:56: the last layer (dense) gives 3 outputs, but loss bce takes one"
                                + " logit; end the network with dense: 1.");
    }

    @Test
    void classesBelongToAClassification() {
        String text = with(SHORTEST, "target: energy", "target: energy\n  classes: [a, b]");
        assertThat(problems(text))
                .containsExactly(
                        "f:6:3: 'classes' names the classes of a classification, but this study is"
                                + " a regression; write task: classification, or take it out.");
    }

    @Test
    void aScaleOfATargetThatIsNoneIsReported() {
        assertThat(problems(with(TARGETS, "y]", "y]\n  scale: {enrgy: log}")))
                .containsExactly(
                        "f:6:11: unknown key 'enrgy' in 'scale'; did you mean \"energy\"? Allowed:"
                                + " energy, x, y.");
        assertThat(problems(with(TARGETS, "y]", "y]\n  scale: {x: asinh}")))
                .containsExactly("f:6:14: x must be none, standard or log, but is 'asinh'.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    error_rate    | f:11:19: the loss of 'selection' must be mse, mae or quantile(q) for a regression, but is 'error_rate'.
                    huber         | f:11:19: the loss of 'selection' must be mse, mae or quantile(q) for a regression, but is 'huber'.
                    quantile(2)   | f:11:19: the number of quantile must be a number above 0 and below 1, but is 2. Write 0.02.
                    quantile(x)   | f:11:19: the number of quantile must be a number above 0 and below 1, but is 'x'.
                    [mse]         | f:11:19: the loss of 'selection' must be mse, mae or quantile(q) for a regression, but is a list.
                    """)
    void aWrongHeldOutLossIsReported(String loss, String expected) {
        assertThat(problems(SHORTEST + "selection: {loss: " + loss + "}\n"))
                .containsExactly(expected);
    }

    @Test
    void aHeldOutLossOfARegressionIsNotForAClassification() {
        assertThat(problems(CLASSES + "selection: {loss: quantile(0.5)}\n"))
                .containsExactly(
                        "f:12:19: the loss of 'selection' must be cross_entropy or error_rate for a"
                                + " classification, but is 'quantile(0.5)'.");
    }
}
