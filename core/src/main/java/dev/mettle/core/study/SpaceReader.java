package dev.mettle.core.study;

import dev.mettle.core.document.Mapping;
import dev.mettle.core.document.Node;
import dev.mettle.core.document.Scalar;
import dev.mettle.core.document.Sequence;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads the section {@code space}: dimensions as lists of plain values, as ranges, or as mappings
 * of named values, which may be anything and refer to other dimensions. A dimension found wrong
 * stays in the space without values, so that references to it are not reported as well.
 */
final class SpaceReader {
    static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");

    private final Problems problems;
    private final RangeReader ranges;

    SpaceReader(Problems problems) {
        this.problems = problems;
        this.ranges = new RangeReader(problems);
    }

    /**
     * Reads the space and checks every reference.
     *
     * @param section the section with its key, if the study has one
     * @param roots the parts of the study that may refer to dimensions
     */
    Space read(Optional<Mapping.Entry> section, List<Node> roots) {
        List<Space.Dimension> dimensions = new ArrayList<>();
        section.map(Mapping.Entry::value)
                .ifPresent(node -> {
                    if (node instanceof Mapping mapping && !mapping.entries().isEmpty()) {
                        mapping.entries().forEach(entry -> dimensions.add(dimension(entry)));
                    } else {
                        problems.add(
                                node.place(),
                                "'space' must be a mapping of dimensions, such as lr: [0.001,"
                                        + " 0.01], but is %s.",
                                node.described());
                    }
                });
        Space space = withoutCycles(new Space(withoutRepetition(dimensions)));
        boolean readable =
                section.isEmpty()
                        || section.get().value() instanceof Mapping mapping
                                && !mapping.entries().isEmpty();
        if (readable) { // else every reference would be a second mistake
            roots.forEach(root -> checkReferences(root, space, section.isPresent()));
        }
        dimensions.forEach(dimension ->
                dimension.values().forEach(value -> checkReferences(value.node(), space, true)));
        return space;
    }

    /**
     * Keeps the first of equal names; the repetition itself is reported with all duplicate keys.
     */
    private static List<Space.Dimension> withoutRepetition(List<Space.Dimension> dimensions) {
        Map<String, Space.Dimension> byName = new HashMap<>();
        dimensions.forEach(dimension -> byName.putIfAbsent(dimension.name().text(), dimension));
        return dimensions.stream()
                .filter(dimension -> byName.get(dimension.name().text()) == dimension)
                .toList();
    }

    private Space.Dimension dimension(Mapping.Entry entry) {
        Scalar name = entry.key();
        if (!NAME.matcher(name.text()).matches()) {
            problems.add(
                    name.place(),
                    "'%s' cannot name a dimension; use letters, digits, '_', '-' and '.', beginning"
                            + " with a letter.",
                    name.text());
        }
        return switch (entry.value()) {
            case Sequence sequence -> listed(name, plainValues(name, sequence));
            case Mapping mapping when RangeReader.isMeant(mapping) ->
                    new Space.Dimension(name, List.of(), ranges.read(name, mapping));
            case Mapping mapping -> listed(name, namedValues(name, mapping));
            case Scalar scalar -> {
                reportScalar(name, scalar);
                yield Space.Dimension.wrong(name);
            }
        };
    }

    private static Space.Dimension listed(Scalar name, List<Space.Value> values) {
        return new Space.Dimension(name, values, Optional.empty());
    }

    private void reportScalar(Scalar name, Scalar scalar) {
        String example = scalar.kind() == Scalar.Kind.NULL ? "value, value" : scalar.text();
        problems.add(
                scalar.place(),
                "dimension '%s' must be a list of values, but is %s. Write %s: [%s].",
                name.text(),
                scalar.described(),
                name.text(),
                example);
    }

    private List<Space.Value> plainValues(Scalar name, Sequence sequence) {
        if (sequence.items().isEmpty()) {
            reportEmpty(name, sequence);
        }
        List<Space.Value> values = new ArrayList<>();
        Map<Object, Scalar> seen = new HashMap<>();
        for (Node item : sequence.items()) {
            plainValue(name, item)
                    .ifPresent(value -> {
                        Scalar first = seen.putIfAbsent(identity(value), value);
                        if (first == null) {
                            values.add(new Space.Value(value.text(), value));
                        } else {
                            reportRepetition(name, value, first);
                        }
                    });
        }
        return values;
    }

