package dev.mettle.core.study;

import static dev.mettle.core.study.SchemaNode.anyOf;
import static dev.mettle.core.study.SchemaNode.list;
import static dev.mettle.core.study.SchemaNode.mapping;
import static dev.mettle.core.study.SchemaNode.number;
import static dev.mettle.core.study.SchemaNode.section;
import static dev.mettle.core.study.SchemaNode.truth;
import static dev.mettle.core.study.SchemaNode.type;
import static dev.mettle.core.study.SchemaNode.whole;
import static dev.mettle.core.study.SchemaNode.word;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/**
 * The schema of {@code model}, {@code space} and {@code training}, where values may be references.
 */
final class ModelSchema {
    /** A reference to a dimension of the space. */
    private static final SchemaNode REFERENCE = SchemaNode.matching("\\$.+");

    private static final String NAME = "name";

    private ModelSchema() {}

    static SchemaNode model() {
        SchemaNode network =
                orReference(list(layer(), 1))
                        .says("Layers, with the names and the meaning of PyTorch.");
        return orReference(
                        section(
                                CandidateReader.modelKeys(),
                                List.of("network"),
                                Map.of("network", network)))
                .says("What is trained; $name stands for a value of a dimension of the space.");
    }

    private static SchemaNode layer() {
        SequencedMap<String, List<String>> keys = LayerReader.keysByLayer();
        SequencedMap<String, SchemaNode> layers = new LinkedHashMap<>();
        layers.put("conv2d", orReference(convolution(keys.getOrDefault("conv2d", List.of()))));
        layers.put("activation", orReference(word(Words.ACTIVATIONS.sequencedKeySet())));
        layers.put(
                "maxpool",
                orReference(
                        whole(1, LayerReader.LARGEST_WINDOW),
                        section(
                                keys.getOrDefault("maxpool", List.of()),
                                List.of("size"),
                                Map.of("size", window(), "stride", window()))));
        layers.put("flatten", type("null"));
        layers.put(
                "dense",
                orReference(
                        units(),
                        section(
                                keys.getOrDefault("dense", List.of()),
                                List.of("units"),
                                Map.of("units", orReference(units())))));
        layers.put(
                "concat",
                orReference(
                        word(List.of("features")),
                        section(
                                keys.getOrDefault("concat", List.of()),
                                List.of("features"),
                                Map.of("features", orReference(truth())))));
        layers.put(
                "embedding",
                orReference(InputSchema.embedding(keys.getOrDefault("embedding", List.of()))));
        if (!layers.keySet().equals(keys.keySet())) {
            throw new IllegalStateException("the schema does not describe the layers " + keys);
        }
        return anyOf(word(List.of("flatten")), REFERENCE, SchemaNode.one(layers));
    }

    private static SchemaNode convolution(List<String> keys) {
        return section(
                keys,
                List.of("channels", "kernel"),
                Map.of(
                        "channels",
                        orReference(units()).says("Output channels."),
                        "kernel",
                        window().says("Side of the square kernel."),
                        "padding",
                        orReference(word(Words.PADDINGS.sequencedKeySet()))
                                .absent(Words.of(StudyDefaults.PADDING)),
                        "stride",
                        window().absent(StudyDefaults.STRIDE)));
    }

    static SchemaNode units() {
        return whole(1, LayerReader.MOST_UNITS);
    }

    private static SchemaNode window() {
        return orReference(whole(1, LayerReader.LARGEST_WINDOW));
    }

    static SchemaNode space() {
        SchemaNode plain = SchemaNode.text();
        return mapping(anyOf(list(plain, 1), range(), named()))
                .with("propertyNames", Map.of("pattern", "^" + SpaceReader.NAME.pattern() + "$"))
                .with("minProperties", 1)
                .says(
                        "Dimensions: a list of values each, a range, or a mapping of named values,"
                                + " which may be anything. Every combination is a candidate, unless"
                                + " 'sampling' draws some.");
    }

    private static SchemaNode range() {
        Map<String, SchemaNode> properties =
                Map.of(
                        "min",
                        type("number").says("Least value."),
                        "max",
                        type("number").says("Greatest value."),
                        "log",
                        truth().absent(false)
                                .says("Equal ratios rather than equal differences are as likely."),
                        "integer",
                        truth().absent(false).says("Whole numbers only."));
        return section(RangeReader.keys(), List.of("min", "max"), properties);
    }

    /** Named values; a mapping with a number as an end is meant as a range. */
    private static SchemaNode named() {
        Map<String, Object> number = Map.of("type", "number");
        Map<String, Object> notNumber = Map.of("not", number);
        SequencedMap<String, Object> ends = new LinkedHashMap<>(); // in this order in the file
        ends.put("min", notNumber);
        ends.put("max", notNumber);
        return type("object").with("minProperties", 1).with("properties", ends);
    }

