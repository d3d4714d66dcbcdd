package dev.mettle.core.study;

import dev.mettle.core.document.Mapping;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads the section {@code data}. */
final class DataReader {
    private static final List<String> KEYS =
            List.of(
                    "file",
                    "csv",
                    "simulate",
                    "where",
                    "input",
                    "input_layout",
                    "input_scale",
                    "target",
                    "scale",
                    "classes",
                    "features",
                    "feature_scale",
                    "categories",
                    "encode",
                    "missing",
                    "split",
                    "split_seed",
                    "validation",
                    "test",
                    "leaks");
    private static final int MOST = Integer.MAX_VALUE;

    private final Problems problems;
    private final Scope scope;
    private final Values values;
    private final Optional<TaskKind> kind;
    private Optional<List<FeatureSettings>> features = Optional.empty();
    private Optional<List<CategorySettings>> categories = Optional.empty();

    /** Takes the kind of task, if the study names a valid one. */
    DataReader(Optional<TaskKind> kind, Problems problems) {
        this.kind = kind;
        this.problems = problems;
        this.scope = Scope.outside(problems);
        this.values = new Values(problems);
    }

    static List<String> keys() {
        return KEYS;
    }

    /** Returns the settings of a derived feature. */
    static List<String> featureKeys() {
        return FeaturesReader.KEYS;
    }

    /** Returns the number of features, as far as it could be read. */
    OptionalInt featureCount() {
        return features.map(list -> OptionalInt.of(list.size())).orElse(OptionalInt.empty());
    }

    /** Returns the categorical columns, as far as they could be read. */
    Optional<List<CategorySettings>> categories() {
        return categories;
    }

    /** Opens the section. */
    Optional<Section> open(Mapping.Entry entry) {
        return scope.resolve(entry.value())
                .flatMap(node ->
                        Section.open(
                                node,
                                "'data'",
                                entry.key().place(),
                                KEYS.stream().filter(this::isRightlyPlaced).toList(),
                                scope,
                                problems,
                                this::misplaced));
    }

    private boolean isRightlyPlaced(String key) {
        return kind.flatMap(task -> TargetReader.misplaced(key, task)).isEmpty();
    }

    private Optional<String> misplaced(String key) {
        if (!isRightlyPlaced(key)) {
            return kind.flatMap(task -> TargetReader.misplaced(key, task));
        }
        return Optional.empty();
    }

    /** Reads the section. */
    Optional<DataSettings> read(Section section) {
        FeaturesReader reader = new FeaturesReader(scope, problems);
        features = reader.read(section);
        Optional<Optional<String>> where = where(section);
        categories = new CategoriesReader(scope, problems).read(section);
        Optional<DataSource> source = new DataSourceReader(scope, problems).read(section);
        Optional<Long> splitSeed = section.wide("split_seed", 0, StudyDefaults.SPLIT_SEED);
        Optional<List<String>> input = new InputReader(scope, problems).read(section);
        Optional<Map<String, Encoding>> encodings =
                new EncodeReader(scope, problems).read(section, input);
        Optional<Optional<InputLayout>> layout = layout(section);
        Optional<ScaleKind> inputScale =
                section.word("input_scale", Words.INPUT_SCALES, StudyDefaults.INPUT_SCALE);
        Optional<TargetSettings> target =
                kind.flatMap(task -> new TargetReader(scope, problems).read(section, task));
        Optional<MissingValues> missing =
                section.word("missing", Words.MISSING_VALUES, StudyDefaults.MISSING);
        Optional<HeldOutSettings> heldOut = new SplitReader(scope, problems).read(section);
        if (source.isEmpty()
                || splitSeed.isEmpty()
                || input.isEmpty()
                || encodings.isEmpty()
                || layout.isEmpty()
                || inputScale.isEmpty()
                || target.isEmpty()
                || missing.isEmpty()) {
            return Optional.empty();
        }
        if (heldOut.isEmpty() || features.isEmpty() || categories.isEmpty() || where.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new DataSettings(
                        source.get(),
                        splitSeed.get(),
                        input.get(),
                        layout.get(),
                        inputScale.get(),
                        target.get(),
                        features.get(),
                        categories.get(),
                        encodings.get(),
                        missing.get(),
                        new Expressions(where.get(), reader.expressions()),
                        heldOut.get()));
    }

    private Optional<Optional<String>> where(Section section) {
        return section.has("where")
                ? section.value("where")
                        .flatMap(node ->
                                values.text(
                                        node,
                                        "where",
                                        "an SQL condition, such as \"age >= 18 and bmi < 60\""))
                        .map(text -> Optional.of(text.strip()))
                : Optional.of(Optional.empty());
    }

    private Optional<Optional<InputLayout>> layout(Section section) {
        return section.has("input_layout")
                ? section.value("input_layout")
                        .flatMap(node -> values.word(node, "input_layout", Words.INPUT_LAYOUTS))
                        .map(Optional::of)
                : Optional.of(Optional.empty());
    }
}
