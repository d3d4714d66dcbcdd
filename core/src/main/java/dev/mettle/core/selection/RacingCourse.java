package dev.mettle.core.selection;

import dev.mettle.core.selection.RacingSchedule.Look;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** One way through the looks, and again, as far as the losses are known. */
final class RacingCourse {
    /** How often candidates may be let in again. */
    private static final int AGAIN = 2;

    private final RacingRule rule;
    private final Field field;
    private final RacingSchedule schedule;
    private final RacingStatistic statistic;
    private final LossTable table;
    private final List<Set<String>> kept = new ArrayList<>();

    /** For each value of per and each look: who is at or below it is let in again. */
    private final Map<String, double[]> thresholds = new HashMap<>();

    /** For each value of per and each look: the best of those left out. */
    private final Map<String, double[]> bars = new HashMap<>();

    private List<Standing> finalists = List.of();
    private OptionalDouble error = OptionalDouble.empty();
    private int checks;
    private int equals;

    RacingCourse(RacingRule rule, LossTable table) {
        this.rule = rule;
        this.field = rule.field();
        this.schedule = rule.schedule();
        this.statistic = rule.statistic();
        field.require(table);
        this.table = table;
    }

    Selection run() {
        while (true) {
            Optional<Selection.Next.Train> missing = pass();
            if (missing.isPresent()) {
                return new Selection(List.of(), missing.get());
            }
            checks++;
            boolean sure = examine();
            if (sure || checks > AGAIN) {
                return Field.done(eliminations(), finalists, Optional.of(check()));
            }
        }
    }

    private RaceCheck check() {
        return new RaceCheck(error, checks, equals, finalists.size());
    }

    /** Goes through the looks once; returns what has to be trained before it can go on. */
    private Optional<Selection.Next.Train> pass() {
        boolean first = kept.isEmpty();
        bars.clear();
        List<String> alive = field.candidates();
        for (int k = 0; k < schedule.looks().size(); k++) {
            Look look = schedule.looks().get(k);
            Optional<Selection.Next.Train> missing = missing(alive, look);
            if (missing.isPresent()) {
                return missing;
            }
            List<Standing> standings = standings(alive, look);
            Set<String> stay =
                    first
                            ? Places.keep(
                                    standings,
                                    _ -> false,
                                    Math.min(standings.size(), schedule.places().get(k)),
                                    rule.values())
                            : letIn(standings, k);
            if (first) {
                kept.add(stay);
            } else {
                kept.set(k, stay);
            }
            raiseBars(standings, stay, k);
            alive = alive.stream().filter(stay::contains).toList();
        }
        Optional<Selection.Next.Train> missing = missingAtTheEnd(alive);
        if (missing.isEmpty()) {
            finalists = last(field.standings(table, alive, field.instances()));
        }
        return missing;
    }

    private Optional<Selection.Next.Train> missing(List<String> alive, Look look) {
        List<Cell> unknown =
                look.preview()
                        ? field.unknownPreviews(table, alive, look.instances())
                        : field.unknown(table, alive, 0, look.instances());
        return train(unknown, look.raced(), alive);
    }

    /**
     * Returns what finalists lack: their instances, and as many previews, in which the check looks
     * for the luck of the first one.
     */
    private Optional<Selection.Next.Train> missingAtTheEnd(List<String> alive) {
        List<Cell> unknown = field.unknown(table, alive, 0, field.instances());
        if (rule.previews()) {
            unknown.addAll(field.unknownPreviews(table, alive, field.instances()));
        }
        return train(unknown, field.instances(), alive);
    }

    private Optional<Selection.Next.Train> train(
            List<Cell> unknown, int iteration, List<String> alive) {
        return unknown.isEmpty()
                ? Optional.empty()
                : Optional.of(new Selection.Next.Train(unknown, iteration, alive.size()));
    }

    /** With a single instance there are no looks, and the best of all are the finalists. */
    private List<Standing> last(List<Standing> standings) {
        int places = rule.placesWithoutLooks();
        if (!schedule.looks().isEmpty() || standings.size() <= places) {
            return standings;
        }
        Set<String> stay = Places.keep(standings, _ -> false, places, rule.values());
        return standings.stream().filter(s -> stay.contains(s.candidate())).toList();
    }

    private List<Standing> standings(List<String> alive, Look look) {
        return field.standings(
                look.preview() ? table.previews() : table, alive, look.instances(), statistic::of);
    }

