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
import java.util.SequencedMap;

/**
 * Reads {@code features} and {@code feature_scale} of the section {@code data}: a list of names, or
 * a mapping of names; a name may have settings, or an SQL expression that computes it.
 */
final class FeaturesReader {
    static final List<String> KEYS = List.of("window", "threshold");
    private static final String KEY = "features";
    private static final int MOST = Integer.MAX_VALUE;

    private final Problems problems;
    private final Scope scope;
    private final Values values;
    private final SequencedMap<String, String> expressions = new LinkedHashMap<>();

    FeaturesReader(Scope scope, Problems problems) {
        this.scope = scope;
        this.problems = problems;
        this.values = new Values(problems);
    }

    /** Returns the expressions that were read, with the names of the features. */
    SequencedMap<String, String> expressions() {
        return expressions;
    }

    /** Reads the features; none when the section does not have the key. */
    Optional<List<FeatureSettings>> read(Section section) {
        Optional<List<FeatureSettings>> unscaled =
                section.has(KEY)
                        ? section.value(KEY).flatMap(this::features)
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

    private Optional<List<FeatureSettings>> features(Node node) {
        Map<String, FeatureSettings> read = new LinkedHashMap<>();
        boolean right = true;
        switch (node) {
            case Mapping mapping -> {
                for (Mapping.Entry entry : mapping.entries()) {
                    right &= add(feature(entry), entry.key(), read);
                }
            }
            case Sequence sequence -> {
                for (Node item : sequence.items()) {
                    right &= add(scope.resolve(item).flatMap(this::feature), item, read);
                }
            }
            case Scalar scalar -> {
                right = false;
                problems.add(
                        scalar.place(),
                        "features must be a list, such as [energy_sum, barycenter_x], or names with"
                                + " SQL expressions, such as {bmi: \"weight / (height * height)\"},"
                                + " but is %s.",
                        scalar.described());
            }
        }
        return right ? Optional.of(List.copyOf(read.values())) : Optional.empty();
    }

    private boolean add(
            Optional<FeatureSettings> feature, Node at, Map<String, FeatureSettings> read) {
        if (feature.isPresent() && read.put(feature.get().name(), feature.get()) != null) {
            problems.add(at.place(), "feature '%s' is in the list twice.", feature.get().name());
            return false;
        }
        return feature.isPresent();
    }

    private Optional<FeatureSettings> feature(Node item) {
        if (item instanceof Mapping mapping && mapping.entries().size() == 1) {
            return feature(mapping.entries().getFirst());
        }
        return values.text(
                        item,
                        "a feature",
                        "a name, or a name with settings, such as energy_sum: {window: 5}, or with"
                                + " an SQL expression, such as bmi: \"weight / (height * height)\"")
                .map(FeaturesReader::plain);
    }

    private Optional<FeatureSettings> feature(Mapping.Entry entry) {
        String name = entry.key().text();
        return scope.resolve(entry.value())
                .flatMap(node -> {
                    if (node instanceof Mapping) {
                        return Section.open(
                                        node,
                                        "'" + name + "'",
                                        entry.key().place(),
                                        KEYS,
                                        scope,
                                        problems)
                                .flatMap(section -> feature(name, section));
                    }
                    return values.text(
                                    node,
                                    "'" + name + "'",
                                    "an SQL expression, or settings such as {window: 5}")
                            .map(text -> computed(name, text.strip()));
                });
    }

    /** A name that stands for itself is a column of the data, as in the list. */
    private FeatureSettings computed(String name, String text) {
        if (!text.equals(name)) {
            expressions.put(name, text);
        }
        return plain(name);
    }

    private static FeatureSettings plain(String name) {
        return new FeatureSettings(
                name,
                StudyDefaults.FEATURE_WINDOW,
                OptionalDouble.empty(),
                StudyDefaults.FEATURE_SCALE);
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
