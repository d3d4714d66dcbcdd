package dev.mettle.core.study;

import dev.mettle.core.document.Mapping;
import dev.mettle.core.document.Node;
import dev.mettle.core.document.Place;
import dev.mettle.core.document.Scalar;
import dev.mettle.core.document.Sequence;
import dev.mettle.core.network.Activation;
import dev.mettle.core.network.Axes;
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
     * @param inside of a residual block its layers, and behind them those of its shortcut
     */
    record Placed(Layer layer, Place place, List<Placed> inside) {
        Placed(Layer layer, Place place) {
            this(layer, place, List.of());
        }

        /** Returns the layer at the end of a path, as shape errors give it. */
        static Placed at(List<Integer> path, List<Placed> layers) {
            Placed found = layers.get(path.getFirst());
            return path.size() == 1 ? found : at(path.subList(1, path.size()), found.inside());
        }
    }

    /** Settings of each layer that may be given as a mapping. */
    private static final SequencedMap<String, List<String>> LAYERS = layers();

    /**
     * More than any network of this size class has, and little enough that weight counts fit into
     * 64 bits.
     */
    static final int MOST_UNITS = 100_000;

    private static final String FEATURES = "features";

    private final Problems problems;
    private final Values values;
    private final BlockReader blocks;
    private final WindowReader images;
    private final WindowReader sequences;
    private final EmbeddingReader embeddings;

    LayerReader(EmbeddingReader embeddings, Problems problems) {
        this.embeddings = embeddings;
        this.problems = problems;
        this.values = new Values(problems);
        this.blocks = new BlockReader(this, values, problems);
        this.images = new WindowReader(Axes.IMAGE, problems);
        this.sequences = new WindowReader(Axes.SEQUENCE, problems);
    }

    private static SequencedMap<String, List<String>> layers() {
        SequencedMap<String, List<String>> layers = new LinkedHashMap<>();
        layers.put("conv2d", WindowReader.CONVOLUTION);
        layers.put("conv1d", WindowReader.CONVOLUTION);
        layers.put("activation", List.of());
        layers.put("maxpool", WindowReader.POOL);
        layers.put("maxpool1d", WindowReader.POOL);
        layers.put("avgpool", WindowReader.POOL);
        layers.put("avgpool1d", WindowReader.POOL);
        layers.put("global_maxpool", List.of());
        layers.put("global_avgpool", List.of());
        layers.put("flatten", List.of());
        layers.put("dense", List.of("units"));
        layers.put("concat", List.of(FEATURES));
        layers.put("embedding", EmbeddingReader.KEYS);
        layers.putAll(BlockReader.KEYS);
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

    /** Reads a list of layers. */
    Optional<List<Placed>> several(Sequence sequence, Scope scope) {
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
        if (!LAYERS.containsKey(name.text())) {
            return unknown(name);
        }
        return switch (name.text()) {
            case "concat" ->
                    concat(value, name.place(), scope)
                            .map(on -> on ? one(name, new Layer.ConcatFeatures()) : List.of());
            case "residual" -> blocks.residual(value, name.place(), scope).map(List::of);
            default -> single(name, value, scope).map(layer -> one(name, layer));
        };
    }

    private Optional<Layer> single(Scalar name, Node value, Scope scope) {
        String word = name.text();
        Place at = name.place();
        return switch (word) {
            case "conv2d" -> open(value, word, at, scope).flatMap(images::convolution);
            case "conv1d" -> open(value, word, at, scope).flatMap(sequences::convolution);
            case "activation" -> activation(name, value);
            case "maxpool" -> images.pool(value, word, at, scope).map(Layer.MaxPool::new);
            case "maxpool1d" -> sequences.pool(value, word, at, scope).map(Layer.MaxPool::new);
            case "avgpool" -> images.pool(value, word, at, scope).map(Layer.AveragePool::new);
            case "avgpool1d" -> sequences.pool(value, word, at, scope).map(Layer.AveragePool::new);
            case "global_maxpool" -> plain(name, value, new Layer.GlobalPool(true));
            case "global_avgpool" -> plain(name, value, new Layer.GlobalPool(false));
            case "flatten" -> plain(name, value, new Layer.Flatten());
            case "dense" -> dense(value, at, scope);
            case "embedding" -> open(value, word, at, scope).flatMap(embeddings::read);
            case "batchnorm" -> blocks.batchNorm(value, at, scope);
            case "layernorm" -> blocks.layerNorm(value, at, scope);
            case "dropout" -> blocks.dropout(value);
            default -> throw new IllegalStateException("no reader of the layer " + word);
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

    private Optional<Layer> activation(Scalar name, Node value) {
        Optional<Activation> function = values.word(value, name.text(), Words.ACTIVATIONS);
        return function.map(Layer.Activate::new);
    }

    private Optional<Layer> plain(Scalar name, Node value, Layer layer) {
        if (value instanceof Scalar scalar && scalar.kind() == Scalar.Kind.NULL) {
            return Optional.of(layer);
        }
        problems.add(
                value.place(),
                "%s has no settings, but is given %s.",
                name.text(),
                value.described());
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