    /** Adds to those kept at a look the best at or below the threshold, while there is room. */
    private Set<String> letIn(List<Standing> standings, int look) {
        Set<String> stay = new HashSet<>(kept.get(look));
        for (Standing standing : standings) {
            if (stay.size() >= schedule.most().get(look)) {
                break;
            }
            double[] limits = thresholds.get(standing.group());
            if (limits != null && !standing.hasFailed() && standing.criterion() <= limits[look]) {
                stay.add(standing.candidate());
            }
        }
        return stay;
    }

    private void raiseBars(List<Standing> standings, Set<String> stay, int look) {
        for (Standing standing : standings.reversed()) { // the best one is the last to write
            if (!stay.contains(standing.candidate()) && !standing.hasFailed()) {
                bars(standing.group())[look] = standing.criterion();
            }
        }
    }

    private double[] bars(String group) {
        return bars.computeIfAbsent(
                group,
                _ -> {
                    double[] none = new double[schedule.looks().size()];
                    Arrays.fill(none, Double.POSITIVE_INFINITY);
                    return none;
                });
    }

    /** Computes the error; tells whether it is small enough. */
    private boolean examine() {
        Map<String, List<Standing>> byGroup = new HashMap<>();
        finalists.forEach(finalist ->
                byGroup.computeIfAbsent(finalist.group(), _ -> new ArrayList<>()).add(finalist));
        double largest = 0;
        boolean unknown = false;
        equals = 0;
        for (Map.Entry<String, List<Standing>> group : byGroup.entrySet()) {
            Optional<Reordering> found = examine(group.getKey(), group.getValue());
            unknown |= found.isEmpty();
            largest = Math.max(largest, found.map(Reordering::error).orElse(0.0));
            equals = Math.max(equals, found.map(Reordering::equals).orElse(0));
        }
        error = unknown ? OptionalDouble.empty() : OptionalDouble.of(largest);
        return !unknown && largest <= RaceCheck.LIMIT;
    }

    /** Checks one value of per; empty if every finalist of it has failed. */
    private Optional<Reordering> examine(String group, List<Standing> bestFirst) {
        double[] limits = new double[schedule.looks().size()];
        if (bestFirst.getFirst().hasFailed()) {
            Arrays.fill(limits, Double.POSITIVE_INFINITY);
            thresholds.put(group, limits);
            return Optional.empty();
        }
        double[] left = bars(group);
        if (Arrays.stream(left).noneMatch(Double::isFinite)) {
            return Optional.of(new Reordering(0, limits, 1)); // nobody was left out
        }
        List<String> sound =
                bestFirst.stream().filter(s -> !s.hasFailed()).map(Standing::candidate).toList();
        Reordering found =
                Reordering.of(
                        losses(table, sound),
                        rule.previews() ? losses(table.previews(), sound) : List.of(),
                        left,
                        schedule.looks(),
                        statistic);
        double[] before = thresholds.get(group);
        for (int k = 0; k < limits.length; k++) {
            limits[k] =
                    before == null
                            ? found.thresholds()[k]
                            : Math.max(before[k], found.thresholds()[k]);
        }
        thresholds.put(group, limits);
        return Optional.of(found);
    }

    private List<double[]> losses(LossTable from, List<String> candidates) {
        return candidates.stream()
                .map(candidate -> from.losses(candidate, field.instances()))
                .toList();
    }

    private List<Elimination> eliminations() {
        List<Elimination> eliminations = new ArrayList<>();
        List<String> alive = field.candidates();
        for (int k = 0; k < kept.size(); k++) {
            Look look = schedule.looks().get(k);
            eliminate(
                    standings(alive, look),
                    kept.get(k),
                    look.raced(),
                    look.preview() ? "loss" : statistic.label(look.instances()),
                    eliminations);
            Set<String> stay = kept.get(k);
            alive = alive.stream().filter(stay::contains).toList();
        }
        if (kept.isEmpty()) {
            Set<String> stay = new HashSet<>();
            finalists.forEach(finalist -> stay.add(finalist.candidate()));
            List<Standing> all = field.standings(table, alive, field.instances());
            eliminate(all, stay, field.instances(), field.criterionLabel(), eliminations);
        }
        return eliminations;
    }

    private void eliminate(
            List<Standing> standings,
            Set<String> stay,
            int instances,
            String compared,
            List<Elimination> eliminations) {
        Map<String, Standing> worst = Places.worstKept(standings, stay);
        for (Standing standing : standings) {
            if (!stay.contains(standing.candidate())) {
                eliminations.add(new Reason(standing, instances).behind("racing", compared, worst));
            }
        }
    }
}
