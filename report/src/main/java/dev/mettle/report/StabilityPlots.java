package dev.mettle.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.mettle.core.selection.Ranked;
import dev.mettle.core.stability.Choices;
import dev.mettle.core.stability.Stability;
import dev.mettle.core.statistics.Criterion;
import dev.mettle.core.statistics.Proportion;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** Plots of how the choice depends on the number of instances per candidate. */
final class StabilityPlots {
    private static final int MOST_ROWS = 12;

    /** Of a sum of shares. */
    private static final double ROUNDING = 1e-9;

    private final Stability stability;
    private final int number;

    /**
     * A candidate that was picked.
     *
     * @param rank its place in the full table
     * @param shares of the repeats in which it was picked, for each number of instances
     */
    record Row(String candidate, int rank, List<Double> shares) {
        double sum() {
            return shares.stream().mapToDouble(Double::doubleValue).sum();
        }
    }

    /** Takes the answers, and which choice of the page they are about. */
    StabilityPlots(Stability stability, int number) {
        this.stability = stability;
        this.number = number;
    }

    static Map<String, Ranked> byId(Stability stability) {
        Map<String, Ranked> byId = new HashMap<>();
        stability.ranking().forEach(ranked -> byId.put(ranked.candidate(), ranked));
        return byId;
    }

    /** Draws how often the pick is the best, nearly the best, and the same again. */
    Plot probabilities() {
        ObjectNode spec = Plot.template("stability-probabilities");
        ArrayNode rows = Plot.data(spec, "shares");
        for (Stability.AtCount at : stability.counts()) {
            Choices choices = at.exhaustive();
            add(rows, at, "is the full table's best", choices.best());
            add(rows, at, "is within 2 % of it", choices.within(Criterion.TOLERANCE));
            at.fresh().ifPresent(fresh -> add(rows, at, "two studies agree", fresh.agreement()));
        }
        return new Plot(
                "plot-stability-%d-probabilities".formatted(number),
                "How often the pick is a good one",
                new Html(
                        "● how often the pick is the best candidate of the full table, ■ how often"
                            + " it is within 2\u00a0% of it; ▲ how often two studies of that size,"
                            + " which share no training, pick the same candidate (up to half of the"
                            + " table). Bars: 95\u00a0% intervals of the repeats. Where ■ is high"
                            + " and ● is low, several candidates are equally good, and it does not"
                            + " matter which is picked."),
                spec);
    }

    private static void add(
            ArrayNode rows, Stability.AtCount at, String what, Proportion proportion) {
        rows.addObject()
                .put("instances", at.instances())
                .put("what", what)
                .put("share", proportion.value())
                .put("low", proportion.low())
                .put("high", proportion.high());
    }

    /** Draws what the pick costs. */
    Plot regrets() {
        ObjectNode spec = Plot.template("stability-regret");
        ArrayNode rows = Plot.data(spec, "regrets");
        ArrayNode infinite = Plot.data(spec, "infinite");
        ArrayNode fresh = Plot.data(spec, "fresh");
        for (Stability.AtCount at : stability.counts()) {
            add(rows, infinite, at, "all candidates trained", at.exhaustive());
            add(rows, infinite, at, "race", at.progressive());
            at.fresh()
                    .filter(judged -> judged.atLeast().isPresent() && judged.atMost().isPresent())
                    .ifPresent(judged ->
                            fresh.addObject()
                                    .put("instances", at.instances())
                                    .put("low", Math.max(0, judged.atLeast().getAsDouble()))
                                    .put("high", Math.max(0, judged.atMost().getAsDouble())));
        }
        return new Plot(
                "plot-stability-%d-regret".formatted(number),
                "What the pick costs: its regret",
                Html.of(
                        "Mean over the repeats of how much worse the pick is than the best of the"
                            + " full table: ● if every candidate is trained so often, □ if the race"
                            + " <code>progressive</code> trains them up to so often.%s%s",
                        fresh.isEmpty()
                                ? ""
                                : " Grey bars hold the true regret, as far as the table can tell:"
                                        + " judged by trainings that had no part in the choice.",
                        infinite.isEmpty()
                                ? ""
                                : " ∞: some picks have a failed training in the full table."),
                spec);
    }

    private static void add(
            ArrayNode rows, ArrayNode infinite, Stability.AtCount at, String how, Choices choices) {
        double mean = choices.regrets().mean();
        if (Double.isFinite(mean)) {
            rows.addObject()
                    .put("instances", at.instances())
                    .put("how", how)
                    .put("regret", mean)
                    .put("trainings", Math.round(choices.trainings()));
        } else {
            infinite.addObject()
                    .put("instances", at.instances())
                    .put("how", how)
                    .put("failed", choices.failed().value());
        }
    }

    /** Returns the candidates picked most often, by their place in the full table. */
    List<Row> rows() {
        SequencedMap<String, List<Double>> shares = new LinkedHashMap<>();
        Map<String, Integer> rank = new HashMap<>();
        for (int k = 0; k < stability.counts().size(); k++) {
            Choices choices = stability.counts().get(k).exhaustive();
            for (Choices.Pick pick : choices.picks()) {
                rank.put(pick.candidate(), pick.rank());
                List<Double> own =
                        shares.computeIfAbsent(
                                pick.candidate(),
                                _ ->
                                        new ArrayList<>(
                                                stability.counts().stream()
                                                        .map(_ -> 0.0)
                                                        .toList()));
                own.set(k, (double) pick.times() / choices.repeats());
            }
        }
        List<Row> rows = new ArrayList<>();
        shares.forEach((candidate, own) ->
                rows.add(new Row(candidate, rank.getOrDefault(candidate, 0), own)));
        rows.sort(Comparator.comparingDouble(Row::sum).reversed().thenComparingInt(Row::rank));
        return rows.stream().limit(MOST_ROWS).sorted(Comparator.comparingInt(Row::rank)).toList();
    }

    /** Draws who is picked how often. */
    Plot picks() {
        ObjectNode spec = Plot.template("stability-picks");
        ArrayNode cells = Plot.data(spec, "cells");
        List<Row> rows = rows();
        double[] others = new double[stability.counts().size()];
        Arrays.fill(others, 1);
        for (Row row : rows) {
            String name = "%d. %s".formatted(row.rank(), Names.id(row.candidate()));
            for (int k = 0; k < others.length; k++) {
                others[k] -= row.shares().get(k);
                cell(cells, name, k, row.shares().get(k));
            }
        }
        boolean more = Arrays.stream(others).anyMatch(share -> share > ROUNDING);
        for (int k = 0; more && k < others.length; k++) {
            cell(cells, "others", k, others[k]);
        }
        spec.withObject("/height").put("step", 24);
        return new Plot(
                "plot-stability-%d-picks".formatted(number),
                "Who is picked",
                Html.of(
                        "How often each candidate is picked, by the number of trainings per"
                                + " candidate; the number before its id is its place in the full"
                                + " table.%s",
                        more ? " “others” are all that were picked more rarely." : ""),
                spec);
    }

    private void cell(ArrayNode cells, String candidate, int k, double share) {
        cells.addObject()
                .put("candidate", candidate)
                .put("instances", stability.counts().get(k).instances())
                .put("share", Math.max(0, share))
                .put("label", label(share));
    }

    private static String label(double share) {
        long percent = Math.round(100 * share);
        return share <= ROUNDING ? "" : percent == 0 ? "<1 %" : percent + " %";
    }
}
