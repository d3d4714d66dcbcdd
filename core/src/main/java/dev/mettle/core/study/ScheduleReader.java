package dev.mettle.core.study;

import dev.mettle.core.document.Node;
import dev.mettle.core.document.Scalar;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Reads the schedule of the learning rate, {@code cosine} or {@code {name: step, every: 10}}, and
 * the warm-up before it, {@code 5} or {@code {epochs: 5, start: 0.1}}.
 */
final class ScheduleReader {
    private static final int MOST = Integer.MAX_VALUE;

    /** Settings of each schedule, beside its name. */
    private static final SequencedMap<String, List<String>> SETTINGS = settings();

    private static final List<String> WARMUP = List.of("epochs", "start");

    private final Problems problems;
    private final NamedSettings schedules;

    ScheduleReader(Problems problems) {
        this.problems = problems;
        this.schedules = new NamedSettings("schedule", "name", SETTINGS, "cosine", problems);
    }

    private static SequencedMap<String, List<String>> settings() {
        SequencedMap<String, List<String>> settings = new LinkedHashMap<>();
        settings.put("constant", List.of());
        settings.put("step", List.of("every", "factor"));
        settings.put("exponential", List.of("factor"));
        settings.put("cosine", List.of("min"));
        settings.put(
                "one_cycle",
                List.of(
                        "pct_start",
                        "div_factor",
                        "final_div_factor",
                        "cycle_momentum",
                        "base_momentum",
                        "max_momentum"));
        settings.put(
                "reduce_on_plateau", List.of("factor", "patience", "threshold", "cooldown", "min"));
        return Collections.unmodifiableSequencedMap(settings);
    }

    /** Returns the schedules, each with its settings. */
    static SequencedMap<String, List<String>> keysBySchedule() {
        return SETTINGS;
    }

    /** Returns the keys of {@code warmup}. */
    static List<String> warmupKeys() {
        return WARMUP;
    }

    /** Reads the schedule of a section {@code training}, for its optimiser where that is known. */
    Optional<Schedule> schedule(Section training, Scope scope, Optional<Optimizer> optimizer) {
        if (!training.has("schedule")) {
            return Optional.of(StudyDefaults.SCHEDULE);
        }
        return training.value("schedule")
                .flatMap(node -> schedules.read(node, training.keyPlace("schedule"), scope))
                .flatMap(chosen -> schedule(chosen, optimizer));
    }

    private Optional<Schedule> schedule(
            NamedSettings.Chosen chosen, Optional<Optimizer> optimizer) {
        Section section = chosen.section();
        return switch (chosen.name()) {
            case "step" -> {
                Optional<Integer> every = section.whole("every", 1, MOST);
                Optional<Double> factor = factor(section, Limits.ABOVE_ZERO_TO_ONE);
                yield every.flatMap(e -> factor.map(f -> new Schedule.Step(e, f)));
            }
            case "exponential" ->
                    section.number("factor", Limits.ABOVE_ZERO_TO_ONE)
                            .map(Schedule.Exponential::new);
            case "cosine" -> least(section).map(Schedule.Cosine::new);
            case "one_cycle" -> oneCycle(section, optimizer);
            case "reduce_on_plateau" -> plateau(section);
            default -> Optional.of(new Schedule.Constant());
        };
    }

    private static Optional<Double> factor(Section section, Limits limits) {
        return section.number("factor", limits, StudyDefaults.SCHEDULE_FACTOR);
    }

    private static Optional<Double> least(Section section) {
        return section.number("min", Limits.SHARE, StudyDefaults.LEAST_RATE);
    }

