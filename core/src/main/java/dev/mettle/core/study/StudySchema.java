package dev.mettle.core.study;

import static dev.mettle.core.study.SchemaNode.anyOf;
import static dev.mettle.core.study.SchemaNode.list;
import static dev.mettle.core.study.SchemaNode.mapping;
import static dev.mettle.core.study.SchemaNode.matching;
import static dev.mettle.core.study.SchemaNode.number;
import static dev.mettle.core.study.SchemaNode.section;
import static dev.mettle.core.study.SchemaNode.text;
import static dev.mettle.core.study.SchemaNode.whole;
import static dev.mettle.core.study.SchemaNode.word;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The JSON Schema (draft 7) of study files, for editors. Keys, words, limits and defaults are those
 * of the readers: a key that a reader learns and the schema does not describe, or the other way
 * round, is an {@link IllegalStateException}. What needs more than one place of a study (shapes,
 * sizes of the data, dimensions) is left to {@link StudyReader}.
 */
public final class StudySchema {
    private static final String PARAMETERS = "parameters";

    private StudySchema() {}

    /**
     * Returns the schema as maps, lists, texts, numbers and truth values, keys in reading order.
     */
    public static SequencedMap<String, Object> schema() {
        SequencedMap<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "http://json-schema.org/draft-07/schema#");
        schema.put("title", "Mettle study");
        schema.putAll(study().with(ModelSchema.definitions()).toMap());
        return schema;
    }

    private static SchemaNode study() {
        Map<String, SchemaNode> properties =
                Map.ofEntries(
                        Map.entry(
                                "study",
                                text().with("pattern", "^" + StudyReader.NAME.pattern() + "$")
                                        .says("Name; the run is kept in runs/<name>.")),
                        Map.entry(
                                "seed",
                                whole(0).absent(StudyDefaults.SEED)
                                        .says("Of all instances: same seed, same bits.")),
                        Map.entry("data", data()),
                        Map.entry(
                                "task",
                                word(Words.TASKS.sequencedKeySet())
                                        .absent(Words.of(StudyDefaults.TASK))
                                        .says(
                                                "What is predicted: numbers, or one of some"
                                                        + " classes.")),
                        Map.entry(
                                "sample",
                                whole(1).says(
                                                "Rows that each instance draws anew from the pool,"
                                                        + " at most half of it.")),
                        Map.entry("model", ModelSchema.model()),
                        Map.entry("space", ModelSchema.space()),
                        Map.entry("sampling", sampling()),
                        Map.entry("constraints", constraints()),
                        Map.entry("training", ModelSchema.training()),
                        Map.entry("selection", selection()),
                        Map.entry("certificate", certificate()));
        return section(
                StudyReader.keys(),
                List.of("study", "data", "sample", "model", "training"),
                properties);
    }

    /** What is read, and how it is split and scaled; a new source of rows gets its key here. */
    private static SchemaNode data() {
        Map<String, SchemaNode> properties =
                Map.ofEntries(
                        Map.entry(
                                "file",
                                text().says(
                                                "Data file, looked up beside the study: its kind"
                                                        + " is told by its first bytes and its"
                                                        + " ending.")),
                        Map.entry("csv", TableSchema.csv()),
                        Map.entry("simulate", SimulationSchema.simulation()),
                        Map.entry(
                                "input",
                                anyOf(text(), list(text(), 1).with("uniqueItems", true))
                                        .says(
                                                "Array (n, d), (n, height, width) or (n, channels,"
                                                        + " height, width); or a list of"
                                                        + " columns.")),
                        Map.entry(
                                "input_layout",
                                word(Words.INPUT_LAYOUTS.sequencedKeySet())
                                        .says(
                                                "What the input's axes mean: table (n, d), image"
                                                        + " (n, height, width) or (n, channels,"
                                                        + " height, width), sequence (n, length) or"
                                                        + " (n, channels, length). By their number"
                                                        + " when absent: table or image.")),
                        Map.entry(
                                "input_scale",
                                scale(Words.INPUT_SCALES, StudyDefaults.INPUT_SCALE)
                                        .says(
                                                "One constant for a whole array, one per column of"
                                                        + " a table.")),
                        Map.entry(
                                "target",
                                anyOf(text(), list(text(), 1).with("uniqueItems", true))
                                        .says("Array (n), or a list of such arrays.")),
                        Map.entry(
                                "scale",
                                scales(Words.TARGET_SCALES, StudyDefaults.TARGET_SCALE)
                                        .says("Of the targets of a regression.")),
                        Map.entry(
                                "classes",
                                list(text(), 2)
                                        .with("uniqueItems", true)
                                        .says("Names of the classes, in the order of the labels.")),
                        Map.entry("features", TableSchema.features(feature())),
                        Map.entry("where", TableSchema.where()),
                        Map.entry(
                                "feature_scale",
                                scales(Words.FEATURE_SCALES, StudyDefaults.FEATURE_SCALE)),
                        Map.entry("categories", InputSchema.categories()),
                        Map.entry("missing", TableSchema.missing()),
                        Map.entry("encode", TableSchema.encode()),
                        Map.entry("split", SplitSchema.split()),
                        Map.entry("leaks", SplitSchema.leaks()),
                        Map.entry(
                                "split_seed",
                                whole(0).absent(StudyDefaults.SPLIT_SEED)
                                        .says("Fixes pool, validation and test.")),
                        Map.entry(
                                "validation",
                                whole(1).says("Held-out rows that selection looks at.")),
                        Map.entry(
                                "test",
                                whole(1).says("Held-out rows that only the certificate sees.")));
        return section(DataReader.keys(), List.of("input", "target"), properties)
                .with("anyOf", SplitSchema.required())
                .with(
                        "oneOf",
                        List.of(
                                Map.of("required", List.of("file")),
                                Map.of("required", List.of("simulate"))))
                .says("The rows, what is read of them, and which are held out.");
    }

    private static SchemaNode scale(SequencedMap<String, ScaleKind> words, ScaleKind absent) {
        return word(words.sequencedKeySet()).absent(Words.of(absent));
    }

    /** One word for all, or one for each name. */
    private static SchemaNode scales(SequencedMap<String, ScaleKind> words, ScaleKind absent) {
        SchemaNode one = word(words.sequencedKeySet());
        return anyOf(one, mapping(one)).absent(Words.of(absent));
    }

    private static SchemaNode feature() {
        return section(
                DataReader.featureKeys(),
                List.of(),
                Map.of(
                        "window",
                        whole(1).absent(StudyDefaults.FEATURE_WINDOW)
                                .says("Odd side of the square of cells."),
                        "threshold",
                        number(Limits.NOT_NEGATIVE)
                                .says(
                                        "Cells below it read as 0; three sigma of the noise"
                                                + " when absent.")));
    }

    private static SchemaNode constraints() {
        return section(
                        StudyReader.constraintKeys(),
                        List.of(),
                        Map.of(PARAMETERS, whole(1).says("Most weights of a candidate.")))
                .says("Candidates beyond are left out, and counted.");
    }

    private static SchemaNode sampling() {
        return section(
                        SamplingReader.keys(),
                        List.of("count"),
                        Map.of(
                                "method",
                                word(SamplingReader.METHODS.sequencedKeySet())
                                        .absent(Words.of(StudyDefaults.SAMPLING))
                                        .says("Spread evenly, or independent points."),
                                "count",
                                whole(1, StudyDefaults.MOST_CANDIDATES)
                                        .says("Candidates to draw, in all rounds together."),
                                "rounds",
                                whole(1, SamplingReader.MOST_ROUNDS)
                                        .absent(StudyDefaults.ROUNDS)
                                        .says(
                                                "Rounds; later ones draw around the survivors of"
                                                        + " the one before.")))
                .says("Draws candidates instead of taking every combination of the space.");
    }

    private static SchemaNode selection() {
        Map<String, SchemaNode> properties =
                Map.ofEntries(
                        Map.entry(
                                "algorithm",
                                word(SelectionReader.keysByAlgorithm().sequencedKeySet())
                                        .absent(StudyDefaults.ALGORITHM)),
                        Map.entry("criterion", criterion()),
                        Map.entry("loss", heldOutLoss()),
                        Map.entry(
                                "instances",
                                whole(1).absent(StudyDefaults.INSTANCES)
                                        .says("Instances of a finalist.")),
                        Map.entry(
                                "per",
                                text().says("A dimension: a winner for each of its values.")),
                        Map.entry(
                                "warmup",
                                whole(1).absent(StudyDefaults.WARMUP)
                                        .says("Instances of all before the first elimination.")),
                        Map.entry(
                                "survivors",
                                whole(1).absent(StudyDefaults.SURVIVORS)
                                        .says("Never fewer candidates than this.")),
                        Map.entry("drop", drop()),
                        Map.entry(
                                "preview_rows",
                                whole(1).says(
                                                "Racing: rows of a first training of everybody,"
                                                        + " which tells who may race.")),
                        Map.entry(
                                "audit",
                                number(Limits.SHARE)
                                        .says(
                                                "Share of the dropped candidates that are trained"
                                                        + " in full afterwards, 0 for none; "
                                                        + StudyDefaults.AUDIT
                                                        + " with racing.")),
                        Map.entry(
                                "eta",
                                whole(2).absent(StudyDefaults.ETA)
                                        .says("Halving keeps one candidate in eta.")));
        return section(SelectionReader.keys(), List.of(), properties)
                .keysWhere("algorithm", SelectionReader.keysByAlgorithm())
                .says("How the winner is found.");
    }

    private static SchemaNode criterion() {
        SequencedMap<String, SchemaNode> numbers = new LinkedHashMap<>();
        CriterionReader.withNumber().forEach((name, limits) -> numbers.put(name, number(limits)));
        return anyOf(
                        word(CriterionReader.plain()),
                        matching(
                                "(%s)\\([^()]+\\)"
                                        .formatted(String.join("|", numbers.sequencedKeySet()))),
                        SchemaNode.one(numbers))
                .absent(StudyDefaults.CRITERION.label())
                .says("What is compared; smaller is better.");
    }

    private static SchemaNode heldOutLoss() {
        SequencedMap<String, SchemaNode> quantile = new LinkedHashMap<>();
        quantile.put("quantile", number(Limits.INSIDE));
        return anyOf(
                        word(HeldOutLossReader.plain()),
                        matching("quantile\\([^()]+\\)"),
                        SchemaNode.one(quantile))
                .says("What is measured on held-out rows, and certified.");
    }

    private static SchemaNode drop() {
        SequencedMap<String, SchemaNode> limits = new LinkedHashMap<>();
        limits.put("above", number(Limits.FINITE));
        limits.put("cv_above", number(Limits.POSITIVE));
        if (!limits.sequencedKeySet().containsAll(SelectionReader.dropKeys())
                || limits.size() != SelectionReader.dropKeys().size()) {
            throw new IllegalStateException(
                    "the schema does not describe drop: " + SelectionReader.dropKeys());
        }
        return anyOf(word(List.of("half")), SchemaNode.one(limits))
                .absent("half")
                .says("Which candidates an iteration drops.");
    }

    private static SchemaNode certificate() {
        Map<String, SchemaNode> properties =
                Map.of(
                        "instances",
                        whole(1).says("Fresh trainings; the fewest that do when absent."),
                        "coverage",
                        number(Limits.INSIDE)
                                .absent(StudyDefaults.COVERAGE)
                                .says("Share of future trainings at or below the bound."),
                        "confidence",
                        number(Limits.INSIDE)
                                .absent(StudyDefaults.CONFIDENCE)
                                .says("Of the certificate, over all attempts."),
                        "attempts",
                        whole(1).absent(StudyDefaults.ATTEMPTS)
                                .says("Finalists that may be tried; declared beforehand."));
        return anyOf(
                        word(List.of("none")),
                        section(CertificateReader.keys(), List.of(), properties))
                .says("What is certified of the winner.");
    }
}
