package dev.mettle.core.study;

import dev.mettle.core.document.Mapping;
import dev.mettle.core.document.Node;
import dev.mettle.core.document.Place;
import dev.mettle.core.document.Sequence;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The settings of one mapping of a study. Every reader of a value returns empty when the value is
 * missing though required or wrong, and has then reported it; a setting that is absent gives its
 * default where there is one.
 */
final class Section {
    /** What to write for a setting that must be there. */
    private static final Map<String, String> EXAMPLES =
            Map.ofEntries(
                    Map.entry("study", "study: my-study"),
                    Map.entry(
                            "data",
                            "data: {file: showers.npz, input: cells, target: energy, validation:"
                                    + " 1000, test: 2000}"),
                    Map.entry("file", "file: showers.npz"),
                    Map.entry("events", "events: 60000"),
                    Map.entry("input", "input: cells"),
                    Map.entry("target", "target: energy"),
                    Map.entry("validation", "validation: 1000"),
                    Map.entry("test", "test: 2000"),
                    Map.entry("sample", "sample: 2000"),
                    Map.entry(
                            "model",
                            "model: {network: [flatten, dense: 16, activation: relu, dense: 1]}"),
                    Map.entry(
                            "network", "network: [flatten, dense: 16, activation: relu, dense: 1]"),
                    Map.entry(
                            "training",
                            "training: {optimizer: {name: adam, lr: 0.001}, epochs: 20}"),
                    Map.entry("optimizer", "optimizer: {name: adam, lr: 0.001}"),
                    Map.entry("lr", "lr: 0.001"),
                    Map.entry("epochs", "epochs: 20"),
                    Map.entry("channels", "channels: 8"),
                    Map.entry("kernel", "kernel: 3"),
                    Map.entry("size", "size: 2"),
                    Map.entry("units", "units: 16"),
                    Map.entry("quantile", "quantile: 0.9"),
                    Map.entry("every", "every: 10"),
                    Map.entry("factor", "factor: 0.95"),
                    Map.entry("count", "count: 64"),
                    Map.entry("features", "features: true"),
                    Map.entry("column", "column: region"),
                    Map.entry("dim", "dim: 4"));

    private final Mapping mapping;
    private final String title;
    private final Place at;
    private final Scope scope;
    private final Problems problems;

    /** Keys that an unknown key was taken for: their absence is no second mistake. */
    private final Set<String> meant;

    private final Values values;

    private Section(
            Mapping mapping,
            String title,
            Place at,
            Scope scope,
            Problems problems,
            Set<String> meant) {
        this.mapping = mapping;
        this.title = title;
        this.at = at;
        this.scope = scope;
        this.problems = problems;
        this.meant = meant;
        this.values = new Values(problems);
    }

    /**
     * Opens a mapping and reports unknown keys.
     *
     * @param node what should be the mapping, resolved
     * @param title what messages call it, such as {@code 'data'}
     * @param at where missing keys are reported
     * @param keys the allowed keys
     * @param scope what references stand for in it
     */
    static Optional<Section> open(
            Node node, String title, Place at, List<String> keys, Scope scope, Problems problems) {
        return open(node, title, at, keys, scope, problems, _ -> Optional.empty());
    }

    /** As above; {@code misplaced} knows better what to say of some unknown keys. */
    static Optional<Section> open(
            Node node,
            String title,
            Place at,
            List<String> keys,
            Scope scope,
            Problems problems,
            Function<String, Optional<String>> misplaced) {
        if (!(node instanceof Mapping mapping)) {
            problems.add(
                    node.place(),
                    "%s must be a mapping with the keys %s, but is %s.",
                    title,
                    String.join(", ", keys),
                    node.described());
            return Optional.empty();
        }
        Set<String> meant = new HashSet<>();
        for (Mapping.Entry entry : mapping.entries()) {
            String key = entry.key().text();
            if (!keys.contains(key)) {
                Optional<String> known = misplaced.apply(key);
                if (known.isEmpty()) {
                    Suggestion.of(key, keys).ifPresent(meant::add);
                }
                String message =
                        known.orElseGet(() ->
                                "unknown key '%s' in %s%s Allowed: %s."
                                        .formatted(
                                                key,
                                                title,
                                                Suggestion.ending(key, keys),
                                                String.join(", ", keys)));
                problems.add(entry.key().place(), "%s", message);
            }
        }
        return Optional.of(new Section(mapping, title, at, scope, problems, meant));
    }

