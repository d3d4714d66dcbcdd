package dev.mettle.core.study;

import dev.mettle.core.document.Mapping;
import dev.mettle.core.document.Node;
import dev.mettle.core.document.Scalar;
import dev.mettle.core.document.Sequence;

import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The dimensions of a study and which of them a part of the study refers to. */
final class Space {
    /**
     * A dimension.
     *
     * @param name with its place
     * @param values that it lists; empty for a range, and when they were found wrong
     * @param range what its values are drawn from, if they are not listed
     */
    record Dimension(Scalar name, List<Value> values, Optional<Range> range) {
        Dimension {
            values = List.copyOf(values);
        }

        /** A dimension without values, because they were found wrong. */
        static Dimension wrong(Scalar name) {
            return new Dimension(name, List.of(), Optional.empty());
        }

        boolean isWrong() {
            return values.isEmpty() && range.isEmpty();
        }

        /** Returns the value at a position of an {@link Assignment}. */
        Value value(int position) {
            return range.map(drawn -> drawn.value(position)).orElseGet(() -> values.get(position));
        }

        /** Returns the position of the value with this label, or {@link Assignment#ABSENT}. */
        int position(String label) {
            if (range.isPresent()) {
                return range.get().position(label);
            }
            for (int v = 0; v < values.size(); v++) {
                if (values.get(v).label().equals(label)) {
                    return v;
                }
            }
            return Assignment.ABSENT;
        }

        /** Returns a coordinate in [0, 1] that gives the value at a position. */
        double coordinate(int position) {
            return range.map(drawn -> drawn.coordinate(position))
                    .orElseGet(() -> (position + 0.5) / values.size());
        }
    }

    /**
     * A value of a dimension.
     *
     * @param label the value as written, or the name of a named value
     * @param node what a reference stands for
     */
    record Value(String label, Node node) {}

    private final List<Dimension> dimensions;
    private final Map<String, Integer> positions = new LinkedHashMap<>();
    private final BitSet selectors = new BitSet();
    private final Set<String> meant = new HashSet<>();

    Space(List<Dimension> dimensions) {
        this.dimensions = List.copyOf(dimensions);
        for (int d = 0; d < dimensions.size(); d++) {
            positions.put(dimensions.get(d).name().text(), d);
        }
        for (int d = 0; d < dimensions.size(); d++) {
            if (dimensions.get(d).values().stream()
                    .anyMatch(value -> !references(value.node()).isEmpty())) {
                selectors.set(d);
            }
        }
    }

    /** Notes that a reference without a dimension was probably meant for this one. */
    void meant(String name) {
        meant.add(name);
    }

    /** Tells whether a wrong reference was probably meant for this dimension. */
    boolean isMeant(String name) {
        return meant.contains(name);
    }

    List<Dimension> dimensions() {
        return dimensions;
    }

    Set<String> names() {
        return positions.keySet();
    }

    /** Returns the position of a dimension, or -1. */
    int position(String name) {
        return positions.getOrDefault(name, -1);
    }

    /** Tells whether a value of the dimension refers to other dimensions. */
    boolean selects(int dimension) {
        return selectors.get(dimension);
    }

    /** Tells whether a dimension is a range. */
    boolean hasRanges() {
        return dimensions.stream().anyMatch(dimension -> dimension.range().isPresent());
    }

    /**
     * Returns the positions of the dimensions that a candidate uses.
     *
     * @param roots of the dimensions that the study itself refers to
     * @param chosen of every dimension the position of its value, or {@link Assignment#ABSENT} as
     *     long as it is open
     */
    BitSet reached(BitSet roots, int[] chosen) {
        BitSet reached = (BitSet) roots.clone();
        BitSet followed = new BitSet();
        while (followed.cardinality() < reached.cardinality()) {
            for (int d = reached.nextSetBit(0); d >= 0; d = reached.nextSetBit(d + 1)) {
                if (!followed.get(d)) {
                    followed.set(d);
                    if (chosen[d] != Assignment.ABSENT && selects(d)) {
                        reached.or(references(dimensions.get(d).value(chosen[d]).node()));
                    }
                }
            }
        }
        return reached;
    }

    /** Returns the positions of the dimensions that nodes themselves refer to. */
    BitSet references(List<Node> nodes) {
        BitSet found = new BitSet();
        nodes.forEach(node -> found.or(references(node)));
        return found;
    }

    /** Returns the positions of the dimensions that a node itself refers to. */
    BitSet references(Node node) {
        BitSet found = new BitSet();
        forEachReference(
                node,
                reference -> {
                    int position = position(Scope.referred(reference));
                    if (position >= 0) {
                        found.set(position);
                    }
                });
        return found;
    }

    /** Returns the positions of the dimensions that a node may depend on, through any value. */
    BitSet closure(Node node) {
        return closure(List.of(node));
    }

    /** Returns the positions of the dimensions that nodes may depend on, through any value. */
    BitSet closure(List<Node> nodes) {
        BitSet closure = references(nodes);
        BitSet seen = new BitSet();
        while (seen.cardinality() < closure.cardinality()) {
            for (int d = closure.nextSetBit(0); d >= 0; d = closure.nextSetBit(d + 1)) {
                if (!seen.get(d)) {
                    seen.set(d);
                    dimensions
                            .get(d)
                            .values()
                            .forEach(value -> closure.or(references(value.node())));
                }
            }
        }
        return closure;
    }

    /** Calls the consumer for every {@code $name} in a node. */
    static void forEachReference(Node node, Consumer<Scalar> consumer) {
        switch (node) {
            case Scalar scalar when Scope.isReference(scalar) -> consumer.accept(scalar);
            case Scalar _ -> {}
            case Sequence sequence ->
                    sequence.items().forEach(item -> forEachReference(item, consumer));
            case Mapping mapping ->
                    mapping.entries().forEach(entry -> forEachReference(entry.value(), consumer));
        }
    }
}
