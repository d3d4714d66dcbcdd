package dev.mettle.core.study;

import dev.mettle.core.data.Task;
import dev.mettle.core.document.Mapping;
import dev.mettle.core.document.Node;
import dev.mettle.core.document.Scalar;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** Reads a training loss: {@code mae}, or {@code {name: huber, delta: 2}}. */
final class LossReader {
    private static final List<String> CLASSIFICATION = List.of("cross_entropy", "bce");

    /** Settings of each loss, beside its name. */
    private static final SequencedMap<String, List<String>> SETTINGS = settings();

    private final Problems problems;
    private final Values values;

    /** Empty when the study does not say it rightly: then a loss of either kind will do. */
    private final Optional<TaskKind> kind;

    private final Optional<Task> task;

    /** Takes the kind of task that losses must be for, and the task, as far as they are known. */
    LossReader(Optional<TaskKind> kind, Optional<Task> task, Problems problems) {
        this.problems = problems;
        this.values = new Values(problems);
        this.kind = kind;
        this.task = task;
    }

    private static SequencedMap<String, List<String>> settings() {
        SequencedMap<String, List<String>> settings = new LinkedHashMap<>();
        settings.put("mse", List.of());
        settings.put("mae", List.of());
        settings.put("huber", List.of("delta"));
        settings.put("log_cosh", List.of());
        settings.put("quantile", List.of("quantile"));
        settings.put("cross_entropy", List.of("label_smoothing"));
        settings.put("bce", List.of());
        return Collections.unmodifiableSequencedMap(settings);
    }

    /** Returns the losses, each with its settings. */
    static SequencedMap<String, List<String>> keysByLoss() {
        return SETTINGS;
    }

    /** Reads the loss of a section {@code training}, or returns the task's default. */
    Optional<Loss> read(Section training, Scope scope) {
        if (!training.has("loss")) {
            return Optional.of(
                    switch (kind.orElse(StudyDefaults.TASK)) {
                        case REGRESSION -> StudyDefaults.REGRESSION_LOSS;
                        case CLASSIFICATION -> StudyDefaults.CLASSIFICATION_LOSS;
                    });
        }
        return training.value("loss")
                .flatMap(node ->
                        node instanceof Mapping mapping
                                ? withSettings(mapping, training, scope)
                                : plain(node))
                .flatMap(loss -> checkClasses(loss, training));
    }

    private Optional<Loss> plain(Node node) {
        return name(node)
                .flatMap(name -> {
                    if (name.equals("quantile")) {
                        problems.add(
                                node.place(),
                                "loss quantile must say which; write loss: {name: quantile,"
                                        + " quantile: 0.9}.");
                        return Optional.empty();
                    }
                    return Optional.of(
                            switch (name) {
                                case "mae" -> new Loss.Mae();
                                case "huber" -> new Loss.Huber(StudyDefaults.HUBER_DELTA);
                                case "log_cosh" -> new Loss.LogCosh();
                                case "cross_entropy" ->
                                        new Loss.CrossEntropy(StudyDefaults.LABEL_SMOOTHING);
                                case "bce" -> new Loss.Bce();
                                default -> new Loss.Mse();
                            });
                });
    }

    private Optional<String> name(Node node) {
        List<String> right =
                SETTINGS.sequencedKeySet().stream()
                        .filter(name -> kind.isEmpty() || isOfTask(name, kind.get()))
                        .toList();
        if (node instanceof Scalar scalar
                && SETTINGS.containsKey(scalar.text())
                && !right.contains(scalar.text())) {
            boolean regression = kind.equals(Optional.of(TaskKind.REGRESSION));
            problems.add(
                    node.place(),
                    "loss %s is for a %s, but this study is a %s; use %s, or write task: %s.",
                    scalar.text(),
                    regression ? "classification" : "regression",
                    regression ? "regression" : "classification",
                    Values.choice(right),
                    regression ? "classification" : "regression");
            return Optional.empty();
        }
        return values.word(node, "loss", Words.of(right));
    }

    /** Tells whether the loss is for that task. */
    static boolean isOfTask(String name, TaskKind kind) {
        return CLASSIFICATION.contains(name) == (kind == TaskKind.CLASSIFICATION);
    }

    private Optional<Loss> withSettings(Mapping mapping, Section training, Scope scope) {
        Optional<Mapping.Entry> entry = mapping.entry("name");
        if (entry.isEmpty()) {
            problems.add(
                    mapping.place(),
                    "'name' is missing in 'loss'; write for example loss: {name: %s}.",
                    kind.orElse(StudyDefaults.TASK) == TaskKind.REGRESSION
                            ? "huber, delta: 1"
                            : "cross_entropy, label_smoothing: 0.1");
            return Optional.empty();
        }
        return scope.resolve(entry.get().value())
                .flatMap(this::name)
                .flatMap(name -> {
                    List<String> keys = new ArrayList<>(List.of("name"));
                    keys.addAll(SETTINGS.getOrDefault(name, List.of()));
                    return Section.open(
                                    mapping,
                                    "'loss'",
                                    training.keyPlace("loss"),
                                    keys,
                                    scope,
                                    problems,
                                    key -> misplaced(key, name))
                            .flatMap(section -> loss(name, section, entry.get().value()));
                });
    }

    /** Says so when a key is another loss's setting. */
    private static Optional<String> misplaced(String key, String name) {
        List<String> own = SETTINGS.getOrDefault(name, List.of());
        return SETTINGS.entrySet().stream()
                .filter(loss -> loss.getValue().contains(key))
                .map(Map.Entry::getKey)
                .findFirst()
                .map(owner ->
                        "'%s' is a setting of %s, not of %s, which has %s."
                                .formatted(
                                        key,
                                        owner,
                                        name,
                                        own.isEmpty() ? "none" : String.join(", ", own)));
    }

    private Optional<Loss> loss(String name, Section section, Node named) {
        return switch (name) {
            case "huber" ->
                    section.number("delta", Limits.POSITIVE, StudyDefaults.HUBER_DELTA)
                            .map(Loss.Huber::new);
            case "quantile" -> section.number("quantile", Limits.INSIDE).map(Loss.Quantile::new);
            case "cross_entropy" ->
                    section.number(
                                    "label_smoothing",
                                    Limits.BELOW_ONE,
                                    StudyDefaults.LABEL_SMOOTHING)
                            .map(Loss.CrossEntropy::new);
            default -> plain(new Scalar(name, Scalar.Kind.STRING, named.place()));
        };
    }

    private Optional<Loss> checkClasses(Loss loss, Section training) {
        if (loss instanceof Loss.Bce
                && task.isPresent()
                && task.get() instanceof Task.Classification(_, var classes)
                && classes.size() != 2) {
            problems.add(
                    training.place("loss"),
                    "loss bce is for two classes, but there are %d; write loss: cross_entropy and"
                            + " end the network with dense: %d.",
                    classes.size(),
                    classes.size());
            return Optional.empty();
        }
        return Optional.of(loss);
    }
}
