package dev.mettle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;

import dev.mettle.cli.yaml.YamlReader;
import dev.mettle.core.document.Mapping;
import dev.mettle.core.document.Node;
import dev.mettle.core.document.Scalar;
import dev.mettle.core.document.Sequence;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The schema says what the reader says, as far as one place of a study decides. */
class SchemaCommandTest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final JsonNode DOCUMENT = SchemaCommand.schema();
    private static final JsonSchema SCHEMA =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(DOCUMENT);
    private static final Pattern ALLOWED = Pattern.compile("Allowed: (.*)\\.$", Pattern.MULTILINE);

    @TempDir private Path directory;

    @Test
    void theSchemaThatComesWithTheProjectIsCurrent() throws IOException {
        Cli printed = Cli.run("schema");
        assertThat(printed.exitCode()).isZero();
        assertThat(Cli.root().resolve("docs/study.schema.json"))
                .as("to renew it: ./mettle schema > docs/study.schema.json")
                .content()
                .isEqualTo(printed.out());
        assertThat(new ObjectMapper().readTree(printed.out()).get("$schema").asText())
                .isEqualTo("http://json-schema.org/draft-07/schema#");
    }

    @Test
    void allExamplesFitTheSchemaAndNameIt() throws IOException {
        List<Path> examples;
        try (Stream<Path> files = Files.walk(Cli.root().resolve("examples"))) {
            examples = files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
        }
        assertThat(examples).hasSizeGreaterThan(3);
        for (Path example : examples) {
            String text = Files.readString(example);
            assertThat(problems(text)).as(example.toString()).isEmpty();
            String schema = "# yaml-language-server: $schema=";
            assertThat(text).as(example.toString()).startsWith(schema);
            String named = text.lines().findFirst().orElseThrow().substring(schema.length());
            assertThat(example.resolveSibling(named).normalize())
                    .isEqualTo(Cli.root().resolve("docs/study.schema.json"));
        }
    }

    @Test
    void whatInitWritesFitsTheSchemaBesideIt() throws IOException {
        Path made = directory.resolve("made");
        Cli.run("init", made);
        assertThat(problems(Files.readString(made.resolve("study.yaml")))).isEmpty();
        assertThat(made.resolve("study.schema.json")).content().isEqualTo(Cli.run("schema").out());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    seed: 11                        | sed: 11
                    seed: 11                        | seed: -1
                    seed: 11                        | seed: eleven
                    study: small                    | study: ../small
                    sample: 600                     | sample: 600.5
                    sample: 600                     | sample: $n
                    sample: 600                     | sample:
                    target: energy                  | target: []
                    scale: log                      | scale: logarithm
                    [energy_sum]                    | [{energy_sum: {windo: 3}}]
                    [energy_sum]                    | energy_sum
                    input: cells                    | inputs: cells
                    relu                            | swish
                    maxpool: 3                      | maxpool: 0
                    maxpool: 3                      | maxpool: {stride: 2}
                    - flatten                       | - flat
                    channels: 2, kernel: 3          | channels: 2
                    padding: same                   | padding: valid, dilation: 0
                    padding: same                   | padding: some
                    padding: same                   | padding: [1, -1]
                    padding: same                   | padding: same, groups: 0
                    padding: same                   | padding: same, bias: 1
                    kernel: 3                       | kernel: [3]
                    kernel: 3                       | kernel: [3, 5, 7]
                    maxpool: 3                      | maxpool1d: {size: [1, 3]}
                    maxpool: 3                      | avgpool: {size: 3, padding: -1}
                    maxpool: 3                      | global_avgpool: 3
                    maxpool: 3                      | conv1d: {channels: 3, kernel: [1, 3]}
                    feature_scale: log              | input_layout: images
                    dense: 1                        | dense: [1]
                    [4, 8]                          | []
                    [4, 8]                          | 4
                    name: adam                      | name: adagrd
                    name: adam                      | name: lion, eps: 1
                    name: adam                      | name: adam, momentum: 0.9
                    lr: $lr}                        | lr: 0}
                    , lr: $lr}                      | }
                    epochs: 6                       | epochs: 0
                    batch: 32                       | dropout: 0.1
                    batch: 32                       | stability: {threshold: -1}
                    batch: 32                       | augment: {shift: -1}
                    batch: 32                       | augment: {flip: true}
                    batch: 32                       | augment: {rotate: 3}
                    - flatten                       | - embedding: {dim: 4}
                    - flatten                       | - embedding: region
                    scale: log                      | categories: region
                    scale: log                      | categories: {x: none}
                    batch: 32                       | init: zeros
                    batch: 32                       | init: {weights: pytorch, gain: 2}
                    batch: 32                       | init: {weights: orthogonal, gain: 0}
                    batch: 32                       | init: {bias: ones}
                    batch: 32                       | clip: {}
                    batch: 32                       | clip: 1
                    batch: 32                       | clip: {norm: 0}
                    batch: 32                       | schedule: cosin
                    batch: 32                       | schedule: step
                    batch: 32                       | schedule: {every: 3}
                    batch: 32                       | schedule: {name: cosine, every: 3}
                    batch: 32                       | schedule: {name: reduce_on_plateau, patience: -1}
                    batch: 32                       | warmup: -1
                    batch: 32                       | warmup: {start: 0.1}
                    batch: 32                       | restore_best: 3
                    batch: 32                       | restore_best: {holdout: 1}
                    batch: 32                       | loss: quantile
                    batch: 32                       | loss: {name: mse, delta: 1}
                    batch: 32                       | loss: {delta: 1}
                    algorithm: progressive          | algorithm: racing
                    algorithm: progressive          | algorithm: halving, drop: half
                    algorithm: progressive          | eta: 3, algorithm: progressive
                    algorithm: progressive          | drop: {above: 1, cv_above: 1}
                    criterion: mean                 | criterion: quantile
                    criterion: mean                 | criterion: {quantile: 1.5}
                    coverage: 0.95                  | coverage: 95
                    instances: 59                   | attempts: 0
                    """)
    void aMistakeInOnePlaceIsSeenByTheReaderAndByTheSchema(String part, String mistake)
            throws IOException {
        Path study = Cli.study(directory, part, String.valueOf(mistake));
        assertThat(Cli.run("validate", study).exitCode()).isEqualTo(ExitCode.WRONG_INPUT);
        assertThat(problems(Files.readString(study))).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    algorithm: progressive, criterion: mean   | algorithm: halving, eta: 3, criterion: quantile(0.9)
                    algorithm: progressive, criterion: mean   | drop: {cv_above: 0.1}, criterion: {cvar: 0.9}
                    optimizer: {name: adam, lr: $lr}          | optimizer: {name: sgd, lr: $lr, momentum: 0.9, nesterov: true}
                    optimizer: {name: adam, lr: $lr}          | optimizer: {lr: $lr, betas: [0.9, 0.99]}
                    feature_scale: log                        | feature_scale: {energy_sum: log}
                    [energy_sum]                              | [{energy_sum: {window: 7, threshold: 6}}]
                    batch: 32                                 | loss: {name: huber, delta: 2}
                    batch: 32                                 | stability: none
                    batch: 32                                 | init: {weights: truncated_normal, std: 0.1, bias: pytorch}
                    batch: 32                                 | init: {bias: 0.1}
                    batch: 32                                 | clip: {norm: 1, value: 0.5}
                    batch: 32                                 | schedule: one_cycle
                    batch: 32                                 | schedule: {name: step, every: 2}
                    batch: 32                                 | warmup: {epochs: 2, start: 0.1}
                    batch: 32                                 | restore_best: {patience: 2}
                    optimizer: {name: adam, lr: $lr}          | optimizer: {name: lion, lr: $lr, betas: [0.95, 0.98]}
                    optimizer: {name: adam, lr: $lr}          | optimizer: {name: adagrad, lr: $lr, initial_accumulator_value: 0.1}
                    batch: 32                                 | augment: none
                    batch: 32                                 | augment: {crop: 2, flip: both, noise: 0.1}
                    concat: {features: $bias}                 | concat: {features: $bias}
                    seed: 11                                  | seed: 1.1e1
                    """)
    void whatTheReaderTakesFitsTheSchema(String part, String replacement) throws IOException {
        Path study = Cli.study(directory, part, replacement);
        Cli validated = Cli.run("validate", study);
        assertThat(validated.exitCode()).as(validated.err()).isZero();
        assertThat(problems(Files.readString(study))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "study: small|zzz: 1|/properties",
                "  input: cells|  zzz: 1|/properties/data/properties",
                "  batch: 32|  zzz: 1|/properties/training/anyOf/0/properties"
            })
    void theKeysThatTheReaderAllowsAreThoseOfTheSchema(String where) throws IOException {
        String[] parts = where.split("\\|", -1);
        Path study = Cli.study(directory, parts[0], parts[0] + "\n" + parts[1]);
        Matcher allowed = ALLOWED.matcher(Cli.run("validate", study).err());
        assertThat(allowed.find()).isTrue();
        List<String> keys = new ArrayList<>(List.of(allowed.group(1).split(", ")));
        if (keys.contains("split_seed")) {
            keys.add("classes"); // left out of the message for a regression
        }
        List<String> described = new ArrayList<>();
        DOCUMENT.at(parts[2]).fieldNames().forEachRemaining(described::add);
        assertThat(described).containsExactlyInAnyOrderElementsOf(keys);
    }

    private static List<String> problems(String study) {
        return SCHEMA.validate(json(YamlReader.parse(study))).stream()
                .map(String::valueOf)
                .toList();
    }

    private static JsonNode json(Node node) {
        return switch (node) {
            case Scalar scalar ->
                    switch (scalar.kind()) {
                        case NULL -> JSON.nullNode();
                        case BOOLEAN -> JSON.booleanNode(scalar.isTrue());
                        case NUMBER ->
                                scalar.number()
                                        .<JsonNode>map(JSON::numberNode)
                                        .orElse(JSON.textNode(scalar.text()));
                        case STRING -> JSON.textNode(scalar.text());
                    };
            case Sequence sequence -> {
                ArrayNode array = JSON.arrayNode();
                sequence.items().forEach(item -> array.add(json(item)));
                yield array;
            }
            case Mapping mapping -> {
                ObjectNode object = JSON.objectNode();
                mapping.entries()
                        .forEach(entry -> object.set(entry.key().text(), json(entry.value())));
                yield object;
            }
        };
    }
}
