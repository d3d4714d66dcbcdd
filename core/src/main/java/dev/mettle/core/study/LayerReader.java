package dev.mettle.core.study;

import dev.mettle.core.document.Mapping;
import dev.mettle.core.document.Node;
import dev.mettle.core.document.Place;
import dev.mettle.core.document.Scalar;
import dev.mettle.core.document.Sequence;
import dev.mettle.core.network.Activation;
import dev.mettle.core.network.Layer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** Reads one item of {@code network}. */
final class LayerReader {
    /**
     * A layer with the place of the item it was read from.
     *
     * @param layer what was read
     * @param place where
     */
    record Placed(Layer layer, Place place) {}

    /** Settings of each layer that may be given as a mapping. */
    private static final SequencedMap<String, List<String>> LAYERS = layers();

    /**
     * More than any network of this size class has, and little enough that weight counts fit into
     * 64 bits.
     */
    static final int MOST_UNITS = 100_000;

    static final int LARGEST_WINDOW = 1_000;
    private static final String FEATURES = "features";

    private final Problems problems;
    private final Values values;
    private final EmbeddingReader embeddings;

    LayerReader(EmbeddingReader embeddings, Problems problems) {
        this.embeddings = embeddings;
        this.problems = problems;
        this.values = new Values(problems);
    }

    private static SequencedMap<String, List<String>> layers() {
        SequencedMap<String, List<String>> layers = new LinkedHashMap<>();
        layers.put("conv2d", List.of("channels", "kernel", "padding", "stride"));
        layers.put("activation", List.of());
        layers.put("maxpool", List.of("size", "stride"));
        layers.put("flatten", List.of());
        layers.put("dense", List.of("units"));
        layers.put("concat", List.of(FEATURES));
        layers.put("embedding", EmbeddingReader.KEYS);
        return Collections.unmodifiableSequencedMap(layers);
    }

    /** Returns the layers, each with the keys that it takes as a mapping. */
    static SequencedMap<String, List<String>> keysByLayer() {
        return LAYERS;
    }

    /**
     * Reads an item as written.
     *
     * @return one layer; none for {@code concat: {features: false}}; several when the item refers
     *     to a named list of layers; empty when it is wrong, which has been reported
     */
    Optional<List<Placed>> read(Node item, Scope scope) {
        return scope.resolve(item)
                .flatMap(node ->
                        switch (node) {
                            case Sequence sequence when node != item -> several(sequence, scope);
                            case Scalar scalar when scalar.kind() == Scalar.Kind.STRING ->
                                    layer(
                                            scalar,
                                            new Scalar("", Scalar.Kind.NULL, scalar.place()),
                                            scope);
                            case Mapping mapping when mapping.entries().size() == 1 -> {
                                Mapping.Entry entry = mapping.entries().getFirst();
                                yield scope.resolve(entry.value())
                                        .flatMap(value -> layer(entry.key(), value, scope));
                            }
                            default -> {
                                problems.add(
                                        node.place(),
                                        "a layer must be one name with its settings, such as dense:"
                                                + " 16, but is %s.%s",
                                        node.described(),
                                        node instanceof Mapping
                                                ? " Begin each layer with its own '-'."
                                                : "");
                                yield Optional.empty();
                            }
                        });
    }

    private Optional<List<Placed>> several(Sequence sequence, Scope scope) {
        List<Placed> layers = new ArrayList<>();
        boolean right = true;
        for (Node item : sequence.items()) {
            Optional<List<Placed>> read = read(item, scope);
            right &= read.isPresent();
            read.ifPresent(layers::addAll);
        }
        return right ? Optional.of(layers) : Optional.empty();
    }

    private Optional<List<Placed>> layer(Scalar name, Node value, Scope scope) {
        return switch (name.text()) {
            case "conv2d" -> convolution(value, name.place(), scope).map(layer -> one(name, layer));
            case "activation" -> activation(name, value).map(layer -> one(name, layer));
            case "maxpool" -> pool(value, name.place(), scope).map(layer -> one(name, layer));
            case "flatten" -> flatten(value).map(layer -> one(name, layer));
            case "dense" -> dense(value, name.place(), scope).map(layer -> one(name, layer));
            case "concat" ->
                    concat(value, name.place(), scope)
                            .map(on -> on ? one(name, new Layer.ConcatFeatures()) : List.of());
            case "embedding" ->
                    open(value, "embedding", name.place(), scope)
                            .flatMap(embeddings::read)
                            .map(layer -> one(name, layer));
            default -> unknown(name);
        };
    }

