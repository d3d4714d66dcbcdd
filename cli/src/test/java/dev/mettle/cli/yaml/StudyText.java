package dev.mettle.cli.yaml;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mettle.cli.sampling.SobolPoints;
import dev.mettle.core.data.Shape;
import dev.mettle.core.data.Task;
import dev.mettle.core.study.DataFacts;
import dev.mettle.core.study.DataInspector;
import dev.mettle.core.study.Study;
import dev.mettle.core.study.StudyException;
import dev.mettle.core.study.StudyReader;
import dev.mettle.core.study.TargetSettings;

import java.util.List;

/** Study files for tests, and reading them with data that are only said to be there. */
final class StudyText {
    /**
     * 143,000 rows of 15 x 15 cells: a pool of 128,000 beside the held-out rows of {@link #PAPER}.
     */
    static final DataInspector SHOWERS =
            settings -> new DataFacts(new Shape(1, 15, 15), 143_000, task(settings.target()));

    /** The task of these settings; classes that they don't name are three. */
    private static Task task(TargetSettings target) {
        return switch (target) {
            case TargetSettings.Regression regression -> new Task.Regression(regression.names());
            case TargetSettings.Classification(String name, List<String> classes) ->
                    new Task.Classification(
                            name, classes.isEmpty() ? Task.Classification.numbered(3) : classes);
        };
    }

    /** The study of examples/calorimeter/paper.yaml in its first form. */
    static final String PAPER =
            """
            study: shashlik-energy
            seed: 20250522
            data:
              file: showers.npz
              input: cells
              input_scale: standard
              target: energy
              scale: log
              features: [energy_sum, barycenter_x, barycenter_y]
              feature_scale: standard
              validation: 5000
              test: 10000
            task: regression
            sample: 18000
            model:
              network:
                - conv2d: {channels: $c1, kernel: $k, padding: same}
                - activation: $act
                - maxpool: 2
                - conv2d: {channels: $c2, kernel: $k, padding: same}
                - activation: $act
                - maxpool: 2
                - flatten
                - dense: $hidden
                - activation: $act
                - concat: {features: $bias}
                - dense: 1
            space:
              c1: [4, 8, 12]
              c2: [8, 16, 32]
              k: [3, 5]
              hidden: [16, 32, 64]
              act: [relu, elu, silu, tanh]
              bias: [true, false]
              optimizer: [sgd, rmsprop, adam, adamw]
              lr: [0.0003, 0.001, 0.003, 0.01]
            constraints: {parameters: 30000}
            training:
              loss: mse
              optimizer: {name: $optimizer, lr: $lr}
              init: kaiming_uniform
              batch: 256
              epochs: 60
              stability: {threshold: 0.10, window: 30}
            selection: {algorithm: progressive, criterion: mean, warmup: 5, instances: 50, survivors: 3, drop: half, per: bias}
            certificate: {instances: 59, coverage: 0.95, confidence: 0.95, attempts: 1}
            """;

    /** The least that a study may say; line 8 is the network, 9 the training. */
    static final String SHORTEST =
            """
            study: short
            data:
              file: showers.npz
              input: cells
              target: energy
              validation: 5000
              test: 10000
            sample: 18000
            model: {network: [flatten, dense: 8, activation: relu, dense: 1]}
            training: {optimizer: {lr: 0.001}, epochs: 20}
            """;

    private StudyText() {}

    static Study read(String text) {
        return StudyReader.read(YamlReader.parse(text), text, SHOWERS, new SobolPoints());
    }

    /** Reads a study with its space. */
    static StudyReader.Opened opened(String text) {
        return StudyReader.open(YamlReader.parse(text), text, SHOWERS, new SobolPoints());
    }

    /** Returns the problems of a study, rendered with the file name {@code f}. */
    static List<String> problems(String text) {
        return problems(text, SHOWERS);
    }

    static List<String> problems(String text, DataInspector inspector) {
        StudyException wrong =
                catchThrowableOfType(
                        StudyException.class,
                        () ->
                                StudyReader.read(
                                        YamlReader.parse(text),
                                        text,
                                        inspector,
                                        new SobolPoints()));
        return wrong == null
                ? List.of()
                : wrong.problems().stream().map(problem -> problem.render("f")).toList();
    }

    /** Returns a text with one part replaced; the part must be there. */
    static String with(String text, String part, String replacement) {
        if (!text.contains(part)) {
            throw new IllegalArgumentException("no '" + part + "' in the text");
        }
        return text.replace(part, replacement);
    }
}
