package dev.mettle.core.study;

import dev.mettle.core.document.Mapping;
import dev.mettle.core.document.Node;
import dev.mettle.core.document.Scalar;
import dev.mettle.core.document.Sequence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Reads the section {@code data}. */
final class DataReader {
    private static final List<String> KEYS =
            List.of(
                    "file",
                    "csv",
                    "simulate",
                    "input",
                    "input_layout",
                    "input_scale",
                    "target",
                    "scale",
                    "classes",
                    "features",
                    "feature_scale",
                    "categories",
                    "missing",
                    "split",
                    "split_seed",
                    "validation",
                    "test",
                    "leaks");
    private static final List<String> FEATURE = List.of("window", "threshold");
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
        return FEATURE;
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
        features = features(section);
        categories = new CategoriesReader(scope, problems).read(section);
        Optional<DataSource> source = new DataSourceReader(scope, problems).read(section);
        Optional<Long> splitSeed = section.wide("split_seed", 0, StudyDefaults.SPLIT_SEED);
        Optional<List<String>> input = new InputReader(scope, problems).read(section);
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
                || layout.isEmpty()
                || inputScale.isEmpty()
                || target.isEmpty()
                || missing.isEmpty()) {
            return Optional.empty();
        }
        if (heldOut.isEmpty() || features.isEmpty() || categories.isEmpty()) {
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
                        missing.get(),
                        heldOut.get()));
    }

    private Optional<Optional<InputLayout>> layout(Section section) {
        return section.has("input_layout")
                ? section.value("input_layout")
                        .flatMap(node -> values.word(node, "input_layout", Words.INPUT_LAYOUTS))
                        .map(Optional::of)
                : Optional.of(Optional.empty());
    }

    private Optional<List<FeatureSettings>> features(Section section) {
        Optional<List<FeatureSettings>> unscaled =
                section.has("features")
                        ? section.value("features").flatMap(this::featureList)
                        : Optional.of(List.of());
        return unscaled.flatMap(list ->
                scales(section, list)
                        .map(scales ->
                                list.stream()
                                        .map(feature ->
                                                new FeatureSettings(
                                                        feature.name(),
                                                        feature.window(),
                                                        feature.threshold(),
                                                        scales.getOrDefault(
                                                                feature.name(),
                                                                StudyDefaults.FEATURE_SCALE)))
                                        .toList()));
    }

    private Optional<List<FeatureSettings>> featureList(Node node) {
        if (!(node instanceof Sequence sequence)) {
            problems.add(
                    node.place(),
                    "features must be a list, such as [energy_sum, barycenter_x], but is %s.",
                    node.described());
            return Optional.empty();
        }
        Map<String, FeatureSettings> read = new LinkedHashMap<>();
        boolean right = true;
        for (Node item : sequence.items()) {
            Optional<FeatureSettings> feature = scope.resolve(item).flatMap(this::feature);
            right &= feature.isPresent();
            if (feature.isPresent() && read.put(feature.get().name(), feature.get()) != null) {
                right = false;
                problems.add(
                        item.place(), "feature '%s' is in the list twice.", feature.get().name());
            }
        }
        return right ? Optional.of(List.copyOf(read.values())) : Optional.empty();
    }

    private Optional<FeatureSettings> feature(Node item) {
        if (item instanceof Mapping mapping && mapping.entries().size() == 1) {
            Mapping.Entry entry = mapping.entries().getFirst();
            String name = entry.key().text();
            return Section.open(
                            entry.value(),
                            "'" + name + "'",
                            entry.key().place(),
                            FEATURE,
                            scope,
                            problems)
                    .flatMap(section -> feature(name, section));
        }
        return values.text(
                        item,
                        "a feature",
                        "a name, or a name with settings, such as energy_sum: {window: 5}")
                .map(name ->
                        new FeatureSettings(
                                name,
                                StudyDefaults.FEATURE_WINDOW,
                                OptionalDouble.empty(),
                                StudyDefaults.FEATURE_SCALE));
    }

    private Optional<FeatureSettings> feature(String name, Section section) {
        Optional<Integer> window = section.odd("window", 1, MOST, StudyDefaults.FEATURE_WINDOW);
        Optional<Double> threshold =
                section.has("threshold")
                        ? section.number("threshold", Limits.NOT_NEGATIVE)
                        : Optional.of(Double.NaN); // stands for an empty one, below
        if (window.isEmpty() || threshold.isEmpty()) {
            return Optional.empty();
        }
        OptionalDouble limit =
                section.has("threshold")
                        ? OptionalDouble.of(threshold.get())
                        : OptionalDouble.empty();
        return Optional.of(
                new FeatureSettings(name, window.get(), limit, StudyDefaults.FEATURE_SCALE));
    }

    /** Returns the scale of each feature that the study gives one. */
    private Optional<Map<String, ScaleKind>> scales(Section section, List<FeatureSettings> list) {
        if (!section.has("feature_scale")) {
            return Optional.of(Map.of());
        }
        List<String> names = list.stream().map(FeatureSettings::name).toList();
        return section.value("feature_scale")
                .flatMap(node -> {
                    Map<String, ScaleKind> scales = new HashMap<>();
                    if (node instanceof Mapping mapping) {
                        return Section.open(
                                        mapping,
                                        "'feature_scale'",
                                        section.keyPlace("feature_scale"),
                                        names,
                                        scope,
                                        problems)
                                .flatMap(inner -> scalesByName(inner, names));
                    }
                    return scale(node)
                            .map(scale -> {
                                names.forEach(name -> scales.put(name, scale));
                                return scales;
                            });
                });
    }

    private Optional<ScaleKind> scale(Node node) {
        if (node instanceof Scalar) {
            return values.word(node, "feature_scale", Words.FEATURE_SCALES);
        }
        problems.add(
                node.place(),
                "feature_scale must be one word, or a scale for each feature, such as {energy_sum:"
                        + " log}, but is %s.",
                node.described());
        return Optional.empty();
    }

    private static Optional<Map<String, ScaleKind>> scalesByName(
            Section section, List<String> names) {
        Map<String, ScaleKind> scales = new HashMap<>();
        List<Boolean> right = new ArrayList<>();
        for (String name : names) {
            Optional<ScaleKind> scale =
                    section.word(name, Words.FEATURE_SCALES, StudyDefaults.FEATURE_SCALE);
            right.add(scale.isPresent());
            scale.ifPresent(kind -> scales.put(name, kind));
        }
        return right.contains(false) ? Optional.empty() : Optional.of(scales);
    }
}
