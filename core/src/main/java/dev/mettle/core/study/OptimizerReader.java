package dev.mettle.core.study;

import dev.mettle.core.document.Mapping;
import dev.mettle.core.document.Node;
import dev.mettle.core.document.Place;
import dev.mettle.core.document.Scalar;
import dev.mettle.core.document.Sequence;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** Reads an optimiser: {@code {name: sgd, lr: 0.01, momentum: 0.9}}. */
final class OptimizerReader {
    /** Settings of each optimiser, beside its name. */
    private static final SequencedMap<String, List<String>> OPTIMIZERS = optimizers();

    private final Problems problems;
    private final Values values;

    OptimizerReader(Problems problems) {
        this.problems = problems;
        this.values = new Values(problems);
    }

    private static SequencedMap<String, List<String>> optimizers() {
        SequencedMap<String, List<String>> optimizers = new LinkedHashMap<>();
        optimizers.put("sgd", List.of("lr", "momentum", "nesterov", "weight_decay"));
        optimizers.put("rmsprop", List.of("lr", "alpha", "eps", "momentum", "weight_decay"));
        optimizers.put(
                "adagrad",
                List.of("lr", "lr_decay", "initial_accumulator_value", "eps", "weight_decay"));
        optimizers.put("adam", List.of("lr", "betas", "eps", "weight_decay"));
        optimizers.put("adamw", List.of("lr", "betas", "eps", "weight_decay"));
        optimizers.put("lion", List.of("lr", "betas", "weight_decay"));
        return Collections.unmodifiableSequencedMap(optimizers);
    }

    /** Returns the optimisers, each with its settings. */
    static SequencedMap<String, List<String>> keysByOptimizer() {
        return OPTIMIZERS;
    }

    /** Reads the optimiser of a section {@code training}. */
    Optional<Optimizer> read(Section training, Scope scope) {
        return training.required("optimizer")
                .flatMap(node -> optimizer(node, training.keyPlace("optimizer"), scope));
    }

    private Optional<Optimizer> optimizer(Node node, Place at, Scope scope) {
        if (node instanceof Scalar scalar && OPTIMIZERS.containsKey(scalar.text())) {
            problems.add(
                    node.place(),
                    "'optimizer' must be a mapping with name and lr; write optimizer: {name: %s,"
                            + " lr: 0.001}.",
                    scalar.text());
            return Optional.empty();
        }
        if (!(node instanceof Mapping mapping)) {
            problems.add(
                    node.place(),
                    "'optimizer' must be a mapping such as {name: adam, lr: 0.001}, but is %s.",
                    node.described());
            return Optional.empty();
        }
        return optimizerName(mapping, scope).flatMap(name -> optimizer(name, mapping, at, scope));
    }

    private Optional<String> optimizerName(Mapping mapping, Scope scope) {
        Optional<Mapping.Entry> entry = mapping.entry("name");
        return entry.isEmpty()
                ? Optional.of(StudyDefaults.OPTIMIZER)
                : scope.resolve(entry.get().value())
                        .flatMap(node ->
                                values.word(
                                        node,
                                        "name",
                                        Words.of(List.copyOf(OPTIMIZERS.sequencedKeySet()))));
    }

    private Optional<Optimizer> optimizer(String name, Mapping mapping, Place at, Scope scope) {
        List<String> keys = new ArrayList<>(List.of("name"));
        keys.addAll(OPTIMIZERS.getOrDefault(name, List.of()));
        return Section.open(
                        mapping,
                        "'optimizer'",
                        at,
                        keys,
                        scope,
                        problems,
                        key -> misplaced(key, name))
                .flatMap(section ->
                        switch (name) {
                            case "sgd" -> sgd(section);
                            case "rmsprop" -> rmsprop(section);
                            case "adagrad" -> adagrad(section);
                            case "lion" -> lion(section);
                            default -> adam(section, name.equals("adamw"));
                        });
    }

