package dev.mettle.core.study;

import dev.mettle.core.document.Mapping;
import dev.mettle.core.document.Node;
import dev.mettle.core.document.Scalar;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reads the limits of gradients: {@code {norm: 1}}, {@code {value: 0.5}}, both, or none. */
final class ClipReader {
    private static final List<String> KEYS = List.of("norm", "value");

    private final Problems problems;

    ClipReader(Problems problems) {
        this.problems = problems;
    }

    /** Returns the keys of {@code clip}. */
    static List<String> keys() {
        return KEYS;
    }

    /** Reads the limits of a section {@code training}. */
    Optional<Clipping> read(Section training, Scope scope) {
        if (!training.has("clip")) {
            return Optional.of(Clipping.NONE);
        }
        return training.value("clip").flatMap(node -> clip(node, training, scope));
    }

    private Optional<Clipping> clip(Node node, Section training, Scope scope) {
        if (node instanceof Scalar scalar && scalar.text().equals("none")) {
            return Optional.of(Clipping.NONE);
        }
        if (!(node instanceof Mapping mapping) || mapping.entries().isEmpty()) {
            problems.add(
                    node.place(),
                    "clip must be none, {norm: 1.0}, {value: 0.5} or both in one mapping, but is"
                            + " %s.",
                    node.described());
            return Optional.empty();
        }
        return Section.open(mapping, "'clip'", training.keyPlace("clip"), KEYS, scope, problems)
                .flatMap(section -> {
                    Optional<OptionalDouble> norm = limit(section, "norm");
                    Optional<OptionalDouble> value = limit(section, "value");
                    return norm.flatMap(n -> value.map(v -> new Clipping(v, n)));
                });
    }

    private static Optional<OptionalDouble> limit(Section section, String key) {
        return section.has(key)
                ? section.number(key, Limits.POSITIVE).map(OptionalDouble::of)
                : Optional.of(OptionalDouble.empty());
    }
}
