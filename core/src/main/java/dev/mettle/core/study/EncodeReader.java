package dev.mettle.core.study;

import dev.mettle.core.document.Mapping;
import dev.mettle.core.document.Node;
import dev.mettle.core.document.Scalar;
import dev.mettle.core.document.Sequence;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;

/** Reads {@code encode} of the section {@code data}: columns of the input and their encodings. */
final class EncodeReader {
    static final String ONE_HOT = "one_hot";
    private static final String KEY = "encode";

    private final Problems problems;
    private final Scope scope;

    EncodeReader(Scope scope, Problems problems) {
        this.scope = scope;
        this.problems = problems;
    }

    /**
     * Reads the encodings; none when the section does not have the key.
     *
     * @param input the columns of the input, if they could be read
     */
    Optional<Map<String, Encoding>> read(Section data, Optional<List<String>> input) {
        if (!data.has(KEY)) {
            return Optional.of(Map.of());
        }
        Optional<Node> node = data.value(KEY);
        if (node.isPresent() && !(node.get() instanceof Mapping)) {
            problems.add(
                    node.get().place(),
                    "encode must be a mapping of columns, such as {region: one_hot, stage: [early,"
                            + " late]}, but is %s.",
                    node.get().described());
        }
        if (!(node.orElse(null) instanceof Mapping mapping)) {
            return Optional.empty();
        }
        Map<String, Encoding> encodings = new LinkedHashMap<>();
        for (Mapping.Entry entry : mapping.entries()) {
            String name = entry.key().text();
            if (input.isPresent() && !input.get().contains(name)) {
                problems.add(
                        entry.key().place(),
                        "'%s' is no column of the input (%s)%s",
                        name,
                        String.join(", ", input.get()),
                        Suggestion.ending(name, input.get()));
            } else {
                scope.resolve(entry.value())
                        .flatMap(value -> encoding(name, value))
                        .ifPresent(encoding -> encodings.put(name, encoding));
            }
        }
        return encodings.size() == mapping.entries().size()
                ? Optional.of(encodings)
                : Optional.empty();
    }

    private Optional<Encoding> encoding(String name, Node node) {
        if (node instanceof Scalar scalar && scalar.text().equals(ONE_HOT)) {
            return Optional.of(new Encoding.OneHot());
        }
        SequencedSet<String> order = new LinkedHashSet<>();
        boolean right = node instanceof Sequence;
        if (node instanceof Sequence sequence) {
            for (Node item : sequence.items()) {
                right &=
                        scope.resolve(item).orElse(null) instanceof Scalar value
                                && order.add(value.text().strip());
            }
        }
        if (right && order.size() > 1) {
            return Optional.of(new Encoding.Ordinal(List.copyOf(order)));
        }
        problems.add(
                node.place(),
                "the encoding of '%s' must be one_hot, or its values in their order, two or more,"
                        + " each once, such as [early, late], but is %s.",
                name,
                node instanceof Sequence ? "another list" : node.described());
        return Optional.empty();
    }
}