    private Optional<Scalar> plainValue(Scalar name, Node item) {
        if (!(item instanceof Scalar scalar)) {
            problems.add(
                    item.place(),
                    "a value of dimension '%s' is %s; give it a name instead: %s: {some_name: ...,"
                            + " other_name: ...}.",
                    name.text(),
                    item.described(),
                    name.text());
            return Optional.empty();
        }
        if (scalar.kind() == Scalar.Kind.NULL || Scope.isReference(scalar)) {
            problems.add(
                    scalar.place(),
                    "a value of dimension '%s' must be a word, a number or true or false, but is"
                            + " %s.",
                    name.text(),
                    scalar.described());
            return Optional.empty();
        }
        return Optional.of(scalar);
    }

    /** Returns what makes two values the same: the number (1 and 1.0), or kind and text. */
    private static Object identity(Scalar scalar) {
        return switch (scalar.kind()) {
            case BOOLEAN -> scalar.isTrue();
            case NUMBER ->
                    scalar.number()
                            .<Object>map(BigDecimal::stripTrailingZeros)
                            .orElse(scalar.text());
            case STRING, NULL -> scalar.text();
        };
    }

    private List<Space.Value> namedValues(Scalar name, Mapping mapping) {
        if (mapping.entries().isEmpty()) {
            reportEmpty(name, mapping);
        }
        List<Space.Value> values = new ArrayList<>();
        for (Mapping.Entry entry : mapping.entries()) {
            if (NAME.matcher(entry.key().text()).matches()) {
                values.add(new Space.Value(entry.key().text(), entry.value()));
            } else {
                problems.add(
                        entry.key().place(),
                        "'%s' cannot name a value; use letters, digits, '_', '-' and '.', beginning"
                                + " with a letter.",
                        entry.key().text());
            }
        }
        return values;
    }

    private void reportEmpty(Scalar name, Node values) {
        problems.add(
                values.place(),
                "dimension '%s' has no values; give it at least one or take it out.",
                name.text());
    }

    private void reportRepetition(Scalar name, Scalar value, Scalar first) {
        problems.add(
                value.place(),
                "dimension '%s' has the value %s twice: it is also at %s.",
                name.text(),
                value.text(),
                first.place());
    }

    /** Takes the values away from dimensions that refer to themselves, and reports them. */
    private Space withoutCycles(Space space) {
        List<Space.Dimension> kept = new ArrayList<>();
        for (int d = 0; d < space.dimensions().size(); d++) {
            Space.Dimension dimension = space.dimensions().get(d);
            BitSet reached = new BitSet();
            dimension.values().forEach(value -> reached.or(space.closure(value.node())));
            if (reached.get(d)) {
                problems.add(
                        dimension.name().place(),
                        "dimension '%s' refers to itself.",
                        dimension.name().text());
                kept.add(Space.Dimension.wrong(dimension.name()));
            } else {
                kept.add(dimension);
            }
        }
        return new Space(kept);
    }

    private void checkReferences(Node root, Space space, boolean hasSpace) {
        Space.forEachReference(
                root,
                reference -> {
                    String name = Scope.referred(reference);
                    if (space.position(name) >= 0) {
                        return;
                    }
                    Suggestion.of(name, space.names()).ifPresent(space::meant);
                    if (hasSpace) {
                        problems.add(
                                reference.place(),
                                "$%s has no dimension in the space%s Dimensions: %s.",
                                name,
                                Suggestion.ending(name, space.names()),
                                space.names().isEmpty()
                                        ? "none"
                                        : String.join(", ", space.names()));
                    } else {
                        problems.add(
                                reference.place(),
                                "$%s refers to a dimension, but the study has no section 'space'."
                                        + " Add space: {%s: [...]}.",
                                name,
                                name);
                    }
                });
    }
}
