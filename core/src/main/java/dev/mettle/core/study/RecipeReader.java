package dev.mettle.core.study;

import dev.mettle.core.document.Mapping;
import dev.mettle.core.document.Node;
import dev.mettle.core.document.Scalar;

import java.util.List;
import java.util.Optional;

/** Reads the section {@code training} for one candidate. */
final class RecipeReader {
    private static final List<String> KEYS =
            List.of(
                    "loss",
                    "optimizer",
                    "init",
                    "batch",
                    "epochs",
                    "stability",
                    "clip",
                    "schedule",
                    "warmup",
                    "restore_best",
                    "augment");

    private static final List<String> STABILITY = List.of("threshold", "window");
    private static final int MOST = Integer.MAX_VALUE;

    private final Problems problems;
    private final LossReader losses;
    private final OptimizerReader optimizers;
    private final InitReader inits;
    private final ScheduleReader schedules;
    private final ClipReader clips;
    private final RestoreBestReader restoreBests;
    private final AugmentationReader augmentations;

    RecipeReader(LossReader losses, AugmentationReader augmentations, Problems problems) {
        this.losses = losses;
        this.augmentations = augmentations;
        this.problems = problems;
        this.optimizers = new OptimizerReader(problems);
        this.inits = new InitReader(problems);
        this.schedules = new ScheduleReader(problems);
        this.clips = new ClipReader(problems);
        this.restoreBests = new RestoreBestReader(problems);
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
        Optional<Optimizer> optimizer = optimizers.read(section, scope);
        Optional<InitialWeights> init = inits.read(section, scope);
        Optional<Integer> batch = section.whole("batch", 1, MOST, StudyDefaults.BATCH);
        Optional<Integer> epochs = section.whole("epochs", 1, MOST);
        Optional<StabilityStop> stability = stability(section, scope);
        Optional<Clipping> clip = clips.read(section, scope);
        Optional<Schedule> schedule = schedules.schedule(section, scope, optimizer);
        Optional<Warmup> warmup = schedules.warmup(section, scope, epochs);
        Optional<Optional<RestoreBest>> restoreBest = restoreBests.read(section, scope);
        Optional<Augmentation> augmentation = augmentations.read(section, scope);
        if (loss.isEmpty()
                || optimizer.isEmpty()
                || init.isEmpty()
                || batch.isEmpty()
                || epochs.isEmpty()
                || stability.isEmpty()
                || clip.isEmpty()
                || schedule.isEmpty()
                || warmup.isEmpty()
                || restoreBest.isEmpty()
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
                        clip.get(),
                        schedule.get(),
                        warmup.get(),
                        restoreBest.get(),
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
}