    boolean has(String key) {
        return mapping.entry(key).isPresent();
    }

    /** Tells whether an unknown key was probably meant for this one. */
    boolean isMeant(String key) {
        return meant.contains(key);
    }

    /** Returns where the section is said to be. */
    Place place() {
        return at;
    }

    /** Returns where the value of a key begins, or the section when it is absent. */
    Place place(String key) {
        return mapping.entry(key).map(entry -> entry.value().place()).orElse(at);
    }

    /**
     * Returns where the value of a key begins, or, for {@code key.name}, the value of a name within
     * it: an entry of a mapping, or of the mappings of a list.
     */
    Place placeWithin(String path) {
        int dot = path.indexOf('.');
        if (dot < 0) {
            return place(path);
        }
        String name = path.substring(dot + 1);
        List<Node> nodes =
                value(path.substring(0, dot))
                        .map(node -> node instanceof Sequence list ? list.items() : List.of(node))
                        .orElse(List.of());
        return nodes.stream()
                .flatMap(node ->
                        node instanceof Mapping inner ? inner.entry(name).stream() : Stream.empty())
                .findFirst()
                .map(entry -> entry.value().place())
                .orElseGet(() -> place(path.substring(0, dot)));
    }

    /** Returns where a key begins, or the section when it is absent. */
    Place keyPlace(String key) {
        return entry(key).map(entry -> entry.key().place()).orElse(at);
    }

    /** Returns what a node within the section stands for. */
    Optional<Node> resolve(Node node) {
        return scope.resolve(node);
    }

    /** Returns a key with its value as written, references unresolved. */
    Optional<Mapping.Entry> entry(String key) {
        return mapping.entry(key);
    }

    /** Returns a key with its value as written; its absence is reported. */
    Optional<Mapping.Entry> requiredEntry(String key) {
        Optional<Mapping.Entry> entry = mapping.entry(key);
        if (entry.isEmpty() && !meant.contains(key)) {
            String example = EXAMPLES.get(key);
            String hint = example == null ? "" : " Write for example '%s'.".formatted(example);
            problems.add(at, "'%s' is missing in %s.%s", key, title, hint);
        }
        return entry;
    }

    /** Returns the resolved value of a key that may be absent. */
    Optional<Node> value(String key) {
        return mapping.entry(key).flatMap(entry -> scope.resolve(entry.value()));
    }

    /** Returns the resolved value of a key that must be there. */
    Optional<Node> required(String key) {
        return requiredEntry(key).flatMap(entry -> scope.resolve(entry.value()));
    }

    Optional<Integer> whole(String key, int least, int most) {
        return required(key).flatMap(node -> values.whole(node, key, least, most));
    }

    Optional<Integer> whole(String key, int least, int most, int absent) {
        return has(key) ? whole(key, least, most) : Optional.of(absent);
    }

    /** As {@link #whole(String, int, int, int)}, of cells on a side with one in the middle. */
    Optional<Integer> odd(String key, int least, int most, int absent) {
        Optional<Integer> number = whole(key, least, most, absent);
        if (number.isPresent() && number.get() % 2 == 0) {
            problems.add(
                    place(key),
                    "%s (%d) must be odd, so that it has a cell in its centre; write %d or %d.",
                    key,
                    number.get(),
                    number.get() - 1,
                    number.get() + 1);
            return Optional.empty();
        }
        return number;
    }

    Optional<Long> wide(String key, long least, long absent) {
        return has(key)
                ? value(key).flatMap(node -> values.wide(node, key, least, Long.MAX_VALUE))
                : Optional.of(absent);
    }

    Optional<Double> number(String key, Limits limits) {
        return required(key).flatMap(node -> values.number(node, key, limits));
    }

    Optional<Double> number(String key, Limits limits, double absent) {
        return has(key) ? number(key, limits) : Optional.of(absent);
    }

    Optional<Boolean> truth(String key, boolean absent) {
        return has(key) ? value(key).flatMap(node -> values.truth(node, key)) : Optional.of(absent);
    }

    <T> Optional<T> word(String key, SequencedMap<String, T> words, T absent) {
        return has(key)
                ? value(key).flatMap(node -> values.word(node, key, words))
                : Optional.of(absent);
    }

    /** Reads a text that must be there; {@code what} is what it should be, for messages. */
    Optional<String> text(String key, String what) {
        return required(key).flatMap(node -> values.text(node, key, what));
    }
}
