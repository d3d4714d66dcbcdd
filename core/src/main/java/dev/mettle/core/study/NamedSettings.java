package dev.mettle.core.study;

import dev.mettle.core.document.Mapping;
import dev.mettle.core.document.Node;
import dev.mettle.core.document.Place;
import dev.mettle.core.document.Scalar;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * A setting with one of some names, each of which has settings of its own: {@code cosine}, which is
 * the same as {@code {name: cosine}}, or {@code {name: cosine, min: 0.01}}.
 */
final class NamedSettings {
    private final String title;
    private final String nameKey;
    private final SequencedMap<String, List<String>> keysByName;
    private final String example;
    private final Problems problems;

    /**
     * The name that was chosen and its settings.
     *
     * @param name one of those allowed
     * @param section the whole mapping, the name included
     */
    record Chosen(String name, Section section) {}

    /**
     * Takes what may be written.
     *
     * @param title key of the setting
     * @param nameKey key of the name in a mapping
     * @param keysByName the names, each with the keys of its settings
     * @param example of the name, for messages
     */
    NamedSettings(
            String title,
            String nameKey,
            SequencedMap<String, List<String>> keysByName,
            String example,
            Problems problems) {
        this.title = title;
        this.nameKey = nameKey;
        this.keysByName = keysByName;
        this.example = example;
        this.problems = problems;
    }

    /**
     * Reads the name and opens its settings.
     *
     * @param node the setting, resolved
     * @param at where missing keys are reported
     */
    Optional<Chosen> read(Node node, Place at, Scope scope) {
        if (node instanceof Scalar word) {
            Scalar key = new Scalar(nameKey, Scalar.Kind.STRING, word.place());
            Mapping named = new Mapping(List.of(new Mapping.Entry(key, word)), word.place());
            return chosen(named, word, title, word.place(), scope);
        }
        if (!(node instanceof Mapping mapping)) {
            problems.add(
                    node.place(),
                    "%s must be %s, or a mapping such as {%s: %s}, but is %s.",
                    title,
                    Values.choice(keysByName.sequencedKeySet()),
                    nameKey,
                    example,
                    node.described());
            return Optional.empty();
        }
        Optional<Mapping.Entry> entry = mapping.entry(nameKey);
        if (entry.isEmpty()) {
            problems.add(
                    mapping.place(),
                    "'%s' is missing in '%s'; write for example %s: {%s: %s}.",
                    nameKey,
                    title,
                    title,
                    nameKey,
                    example);
            return Optional.empty();
        }
        return scope.resolve(entry.get().value())
                .flatMap(name ->
                        chosen(mapping, name, "%s of %s".formatted(nameKey, title), at, scope));
    }

    private Optional<Chosen> chosen(
            Mapping mapping, Node written, String described, Place at, Scope scope) {
        return new Values(problems)
                .word(written, described, Words.of(List.copyOf(keysByName.sequencedKeySet())))
                .flatMap(name ->
                        Section.open(
                                        mapping,
                                        "'%s'".formatted(title),
                                        at,
                                        keys(name),
                                        scope,
                                        problems,
                                        key -> misplaced(key, name))
                                .map(section -> new Chosen(name, section)));
    }

    private List<String> keys(String name) {
        List<String> keys = new ArrayList<>(List.of(nameKey));
        keys.addAll(own(name));
        return keys;
    }

    private List<String> own(String name) {
        return keysByName.getOrDefault(name, List.of());
    }

    /** Says so when a key is another name's setting. */
    private Optional<String> misplaced(String key, String name) {
        List<String> owners =
                keysByName.entrySet().stream()
                        .filter(other -> other.getValue().contains(key))
                        .map(Map.Entry::getKey)
                        .toList();
        return owners.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "'%s' is a setting of %s, not of %s, which has %s."
                                .formatted(
                                        key,
                                        Values.all(owners),
                                        name,
                                        own(name).isEmpty()
                                                ? "none"
                                                : String.join(", ", own(name))));
    }
}