    private static List<Placed> one(Scalar name, Layer layer) {
        return List.of(new Placed(layer, name.place()));
    }

    private Optional<List<Placed>> unknown(Scalar name) {
        boolean activation = Words.ACTIVATIONS.containsKey(name.text());
        problems.add(
                name.place(),
                "'%s' is not a layer%s Layers: %s.",
                name.text(),
                activation
                        ? "; write activation: " + name.text() + "."
                        : Suggestion.ending(name.text(), LAYERS.sequencedKeySet()),
                String.join(", ", LAYERS.sequencedKeySet()));
        return Optional.empty();
    }

    private Optional<Layer> convolution(Node value, Place at, Scope scope) {
        return open(value, "conv2d", at, scope)
                .flatMap(section -> {
                    Optional<Integer> channels = section.whole("channels", 1, MOST_UNITS);
                    Optional<Integer> kernel = section.whole("kernel", 1, LARGEST_WINDOW);
                    Optional<Integer> stride =
                            section.whole("stride", 1, LARGEST_WINDOW, StudyDefaults.STRIDE);
                    Optional<Layer.Padding> padding =
                            section.word("padding", Words.PADDINGS, StudyDefaults.PADDING);
                    if (channels.isEmpty()
                            || kernel.isEmpty()
                            || stride.isEmpty()
                            || padding.isEmpty()) {
                        return Optional.empty();
                    }
                    if (padding.get() == Layer.Padding.SAME && stride.get() != 1) {
                        problems.add(
                                section.place("stride"),
                                "stride (%d) must be 1 with padding: same, as in PyTorch; use"
                                        + " padding: valid.",
                                stride.get());
                        return Optional.empty();
                    }
                    return Optional.of(
                            new Layer.Conv2d(
                                    channels.get(), kernel.get(), stride.get(), padding.get()));
                });
    }

    private Optional<Layer> activation(Scalar name, Node value) {
        Optional<Activation> function = values.word(value, name.text(), Words.ACTIVATIONS);
        return function.map(Layer.Activate::new);
    }

    private Optional<Layer> pool(Node value, Place at, Scope scope) {
        if (value instanceof Scalar) {
            return values.whole(value, "maxpool", 1, LARGEST_WINDOW)
                    .map(size -> new Layer.MaxPool(size, size));
        }
        return open(value, "maxpool", at, scope)
                .flatMap(section -> {
                    Optional<Integer> size = section.whole("size", 1, LARGEST_WINDOW);
                    Optional<Integer> stride =
                            section.has("stride")
                                    ? section.whole("stride", 1, LARGEST_WINDOW)
                                    : size;
                    return size.flatMap(s -> stride.map(t -> new Layer.MaxPool(s, t)));
                });
    }

    private Optional<Layer> flatten(Node value) {
        if (value instanceof Scalar scalar && scalar.kind() == Scalar.Kind.NULL) {
            return Optional.of(new Layer.Flatten());
        }
        problems.add(value.place(), "flatten has no settings, but is given %s.", value.described());
        return Optional.empty();
    }

    private Optional<Layer> dense(Node value, Place at, Scope scope) {
        return value instanceof Scalar
                ? values.whole(value, "dense", 1, MOST_UNITS).map(Layer.Dense::new)
                : open(value, "dense", at, scope)
                        .flatMap(section -> section.whole("units", 1, MOST_UNITS))
                        .map(Layer.Dense::new);
    }

    private Optional<Boolean> concat(Node value, Place at, Scope scope) {
        if (value instanceof Mapping) {
            return open(value, "concat", at, scope)
                    .flatMap(section -> section.required(FEATURES))
                    .flatMap(node -> values.truth(node, FEATURES));
        }
        if (value instanceof Scalar scalar && scalar.text().equals(FEATURES)) {
            return Optional.of(true);
        }
        problems.add(
                value.place(),
                "concat must be features, or {features: true} or false, but is %s.",
                value.described());
        return Optional.empty();
    }

    private Optional<Section> open(Node value, String layer, Place at, Scope scope) {
        List<String> keys = LAYERS.getOrDefault(layer, List.of());
        return Section.open(value, "'" + layer + "'", at, keys, scope, problems);
    }
}
