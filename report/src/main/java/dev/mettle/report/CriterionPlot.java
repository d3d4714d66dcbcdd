package dev.mettle.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.mettle.core.run.RunSummary;
import dev.mettle.core.selection.Elimination;
import dev.mettle.core.statistics.Criterion;
import dev.mettle.core.statistics.CriterionLabel;
import dev.mettle.core.statistics.Losses;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The criterion of candidates as the race went on: a line for each of them while they are few, else
 * the middle eighty per cent of the dropped ones as a band. Infinite values are marks at the upper
 * edge.
 */
final class CriterionPlot {
    private static final int MOST_LINES = 120;
    private static final int MOST_KEPT = 8;

    private final RunDigest run;
    private final RaceProgress progress;
    private final Criterion criterion;
    private final ObjectNode spec = Plot.template("criterion");
    private final LossAxis axis = new LossAxis();
    private final ArrayNode keptLines = Plot.data(spec, "kept");
    private final ArrayNode droppedLines = Plot.data(spec, "dropped");
    private final ArrayNode ends = Plot.data(spec, "ends");
    private final ArrayNode band = Plot.data(spec, "band");
    private final ArrayNode bars = Plot.data(spec, "bars");
    private final ArrayNode failed = Plot.data(spec, "failed");
    private final Set<String> kept;

    /** Criterion after 1, 2, … instances, by candidate. */
    private final Map<String, double[]> paths = new LinkedHashMap<>();

    private CriterionPlot(RunDigest run, RaceProgress progress, Criterion criterion) {
        this.run = run;
        this.progress = progress;
        this.criterion = criterion;
        run.raceLosses().forEach((candidate, losses) -> paths.put(candidate, path(losses)));
        this.kept = kept();
    }

    /** Draws the race; empty when there is nothing finite to see. */
    static Optional<Plot> of(RunDigest run, RaceProgress progress) {
        Criterion criterion =
                CriterionLabel.parse(run.plan().criterion()).orElse(new Criterion.Mean());
        return new CriterionPlot(run, progress, criterion).plot();
    }

    private double[] path(double[] losses) {
        double[] path = new double[losses.length];
        for (int i = 0; i < path.length; i++) {
            path[i] = criterion.of(Losses.of(Arrays.copyOf(losses, i + 1)));
        }
        return path;
    }

    /** Returns the best of those that stayed: of the finalists, or of those still in the race. */
    private Set<String> kept() {
        RunSummary summary = run.summary();
        List<String> stayed =
                summary.finished()
                        ? summary.finalists().stream()
                                .map(finalist -> finalist.candidate().id())
                                .toList()
                        : paths.entrySet().stream()
                                .filter(entry -> !progress.dropped(entry.getKey()))
                                .sorted(Comparator.comparingDouble(entry -> last(entry.getValue())))
                                .map(Map.Entry::getKey)
                                .toList();
        Set<String> best = new LinkedHashSet<>();
        summary.winners().forEach(winner -> best.add(winner.candidate().id()));
        for (int i = 0; i < stayed.size() && best.size() < MOST_KEPT; i++) {
            best.add(stayed.get(i));
        }
        return best;
    }

    private static double last(double[] path) {
        return path[path.length - 1];
    }

    private Optional<Plot> plot() {
        boolean few = paths.size() <= MOST_LINES;
        paths.forEach((candidate, path) -> {
            if (kept.contains(candidate)) {
                addLine(keptLines, candidate, path);
            } else if (few) {
                addLine(droppedLines, candidate, path);
            }
        });
        if (!few) {
            addBands();
        }
        addBars();
        addFailed();
        if (axis.isEmpty()) {
            return Optional.empty();
        }
        axis.leaveRoom(failed.isEmpty() ? 0 : 0.06);
        axis.apply(spec.withObject("/encoding/y"));
        LossMeaning meaning = new LossMeaning(run.plan());
        if (meaning.isShare() && !(criterion instanceof Criterion.Cv)) {
            Plot.writePercent(spec);
        }
        spec.withObject("/encoding/y")
                .put(
                        "title",
                        "%s of the %s so far"
                                .formatted(
                                        criterion.label(),
                                        meaning.noun().equals("loss")
                                                ? "losses"
                                                : meaning.axisTitle()));
        return Optional.of(
                new Plot(
                        "plot-criterion", "The criterion as the race goes on", reading(few), spec));
    }