    private static Optional<Schedule> plateau(Section section) {
        Schedule.ReduceOnPlateau absent = StudyDefaults.PLATEAU;
        Optional<Double> factor = factor(section, Limits.INSIDE);
        Optional<Integer> patience = section.whole("patience", 0, MOST, absent.patience());
        Optional<Double> threshold =
                section.number("threshold", Limits.BELOW_ONE, absent.threshold());
        Optional<Integer> cooldown = section.whole("cooldown", 0, MOST, absent.cooldown());
        Optional<Double> min = least(section);
        return factor.isEmpty()
                        || patience.isEmpty()
                        || threshold.isEmpty()
                        || cooldown.isEmpty()
                        || min.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Schedule.ReduceOnPlateau(
                                factor.get(),
                                patience.get(),
                                threshold.get(),
                                cooldown.get(),
                                min.get()));
    }

    private Optional<Schedule> oneCycle(Section section, Optional<Optimizer> optimizer) {
        Schedule.OneCycle absent = StudyDefaults.ONE_CYCLE;
        Optional<Double> rise = section.number("pct_start", Limits.SHARE, absent.pctStart());
        Optional<Double> divisor =
                section.number("div_factor", Limits.ONE_OR_MORE, absent.divFactor());
        Optional<Double> lastDivisor =
                section.number("final_div_factor", Limits.ONE_OR_MORE, absent.finalDivFactor());
        Optional<Optional<Schedule.Momentum>> momentum = momentum(section, optimizer);
        return rise.isEmpty() || divisor.isEmpty() || lastDivisor.isEmpty() || momentum.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Schedule.OneCycle(
                                rise.get(), divisor.get(), lastDivisor.get(), momentum.get()));
    }

    /** Reads what momentum does; {@code Optional.of(Optional.empty())} is: nothing. */
    private Optional<Optional<Schedule.Momentum>> momentum(
            Section section, Optional<Optimizer> optimizer) {
        Schedule.Momentum absent = StudyDefaults.ONE_CYCLE.momentum().orElseThrow();
        Optional<Boolean> cycles = section.truth("cycle_momentum", true);
        Optional<Double> base = section.number("base_momentum", Limits.BELOW_ONE, absent.base());
        Optional<Double> max = section.number("max_momentum", Limits.BELOW_ONE, absent.max());
        if (cycles.isEmpty() || base.isEmpty() || max.isEmpty()) {
            return Optional.empty();
        }
        if (!cycles.get()) {
            return none(section);
        }
        if (optimizer.isPresent() && optimizer.get() instanceof Optimizer.Adagrad) {
            problems.add(
                    section.place(),
                    "one_cycle moves the optimiser's momentum, but adagrad has none; write"
                            + " schedule: {name: one_cycle, cycle_momentum: false}.");
            return Optional.empty();
        }
        if (base.get() > max.get()) {
            problems.add(
                    section.place(section.has("base_momentum") ? "base_momentum" : "max_momentum"),
                    "base_momentum (%s) must be at most max_momentum (%s).",
                    base.get(),
                    max.get());
            return Optional.empty();
        }
        return Optional.of(Optional.of(new Schedule.Momentum(base.get(), max.get())));
    }

    private Optional<Optional<Schedule.Momentum>> none(Section section) {
        for (String key : List.of("base_momentum", "max_momentum")) {
            if (section.has(key)) {
                problems.add(
                        section.keyPlace(key),
                        "%s has no effect with cycle_momentum: false; take one of them out.",
                        key);
                return Optional.empty();
            }
        }
        return Optional.of(Optional.empty());
    }

    /** Reads the warm-up of a section {@code training}, which has that many epochs if known. */
    Optional<Warmup> warmup(Section training, Scope scope, Optional<Integer> epochs) {
        if (!training.has("warmup")) {
            return Optional.of(Warmup.NONE);
        }
        return training.value("warmup")
                .flatMap(node ->
                        node instanceof Scalar
                                ? training.whole("warmup", 0, MOST)
                                        .map(count -> warmup(count, StudyDefaults.WARMUP_START))
                                : withStart(node, training, scope))
                .flatMap(warmup -> shorter(warmup, training, epochs));
    }

    private Optional<Warmup> withStart(Node node, Section training, Scope scope) {
        return Section.open(node, "'warmup'", training.keyPlace("warmup"), WARMUP, scope, problems)
                .flatMap(section -> {
                    Optional<Integer> count = section.whole("epochs", 0, MOST);
                    Optional<Double> start =
                            section.number(
                                    "start", Limits.ABOVE_ZERO_TO_ONE, StudyDefaults.WARMUP_START);
                    return count.flatMap(c -> start.map(s -> warmup(c, s)));
                });
    }

    /** Without epochs it is the same whatever the start. */
    private static Warmup warmup(int epochs, double start) {
        return epochs == 0 ? Warmup.NONE : new Warmup(epochs, start);
    }

    private Optional<Warmup> shorter(Warmup warmup, Section training, Optional<Integer> epochs) {
        if (epochs.isPresent() && warmup.epochs() >= epochs.get()) {
            problems.add(
                    training.place("warmup"),
                    "warmup (%d epochs) must be shorter than the training (%d); at most %d.",
                    warmup.epochs(),
                    epochs.get(),
                    epochs.get() - 1);
            return Optional.empty();
        }
        return Optional.of(warmup);
    }
}
