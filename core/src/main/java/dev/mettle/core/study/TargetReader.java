package dev.mettle.core.study;

import dev.mettle.core.document.Mapping;
import dev.mettle.core.document.Node;
import dev.mettle.core.document.Sequence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what the section {@code data} says of the targets: their arrays, scales and classes. */
final class TargetReader {
    private final Problems problems;
    private final Scope scope;
    private final Values values;

    TargetReader(Scope scope, Problems problems) {
        this.problems = problems;
        this.scope = scope;
        this.values = new Values(problems);
    }

    /** Says so when a key of the section belongs to the other task. */
    static Optional<String> misplaced(String key, TaskKind kind) {
        if (key.equals("scale") && kind == TaskKind.CLASSIFICATION) {
            return Optional.of(
                    "'scale' is for targets that are numbers; a classification predicts"
                            + " probabilities of classes, which have no scale. Take it out.");
        }
        return key.equals("classes") && kind == TaskKind.REGRESSION
                ? Optional.of(
                        "'classes' names the classes of a classification, but this study is a"
                                + " regression; write task: classification, or take it out.")
                : Optional.empty();
    }

    Optional<TargetSettings> read(Section section, TaskKind kind) {
        return switch (kind) {
            case REGRESSION -> regression(section);
            case CLASSIFICATION -> classification(section);
        };
    }

    private Optional<TargetSettings> regression(Section section) {
        Optional<List<String>> names = section.required("target").flatMap(this::names);
        Optional<Map<String, ScaleKind>> scales =
                names.isPresent() ? scales(section, names.get()) : Optional.empty();
        return names.flatMap(list ->
                scales.map(scale ->
                        new TargetSettings.Regression(
                                list.stream()
                                        .map(name ->
                                                new TargetSettings.Column(
                                                        name,
                                                        scale.getOrDefault(
                                                                name, StudyDefaults.TARGET_SCALE)))
                                        .toList())));
    }

    private Optional<List<String>> names(Node node) {
        if (!(node instanceof Sequence sequence)) {
            return values.text(node, "target", "the name of one array").map(List::of);
        }
        if (sequence.items().isEmpty()) {
            problems.add(
                    node.place(), "target is an empty list; name at least one array to predict.");
            return Optional.empty();
        }
        return different(sequence, "a target", "the name of an array");
    }

    /** Reads a list of texts of which no two are the same. */
    private Optional<List<String>> different(Sequence sequence, String name, String what) {
        List<String> texts = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        boolean right = true;
        for (Node item : sequence.items()) {
            Optional<String> text =
                    scope.resolve(item).flatMap(value -> values.text(value, name, what));
            right &= text.isPresent();
            if (text.isPresent() && !seen.add(text.get())) {
                right = false;
                problems.add(item.place(), "%s '%s' is in the list twice.", name, text.get());
            }
            text.ifPresent(texts::add);
        }
        return right ? Optional.of(texts) : Optional.empty();
    }

    /** Returns the scale of each target that the study gives one. */
    private Optional<Map<String, ScaleKind>> scales(Section section, List<String> names) {
        if (!section.has("scale")) {
            return Optional.of(Map.of());
        }
        return section.value("scale")
                .flatMap(node ->
                        node instanceof Mapping
                                ? Section.open(
                                                node,
                                                "'scale'",
                                                section.keyPlace("scale"),
                                                names,
                                                scope,
                                                problems)
                                        .flatMap(inner -> scalesByName(inner, names))
                                : values.word(node, "scale", Words.TARGET_SCALES)
                                        .map(scale -> sameForAll(names, scale)));
    }

    private static Map<String, ScaleKind> sameForAll(List<String> names, ScaleKind scale) {
        Map<String, ScaleKind> scales = new HashMap<>();
        names.forEach(name -> scales.put(name, scale));
        return scales;
    }

    private static Optional<Map<String, ScaleKind>> scalesByName(
            Section section, List<String> names) {
        Map<String, ScaleKind> scales = new HashMap<>();
        boolean right = true;
        for (String name : names) {
            Optional<ScaleKind> scale =
                    section.word(name, Words.TARGET_SCALES, StudyDefaults.TARGET_SCALE);
            right &= scale.isPresent();
            scale.ifPresent(kind -> scales.put(name, kind));
        }
        return right ? Optional.of(scales) : Optional.empty();
    }

    private Optional<TargetSettings> classification(Section section) {
        Optional<String> name =
                section.required("target")
                        .flatMap(node -> {
                            if (node instanceof Sequence) {
                                problems.add(
                                        node.place(),
                                        "a classification has one target, the labels 0, 1, ...;"
                                                + " write target: and the name of one array.");
                                return Optional.empty();
                            }
                            return values.text(node, "target", "the name of one array");
                        });
        Optional<List<String>> classes =
                section.has("classes")
                        ? section.value("classes").flatMap(this::classes)
                        : Optional.of(List.of());
        return name.flatMap(
                target -> classes.map(list -> new TargetSettings.Classification(target, list)));
    }

    private Optional<List<String>> classes(Node node) {
        if (!(node instanceof Sequence sequence) || sequence.items().size() < 2) {
            problems.add(
                    node.place(),
                    "classes must be a list of two or more names in the order of the labels, such"
                            + " as [photon, pion], but is %s.",
                    node instanceof Sequence sequence
                            ? "a list of " + sequence.items().size()
                            : node.described());
            return Optional.empty();
        }
        return different(sequence, "a class", "a name");
    }
}