    private Html reading(boolean few) {
        return Html.of(
                "The criterion (%s) of each candidate over its trainings so far; lower is better."
                        + " %s: the best that stayed. %s%s%s%s",
                criterion.label(),
                Html.of("<span class=\"key certificate\">Blue lines</span>"),
                few
                        ? "Grey lines: the others, with a cross at the last training of each that"
                                + " was dropped."
                        : "Grey: all others; %s holds their middle 80 %%, the dashed line is their median."
                                .formatted(
                                        run.plan().per().isPresent()
                                                ? "for each value of "
                                                        + run.plan().per().get()
                                                        + " a band"
                                                : "the band"),
                bars.isEmpty()
                        ? ""
                        : " Orange ticks: the bar, that is the worst one kept, or the limit.",
                failed.isEmpty()
                        ? ""
                        : " Triangles at the upper edge: some candidates are at infinity, because a"
                                + " training failed.",
                axis.logarithmic() ? " The vertical axis is logarithmic." : "");
    }

    private void addLine(ArrayNode lines, String candidate, double[] path) {
        for (int i = 0; i < path.length && Double.isFinite(path[i]); i++) {
            axis.include(path[i]);
            addPoint(lines, candidate, i + 1, path[i]);
            if (progress.dropped(candidate) && i == path.length - 1) {
                addPoint(ends, candidate, i + 1, path[i]);
            }
        }
    }

    private static void addPoint(ArrayNode rows, String candidate, int iteration, double value) {
        rows.addObject()
                .put("candidate", Names.id(candidate))
                .put("iteration", iteration)
                .put("value", value);
    }

    /** Each value of {@code per} has a race of its own, and so a band of its own. */
    private void addBands() {
        Map<String, List<double[]>> groups = new LinkedHashMap<>();
        paths.forEach((candidate, path) -> {
            if (!kept.contains(candidate)) {
                String group =
                        run.plan()
                                .per()
                                .map(dimension ->
                                        run.candidate(candidate)
                                                .settings()
                                                .getOrDefault(dimension, ""))
                                .orElse("");
                groups.computeIfAbsent(group, _ -> new ArrayList<>()).add(path);
            }
        });
        groups.forEach((group, members) -> {
            for (int i = 0; i < progress.iterations().size(); i++) {
                int at = i;
                double[] values =
                        members.stream()
                                .filter(path -> at < path.length && Double.isFinite(path[at]))
                                .mapToDouble(path -> path[at])
                                .toArray();
                if (values.length > 0) {
                    addBand(group, at + 1, Losses.of(values));
                }
            }
        });
    }

    private void addBand(String group, int iteration, Losses values) {
        double low = values.quantile(0.1);
        double high = values.quantile(0.9);
        axis.include(low);
        axis.include(high);
        band.addObject()
                .put("group", group)
                .put("iteration", iteration)
                .put("low", low)
                .put("value", values.quantile(0.5))
                .put("high", high);
    }

    private void addBars() {
        Set<String> seen = new LinkedHashSet<>();
        for (Elimination elimination : run.eliminations()) {
            double bar = elimination.bar();
            boolean onAxis = // previews and limits of cv are no values of another criterion
                    elimination.iteration() > 0
                            && (criterion instanceof Criterion.Cv
                                    || !DropReason.comparesCv(elimination));
            if (onAxis && Double.isFinite(bar) && seen.add(elimination.iteration() + " " + bar)) {
                bars.addObject().put("iteration", elimination.iteration()).put("value", bar);
                axis.include(bar);
            }
        }
    }

    private void addFailed() {
        int[] counts = new int[progress.iterations().size()];
        for (double[] path : paths.values()) {
            for (int i = 0; i < path.length; i++) {
                counts[i] += path[i] == Double.POSITIVE_INFINITY ? 1 : 0;
            }
        }
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                failed.addObject().put("iteration", i + 1).put("count", counts[i]);
            }
        }
    }
}