    /** Says so when a key is another optimiser's setting. */
    private static Optional<String> misplaced(String key, String name) {
        List<String> owners =
                OPTIMIZERS.entrySet().stream()
                        .filter(optimizer -> optimizer.getValue().contains(key))
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
                                        String.join(
                                                ", ", OPTIMIZERS.getOrDefault(name, List.of()))));
    }

    private Optional<Optimizer> sgd(Section section) {
        Optional<Double> lr = section.number("lr", Limits.POSITIVE);
        Optional<Double> momentum =
                section.number("momentum", Limits.BELOW_ONE, StudyDefaults.MOMENTUM);
        Optional<Boolean> nesterov = section.truth("nesterov", StudyDefaults.NESTEROV);
        Optional<Double> decay = decay(section, StudyDefaults.WEIGHT_DECAY);
        if (lr.isEmpty() || momentum.isEmpty() || nesterov.isEmpty() || decay.isEmpty()) {
            return Optional.empty();
        }
        if (nesterov.get() && momentum.get() == 0) {
            problems.add(
                    section.place("nesterov"),
                    "nesterov needs a momentum above 0, such as momentum: 0.9.");
            return Optional.empty();
        }
        return Optional.of(
                new Optimizer.Sgd(lr.get(), momentum.get(), nesterov.get(), decay.get()));
    }

    private Optional<Optimizer> rmsprop(Section section) {
        Optional<Double> lr = section.number("lr", Limits.POSITIVE);
        Optional<Double> alpha = section.number("alpha", Limits.BELOW_ONE, StudyDefaults.ALPHA);
        Optional<Double> eps = section.number("eps", Limits.POSITIVE, StudyDefaults.EPS);
        Optional<Double> momentum =
                section.number("momentum", Limits.BELOW_ONE, StudyDefaults.MOMENTUM);
        Optional<Double> decay = decay(section, StudyDefaults.WEIGHT_DECAY);
        return lr.isEmpty()
                        || alpha.isEmpty()
                        || eps.isEmpty()
                        || momentum.isEmpty()
                        || decay.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Optimizer.RmsProp(
                                lr.get(), alpha.get(), eps.get(), momentum.get(), decay.get()));
    }

    private static Optional<Optimizer> adagrad(Section section) {
        Optional<Double> lr = section.number("lr", Limits.POSITIVE);
        Optional<Double> rateDecay =
                section.number("lr_decay", Limits.NOT_NEGATIVE, StudyDefaults.LR_DECAY);
        Optional<Double> accumulator =
                section.number(
                        "initial_accumulator_value",
                        Limits.NOT_NEGATIVE,
                        StudyDefaults.INITIAL_ACCUMULATOR);
        Optional<Double> eps = section.number("eps", Limits.POSITIVE, StudyDefaults.ADAGRAD_EPS);
        Optional<Double> decay = decay(section, StudyDefaults.WEIGHT_DECAY);
        return lr.isEmpty()
                        || rateDecay.isEmpty()
                        || accumulator.isEmpty()
                        || eps.isEmpty()
                        || decay.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Optimizer.Adagrad(
                                lr.get(),
                                rateDecay.get(),
                                accumulator.get(),
                                eps.get(),
                                decay.get()));
    }

    private Optional<Optimizer> lion(Section section) {
        Optional<Double> lr = section.number("lr", Limits.POSITIVE);
        Optional<List<Double>> betas = betas(section, StudyDefaults.LION_BETA_2);
        Optional<Double> decay = decay(section, StudyDefaults.WEIGHT_DECAY);
        return lr.isEmpty() || betas.isEmpty() || decay.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Optimizer.Lion(
                                lr.get(),
                                betas.get().getFirst(),
                                betas.get().getLast(),
                                decay.get()));
    }

    private Optional<Optimizer> adam(Section section, boolean decoupled) {
        Optional<Double> lr = section.number("lr", Limits.POSITIVE);
        Optional<List<Double>> betas = betas(section, StudyDefaults.BETA_2);
        Optional<Double> eps = section.number("eps", Limits.POSITIVE, StudyDefaults.EPS);
        Optional<Double> decay =
                decay(
                        section,
                        decoupled ? StudyDefaults.ADAMW_WEIGHT_DECAY : StudyDefaults.WEIGHT_DECAY);
        if (lr.isEmpty() || betas.isEmpty() || eps.isEmpty() || decay.isEmpty()) {
            return Optional.empty();
        }
        double first = betas.get().getFirst();
        double second = betas.get().getLast();
        return Optional.of(
                decoupled
                        ? new Optimizer.AdamW(lr.get(), first, second, eps.get(), decay.get())
                        : new Optimizer.Adam(lr.get(), first, second, eps.get(), decay.get()));
    }

    private static Optional<Double> decay(Section section, double absent) {
        return section.number("weight_decay", Limits.NOT_NEGATIVE, absent);
    }

    private Optional<List<Double>> betas(Section section, double secondWhenAbsent) {
        if (!section.has("betas")) {
            return Optional.of(List.of(StudyDefaults.BETA_1, secondWhenAbsent));
        }
        return section.value("betas")
                .flatMap(node -> {
                    if (!(node instanceof Sequence sequence) || sequence.items().size() != 2) {
                        problems.add(
                                node.place(),
                                "betas must be a list of two numbers, such as [0.9, 0.999], but is"
                                        + " %s.",
                                node.described());
                        return Optional.empty();
                    }
                    Optional<Double> first = beta(section, sequence.items().getFirst());
                    Optional<Double> second = beta(section, sequence.items().getLast());
                    return first.flatMap(a -> second.map(b -> List.of(a, b)));
                });
    }

    private Optional<Double> beta(Section section, Node node) {
        return section.resolve(node)
                .flatMap(value -> values.number(value, "a beta", Limits.BELOW_ONE));
    }
}
