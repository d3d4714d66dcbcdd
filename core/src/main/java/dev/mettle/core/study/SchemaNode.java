package dev.mettle.core.study;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/** Builds a JSON Schema (draft 7) as maps, lists, texts and numbers. Immutable. */
final class SchemaNode {
    private final SequencedMap<String, Object> map;

    private SchemaNode(SequencedMap<String, Object> map) {
        this.map = map;
    }

    /** Returns a reference to a definition at the root. */
    static SchemaNode defined(String name) {
        return anything().with("$ref", "#/definitions/" + name);
    }

    /** Adds definitions to a root. */
    SchemaNode with(SequencedMap<String, SchemaNode> definitions) {
        SequencedMap<String, Object> maps = new LinkedHashMap<>();
        definitions.forEach((name, node) -> maps.put(name, node.map));
        return with("definitions", maps);
    }

    /** Returns an empty schema, which allows everything. */
    static SchemaNode anything() {
        return new SchemaNode(new LinkedHashMap<>());
    }

    static SchemaNode type(String type) {
        return anything().with("type", type);
    }

    /** A text as {@link Values#text} takes it: any scalar but null. */
    static SchemaNode text() {
        return anything().with("type", List.of("string", "number", "boolean"));
    }

    static SchemaNode matching(String pattern) {
        return type("string").with("pattern", "^(" + pattern + ")$");
    }

    static SchemaNode whole(long least) {
        return type("integer").with("minimum", least);
    }

    static SchemaNode whole(long least, long most) {
        return whole(least).with("maximum", most);
    }

    static SchemaNode number(Limits limits) {
        SchemaNode number = type("number");
        if (Double.isFinite(limits.low())) {
            number =
                    number.with(
                            limits.lowIncluded() ? "minimum" : "exclusiveMinimum",
                            exact(limits.low()));
        }
        if (Double.isFinite(limits.high())) {
            number =
                    number.with(
                            limits.highIncluded() ? "maximum" : "exclusiveMaximum",
                            exact(limits.high()));
        }
        return number;
    }

    static SchemaNode truth() {
        return type("boolean");
    }

    static SchemaNode word(Collection<String> words) {
        return anything().with("enum", List.copyOf(words));
    }

    static SchemaNode list(SchemaNode item, int least) {
        return type("array").with("items", item.map).with("minItems", least);
    }

    static SchemaNode anyOf(SchemaNode... choices) {
        return anyOf(List.of(choices));
    }

    static SchemaNode anyOf(List<SchemaNode> choices) {
        return anything().with("anyOf", maps(choices));
    }

    /**
     * Returns a mapping with exactly these keys.
     *
     * @param keys the keys that the reader of the section knows
     * @param required those that must be there
     * @param properties a schema for each key
     * @throws IllegalStateException when a key of the reader has no schema, or a schema no key
     */
    static SchemaNode section(
            Collection<String> keys, List<String> required, Map<String, SchemaNode> properties) {
        Set<String> known = new LinkedHashSet<>(keys);
        if (!known.equals(properties.keySet())) {
            throw new IllegalStateException(
                    "the reader knows the keys %s, but the schema describes %s."
                            .formatted(known, properties.keySet()));
        }
        SequencedMap<String, Object> schemas = new LinkedHashMap<>();
        known.forEach(key -> schemas.put(key, properties.getOrDefault(key, anything()).map));
        SchemaNode section = type("object").with("properties", schemas);
        return (required.isEmpty() ? section : section.with("required", required))
                .with("additionalProperties", false);
    }

    /** Returns a mapping of any keys to values of one kind. */
    static SchemaNode mapping(SchemaNode value) {
        return type("object").with("additionalProperties", value.map);
    }

    /** Returns a mapping with one of these keys and nothing else. */
    static SchemaNode one(SequencedMap<String, SchemaNode> choices) {
        return section(choices.sequencedKeySet(), List.of(), choices)
                .with("minProperties", 1)
                .with("maxProperties", 1);
    }

    /** Restricts the keys of a mapping to some, where it has a given word under a key. */
    SchemaNode keysWhere(String key, SequencedMap<String, List<String>> keysByWord) {
        List<Object> rules = new ArrayList<>();
        keysByWord.forEach((word, keys) ->
                rules.add(
                        anything()
                                .with(
                                        "if",
                                        anything()
                                                .with(
                                                        "properties",
                                                        Map.of(key, Map.of("const", word)))
                                                .with("required", List.of(key))
                                                .map)
                                .with("then", Map.of("propertyNames", Map.of("enum", keys)))
                                .map));
        return with("allOf", rules);
    }

    /** Adds what an editor shows beside the key. */
    SchemaNode says(String description) {
        return with("description", description);
    }

    /** Adds what is meant where the key is absent. */
    SchemaNode absent(Object meaning) {
        return with("default", meaning instanceof Double number ? exact(number) : meaning);
    }

    SchemaNode with(String keyword, Object value) {
        SequencedMap<String, Object> more = new LinkedHashMap<>(map);
        more.put(keyword, value);
        return new SchemaNode(more);
    }

    /** Returns the schema as maps, lists, texts and numbers. */
    SequencedMap<String, Object> toMap() {
        return new LinkedHashMap<>(map);
    }

    private static List<Object> maps(List<SchemaNode> nodes) {
        return nodes.stream().<Object>map(node -> node.map).toList();
    }

    private static BigDecimal exact(double number) {
        BigDecimal decimal = BigDecimal.valueOf(number).stripTrailingZeros();
        return decimal.scale() < 0 ? decimal.setScale(0) : decimal;
    }
}
