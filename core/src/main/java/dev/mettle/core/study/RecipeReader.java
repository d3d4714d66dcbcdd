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

/** Reads the section {@code training} for one candidate. */
final class RecipeReader {
    private static final List<String> KEYS =
            List.of("loss", "optimizer", "init", "batch", "epochs", "stability", "augment");

    /** Settings of each optimiser, beside its name. */
    private static final SequencedMap<String, List<String>> OPTIMIZERS = optimizers();

    private static final List<String> STABILITY = List.of("threshold", "window");
    private static final int MOST = Integer.MAX_VALUE;

    private final Problems problems;
    private final Values values;
    private final LossReader losses;
    private final AugmentationReader augmentations;

    RecipeReader(LossReader losses, AugmentationReader augmentations, Problems problems) {
        this.losses = losses;
        this.augmentations = augmentations;
        this.problems = problems;
        this.values = new Values(problems);
    }

    private static SequencedMap<String, List<String>> optimizers() {
        SequencedMap<String, List<String>> optimizers = new LinkedHashMap<>();
        optimizers.put("sgd", List.of("lr", "momentum", "nesterov", "weight_decay"));
        optimizers.put("rmsprop", List.of("lr", "alpha", "eps", "momentum", "weight_decay"));
        optimizers.put("adam", List.of("lr", "betas", "eps", "weight_decay"));
        optimizers.put("adamw", List.of("lr", "betas", "eps", "weight_decay"));
        return Collections.unmodifiableSequencedMap(optimizers);
    }

    /** Returns the optimisers, each with its settings. */
    static SequencedMap<String, List<String>> optimizerKeys() {
        return OPTIMIZERS;
    }

    /** Returns the keys of {@code stability}. */
    static List<String> stabilityKeys() {
        return STABILITY;
    }

    /** Returns the keys of the section. */
    static List<String> keys() {
        return KEYS;
    }

    /** Reads the section from the entry that holds it. */
    Optional<Recipe> read(Mapping.Entry entry, Scope scope) {
        return scope.resolve(entry.value())
                .flatMap(node ->
                        Section.open(
                                node, "'training'", entry.key().place(), KEYS, scope, problems))
                .flatMap(section -> recipe(section, scope));
    }

    private Optional<Recipe> recipe(Section section, Scope scope) {
        Optional<Loss> loss = losses.read(section, scope);
        Optional<Optimizer> optimizer =
                section.required("optimizer")
                        .flatMap(node -> optimizer(node, section.keyPlace("optimizer"), scope));
        Optional<Initialisation> init =
                section.word("init", Words.INITIALISATIONS, StudyDefaults.INIT);
        Optional<Integer> batch = section.whole("batch", 1, MOST, StudyDefaults.BATCH);
        Optional<Integer> epochs = section.whole("epochs", 1, MOST);
        Optional<StabilityStop> stability = stability(section, scope);
        Optional<Augmentation> augmentation = augmentations.read(section, scope);
        if (loss.isEmpty()
                || optimizer.isEmpty()
                || init.isEmpty()
                || batch.isEmpty()
                || epochs.isEmpty()
                || stability.isEmpty()
                || augmentation.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Recipe(
                        loss.get(),
                        optimizer.get(),
                        init.get(),
                        batch.get(),
                        epochs.get(),
                        stability.get(),
                        augmentation.get()));
    }

    private Optional<StabilityStop> stability(Section training, Scope scope) {
        if (training.has("stability") && training.value("stability").isEmpty()) {
            return Optional.empty();
        }
        Optional<Node> value = training.value("stability");
        if (value.isEmpty()) {
            return Optional.of(
                    new StabilityStop.On(
                            StudyDefaults.STABILITY_THRESHOLD, StudyDefaults.STABILITY_WINDOW));
        }
        if (value.get() instanceof Scalar scalar && scalar.text().equals("none")) {
            return Optional.of(new StabilityStop.Off());
        }
        if (!(value.get() instanceof Mapping mapping)) {
            problems.add(
                    value.get().place(),
                    "stability must be none or {threshold: 0.10, window: 30}, but is %s.",
                    value.get().described());
            return Optional.empty();
        }
        return Section.open(
                        mapping,
                        "'stability'",
                        training.keyPlace("stability"),
                        STABILITY,
                        scope,
                        problems)
                .flatMap(section -> {
                    Optional<Double> threshold =
                            section.number(
                                    "threshold",
                                    Limits.POSITIVE,
                                    StudyDefaults.STABILITY_THRESHOLD);
                    Optional<Integer> window =
                            section.whole("window", 1, MOST, StudyDefaults.STABILITY_WINDOW);
                    return threshold.flatMap(t -> window.map(w -> new StabilityStop.On(t, w)));
                });
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
                                        String.join(" and ", owners),
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

    private Optional<Optimizer> adam(Section section, boolean decoupled) {
        Optional<Double> lr = section.number("lr", Limits.POSITIVE);
        Optional<List<Double>> betas = betas(section);
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

    private Optional<List<Double>> betas(Section section) {
        if (!section.has("betas")) {
            return Optional.of(List.of(StudyDefaults.BETA_1, StudyDefaults.BETA_2));
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
