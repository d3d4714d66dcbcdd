package dev.mettle.core.study;

import dev.mettle.core.document.Node;
import dev.mettle.core.document.Place;
import dev.mettle.core.document.Scalar;
import dev.mettle.core.document.Sequence;
import dev.mettle.core.network.Layer;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;

/** Reads the layers of deep networks: normalisations, dropout, residual blocks. */
final class BlockReader {
    /** Settings of each of them as a mapping. */
    static final SequencedMap<String, List<String>> KEYS = keys();

    private static final String LAYERS = "layers";
    private static final String SHORTCUT = "shortcut";

    private final LayerReader layers;
    private final Values values;
    private final Problems problems;

    BlockReader(LayerReader layers, Values values, Problems problems) {
        this.layers = layers;
        this.values = values;
        this.problems = problems;
    }

    private static SequencedMap<String, List<String>> keys() {
        SequencedMap<String, List<String>> keys = new LinkedHashMap<>();
        keys.put("batchnorm", List.of("eps", "momentum"));
        keys.put("layernorm", List.of("eps"));
        keys.put("dropout", List.of());
        keys.put("residual", List.of(LAYERS, SHORTCUT));
        return Collections.unmodifiableSequencedMap(keys);
    }

    /** Reads {@code batchnorm}, which may stand alone. */
    Optional<Layer> batchNorm(Node value, Place at, Scope scope) {
        if (isBare(value)) {
            return Optional.of(
                    new Layer.BatchNorm(StudyDefaults.NORM_EPS, StudyDefaults.NORM_MOMENTUM));
        }
        return open(value, "batchnorm", at, scope)
                .flatMap(section -> {
                    Optional<Double> eps =
                            section.number("eps", Limits.POSITIVE, StudyDefaults.NORM_EPS);
                    Optional<Double> momentum =
                            section.number(
                                    "momentum",
                                    Limits.ABOVE_ZERO_TO_ONE,
                                    StudyDefaults.NORM_MOMENTUM);
                    return eps.flatMap(e -> momentum.map(m -> new Layer.BatchNorm(e, m)));
                });
    }

    /** Reads {@code layernorm}, which may stand alone. */
    Optional<Layer> layerNorm(Node value, Place at, Scope scope) {
        return isBare(value)
                ? Optional.of(new Layer.LayerNorm(StudyDefaults.NORM_EPS))
                : open(value, "layernorm", at, scope)
                        .flatMap(section ->
                                section.number("eps", Limits.POSITIVE, StudyDefaults.NORM_EPS))
                        .map(Layer.LayerNorm::new);
    }

    private static boolean isBare(Node value) {
        return value instanceof Scalar scalar && scalar.kind() == Scalar.Kind.NULL;
    }

    /** Reads {@code dropout: 0.5}. */
    Optional<Layer> dropout(Node value) {
        return values.number(value, "dropout", Limits.BELOW_ONE).map(Layer.Dropout::new);
    }

    /** Reads {@code residual: [layers]}, or a mapping with a shortcut. */
    Optional<LayerReader.Placed> residual(Node value, Place at, Scope scope) {
        if (value instanceof Sequence sequence) {
            return body(sequence, scope).map(body -> residual(at, body, List.of()));
        }
        return open(value, "residual", at, scope)
                .flatMap(section -> {
                    Optional<List<LayerReader.Placed>> body =
                            section.required(LAYERS).flatMap(node -> list(node, LAYERS, scope));
                    Optional<List<LayerReader.Placed>> shortcut =
                            section.has(SHORTCUT)
                                    ? section.value(SHORTCUT)
                                            .flatMap(node -> list(node, SHORTCUT, scope))
                                    : Optional.of(List.of());
                    return body.flatMap(b -> shortcut.map(s -> residual(at, b, s)));
                });
    }

    private Optional<List<LayerReader.Placed>> list(Node node, String key, Scope scope) {
        if (node instanceof Sequence sequence) {
            return body(sequence, scope);
        }
        problems.add(
                node.place(),
                "%s of residual must be a list of layers, but is %s. Begin each layer with its own"
                        + " '-'.",
                key,
                node.described());
        return Optional.empty();
    }

    private Optional<List<LayerReader.Placed>> body(Sequence sequence, Scope scope) {
        Optional<List<LayerReader.Placed>> read = layers.several(sequence, scope);
        if (read.isPresent() && read.get().isEmpty()) {
            problems.add(
                    sequence.place(),
                    "a residual block needs a layer; write residual: [dense: 16, activation:"
                            + " relu].");
            return Optional.empty();
        }
        return read;
    }

    private static LayerReader.Placed residual(
            Place at, List<LayerReader.Placed> body, List<LayerReader.Placed> shortcut) {
        return new LayerReader.Placed(
                new Layer.Residual(plain(body), plain(shortcut)),
                at,
                Stream.concat(body.stream(), shortcut.stream()).toList());
    }

    private static List<Layer> plain(List<LayerReader.Placed> placed) {
        return placed.stream().map(LayerReader.Placed::layer).toList();
    }

    private Optional<Section> open(Node value, String layer, Place at, Scope scope) {
        return Section.open(
                value, "'" + layer + "'", at, KEYS.getOrDefault(layer, List.of()), scope, problems);
    }
}
