package dev.mettle.core.study;

import dev.mettle.core.document.Mapping;
import dev.mettle.core.document.Node;
import dev.mettle.core.document.Scalar;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Reads initial weights: {@code orthogonal}, or {@code {weights: orthogonal, gain: 1.4, bias:
 * zeros}}.
 */
final class InitReader {
    private static final String WEIGHTS = "weights";

    /** Settings of each method, beside its name. */
    private static final SequencedMap<String, List<String>> SETTINGS = settings();

    private final Problems problems;
    private final NamedSettings methods;

    InitReader(Problems problems) {
        this.problems = problems;
        this.methods = new NamedSettings("init", WEIGHTS, SETTINGS, "orthogonal", problems);
    }

    private static SequencedMap<String, List<String>> settings() {
        SequencedMap<String, List<String>> settings = new LinkedHashMap<>();
        Words.INITIALISATIONS.forEach((name, method) -> {
            List<String> keys = new ArrayList<>();
            gainKey(method).ifPresent(keys::add);
            keys.add("bias");
            settings.put(name, Collections.unmodifiableList(keys));
        });
        return Collections.unmodifiableSequencedMap(settings);
    }

    private static Optional<String> gainKey(Initialisation method) {
        return switch (method) {
            case TRUNCATED_NORMAL -> Optional.of("std");
            case PYTORCH -> Optional.empty();
            case KAIMING_UNIFORM,
                    KAIMING_NORMAL,
                    XAVIER_UNIFORM,
                    XAVIER_NORMAL,
                    LECUN_UNIFORM,
                    LECUN_NORMAL,
                    ORTHOGONAL ->
                    Optional.of("gain");
        };
    }

    /** Returns the methods, each with its settings. */
    static SequencedMap<String, List<String>> keysByMethod() {
        return SETTINGS;
    }

    /** Reads the initial weights of a section {@code training}. */
    Optional<InitialWeights> read(Section training, Scope scope) {
        if (!training.has("init")) {
            return Optional.of(InitialWeights.of(StudyDefaults.INIT));
        }
        return training.value("init")
                .map(InitReader::withMethod)
                .flatMap(node -> methods.read(node, training.keyPlace("init"), scope))
                .flatMap(this::weights);
    }

    /** Adds the default to a mapping that names no method. */
    private static Node withMethod(Node node) {
        if (!(node instanceof Mapping mapping) || mapping.entry(WEIGHTS).isPresent()) {
            return node;
        }
        List<Mapping.Entry> entries = new ArrayList<>(mapping.entries());
        entries.add(
                new Mapping.Entry(
                        new Scalar(WEIGHTS, Scalar.Kind.STRING, mapping.place()),
                        new Scalar(
                                Words.of(StudyDefaults.INIT),
                                Scalar.Kind.STRING,
                                mapping.place())));
        return new Mapping(entries, mapping.place());
    }

    private Optional<InitialWeights> weights(NamedSettings.Chosen chosen) {
        Initialisation method =
                Words.INITIALISATIONS.getOrDefault(chosen.name(), StudyDefaults.INIT);
        Section section = chosen.section();
        Optional<Double> gain =
                gainKey(method)
                        .map(key -> section.number(key, Limits.POSITIVE, method.gain()))
                        .orElse(Optional.of(method.gain()));
        Optional<InitialWeights.Biases> biases =
                section.has("bias")
                        ? section.value("bias").flatMap(this::biases)
                        : Optional.of(InitialWeights.biases(method));
        return gain.flatMap(g -> biases.map(b -> new InitialWeights(method, g, b)));
    }

    private Optional<InitialWeights.Biases> biases(Node node) {
        if (node instanceof Scalar scalar && scalar.text().equals("zeros")) {
            return Optional.of(new InitialWeights.Biases.Constant(0));
        }
        if (node instanceof Scalar scalar && scalar.text().equals("pytorch")) {
            return Optional.of(new InitialWeights.Biases.PyTorch());
        }
        if (node instanceof Scalar scalar
                && scalar.number().isPresent()
                && Limits.FINITE.contain(scalar.number().get())) {
            return Optional.of(
                    new InitialWeights.Biases.Constant(scalar.number().get().doubleValue() + 0.0));
        }
        problems.add(
                node.place(),
                "bias must be zeros, a number or pytorch, but is %s.",
                node.described());
        return Optional.empty();
    }
}