    static SchemaNode training() {
        Map<String, SchemaNode> properties =
                Map.of(
                        "loss",
                        loss(),
                        "optimizer",
                        optimizer(),
                        "init",
                        orReference(word(Words.INITIALISATIONS.sequencedKeySet()))
                                .absent(Words.of(StudyDefaults.INIT))
                                .says("Initial weights, as torch.nn.init; biases start at 0."),
                        "batch",
                        orReference(whole(1))
                                .absent(StudyDefaults.BATCH)
                                .says("Rows of a mini-batch."),
                        "epochs",
                        orReference(whole(1)).says("Passes over the sample."),
                        "stability",
                        stability(),
                        "augment",
                        InputSchema.augment());
        return orReference(section(RecipeReader.keys(), List.of("optimizer", "epochs"), properties))
                .says("How a candidate is trained.");
    }

    private static SchemaNode loss() {
        SequencedMap<String, List<String>> keys = LossReader.keysByLoss();
        Map<String, SchemaNode> properties =
                Map.of(
                        NAME,
                        orReference(word(keys.sequencedKeySet())),
                        "delta",
                        orReference(number(Limits.POSITIVE)).absent(StudyDefaults.HUBER_DELTA),
                        "quantile",
                        orReference(number(Limits.INSIDE)),
                        "label_smoothing",
                        orReference(number(Limits.BELOW_ONE))
                                .absent(StudyDefaults.LABEL_SMOOTHING));
        List<String> plain =
                keys.sequencedKeySet().stream().filter(name -> !name.equals("quantile")).toList();
        return orReference(word(plain), named(keys, List.of(NAME), properties))
                .says("Training loss, as PyTorch; mse or cross_entropy when absent.");
    }

    private static SchemaNode optimizer() {
        SequencedMap<String, List<String>> keys = RecipeReader.optimizerKeys();
        SchemaNode share = orReference(number(Limits.BELOW_ONE));
        SchemaNode decay =
                orReference(number(Limits.NOT_NEGATIVE))
                        .says(
                                "%s; of adamw %s when absent."
                                        .formatted(
                                                StudyDefaults.WEIGHT_DECAY,
                                                StudyDefaults.ADAMW_WEIGHT_DECAY));
        Map<String, SchemaNode> properties =
                Map.of(
                        NAME,
                        orReference(word(keys.sequencedKeySet())).absent(StudyDefaults.OPTIMIZER),
                        "lr",
                        orReference(number(Limits.POSITIVE)).says("Learning rate."),
                        "momentum",
                        share.absent(StudyDefaults.MOMENTUM),
                        "nesterov",
                        orReference(truth()).absent(StudyDefaults.NESTEROV),
                        "weight_decay",
                        decay,
                        "alpha",
                        share.absent(StudyDefaults.ALPHA),
                        "eps",
                        orReference(number(Limits.POSITIVE)).absent(StudyDefaults.EPS),
                        "betas",
                        orReference(list(share, 2).with("maxItems", 2))
                                .absent(List.of(StudyDefaults.BETA_1, StudyDefaults.BETA_2)));
        return orReference(named(keys, List.of("lr"), properties))
                .says("Optimiser with its settings, as PyTorch.");
    }

    /** Returns a mapping whose {@code name} decides which other keys it has. */
    private static SchemaNode named(
            SequencedMap<String, List<String>> keysByName,
            List<String> required,
            Map<String, SchemaNode> properties) {
        Set<String> all = new LinkedHashSet<>(List.of(NAME));
        SequencedMap<String, List<String>> allowed = new LinkedHashMap<>();
        keysByName.forEach((name, own) -> {
            all.addAll(own);
            List<String> keys = new ArrayList<>(List.of(NAME));
            keys.addAll(own);
            allowed.put(name, keys);
        });
        return section(all, required, properties).keysWhere(NAME, allowed);
    }

    private static SchemaNode stability() {
        return orReference(
                        word(List.of("none")),
                        section(
                                RecipeReader.stabilityKeys(),
                                List.of(),
                                Map.of(
                                        "threshold",
                                        orReference(number(Limits.POSITIVE))
                                                .absent(StudyDefaults.STABILITY_THRESHOLD),
                                        "window",
                                        orReference(whole(1))
                                                .absent(StudyDefaults.STABILITY_WINDOW))))
                .says(
                        "An epoch whose mean training loss is more than the threshold above its"
                                + " mean over the last epochs of the window has exploded.");
    }

    static SchemaNode orReference(SchemaNode... choices) {
        List<SchemaNode> all = new ArrayList<>(List.of(choices));
        all.add(REFERENCE);
        return anyOf(all);
    }
}
