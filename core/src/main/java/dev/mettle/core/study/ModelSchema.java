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

    /** Layers without settings. */
    private static final List<String> BARE = List.of("flatten", "global_maxpool", "global_avgpool");

    private static final String NAME = "name";
    private static final String LAYER = "layer";

    private ModelSchema() {}

    static SchemaNode model() {
        SchemaNode network =
                orReference(list(SchemaNode.defined(LAYER), 1))
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
        WindowSchema.addTo(layers);
        layers.put("activation", orReference(word(Words.ACTIVATIONS.sequencedKeySet())));
        BARE.forEach(name -> layers.put(name, type("null")));
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
        layers.putAll(blocks(keys));
        if (!layers.keySet().equals(keys.keySet())) {
            throw new IllegalStateException("the schema does not describe the layers " + keys);
        }
        List<String> alone = new ArrayList<>(BARE);
        alone.addAll(List.of("batchnorm", "layernorm"));
        return anyOf(word(alone), REFERENCE, SchemaNode.one(layers));
    }

    private static SequencedMap<String, SchemaNode> blocks(
            SequencedMap<String, List<String>> keys) {
        SchemaNode eps = orReference(number(Limits.POSITIVE)).absent(StudyDefaults.NORM_EPS);
        SchemaNode momentum =
                orReference(number(Limits.ABOVE_ZERO_TO_ONE))
                        .absent(StudyDefaults.NORM_MOMENTUM)
                        .says("Share of a mini-batch in the running mean and variance.");
        SchemaNode nothing = type("null");
        SchemaNode inside = orReference(list(SchemaNode.defined(LAYER), 1));
        SequencedMap<String, SchemaNode> blocks = new LinkedHashMap<>();
        blocks.put(
                "batchnorm",
                orReference(
                        nothing,
                        section(
                                keys.getOrDefault("batchnorm", List.of()),
                                List.of(),
                                Map.of("eps", eps, "momentum", momentum))));
        blocks.put(
                "layernorm",
                orReference(
                        nothing,
                        section(
                                keys.getOrDefault("layernorm", List.of()),
                                List.of(),
                                Map.of("eps", eps))));
        blocks.put(
                "dropout",
                orReference(number(Limits.BELOW_ONE)).says("Probability of being dropped."));
        blocks.put(
                "residual",
                orReference(
                        list(SchemaNode.defined(LAYER), 1),
                        section(
                                keys.getOrDefault("residual", List.of()),
                                List.of("layers"),
                                Map.of(
                                        "layers",
                                        inside,
                                        "shortcut",
                                        inside.says(
                                                "What is added; the block's input when"
                                                        + " absent.")))));
        return blocks;
    }

    /** Returns what {@link SchemaNode#defined} refers to. */
    static SequencedMap<String, SchemaNode> definitions() {
        SequencedMap<String, SchemaNode> definitions = new LinkedHashMap<>();
        definitions.put(LAYER, layer());
        return definitions;
    }

    static SchemaNode units() {
        return whole(1, LayerReader.MOST_UNITS);
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
                Map.ofEntries(
                        Map.entry("loss", loss()),
                        Map.entry("optimizer", optimizer()),
                        Map.entry("init", TrainingSchema.init()),
                        Map.entry(
                                "batch",
                                orReference(whole(1))
                                        .absent(StudyDefaults.BATCH)
                                        .says("Rows of a mini-batch.")),
                        Map.entry("epochs", orReference(whole(1)).says("Passes over the sample.")),
                        Map.entry("stability", stability()),
                        Map.entry("clip", TrainingSchema.clip()),
                        Map.entry("schedule", TrainingSchema.schedule()),
                        Map.entry("warmup", TrainingSchema.warmup()),
                        Map.entry("restore_best", TrainingSchema.restoreBest()),
                        Map.entry("augment", InputSchema.augment()));
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
        return orReference(word(plain), named(NAME, keys, List.of(NAME), properties))
                .says("Training loss, as PyTorch; mse or cross_entropy when absent.");
    }

    private static SchemaNode optimizer() {
        SequencedMap<String, List<String>> keys = OptimizerReader.keysByOptimizer();
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
                        orReference(number(Limits.POSITIVE))
                                .says(
                                        "%s; of adagrad %s when absent."
                                                .formatted(
                                                        StudyDefaults.EPS,
                                                        StudyDefaults.ADAGRAD_EPS)),
                        "betas",
                        orReference(list(share, 2).with("maxItems", 2))
                                .says(
                                        "[%s, %s]; of lion [%1$s, %3$s] when absent."
                                                .formatted(
                                                        StudyDefaults.BETA_1,
                                                        StudyDefaults.BETA_2,
                                                        StudyDefaults.LION_BETA_2)),
                        "lr_decay",
                        orReference(number(Limits.NOT_NEGATIVE)).absent(StudyDefaults.LR_DECAY),
                        "initial_accumulator_value",
                        orReference(number(Limits.NOT_NEGATIVE))
                                .absent(StudyDefaults.INITIAL_ACCUMULATOR));
        return orReference(named(NAME, keys, List.of("lr"), properties))
                .says("Optimiser with its settings, as PyTorch.");
    }

    /** Returns a mapping in which the word under one key decides which other keys it has. */
    static SchemaNode named(
            String nameKey,
            SequencedMap<String, List<String>> keysByName,
            List<String> required,
            Map<String, SchemaNode> properties) {
        Set<String> all = new LinkedHashSet<>(List.of(nameKey));
        SequencedMap<String, List<String>> allowed = new LinkedHashMap<>();
        keysByName.forEach((name, own) -> {
            all.addAll(own);
            List<String> keys = new ArrayList<>(List.of(nameKey));
            keys.addAll(own);
            allowed.put(name, keys);
        });
        return section(all, required, properties).keysWhere(nameKey, allowed);
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

    /** Returns one of these, or a reference to a dimension. */
    static SchemaNode orReference(SchemaNode... choices) {
        List<SchemaNode> all = new ArrayList<>(List.of(choices));
        all.add(REFERENCE);
        return anyOf(all);
    }
}
