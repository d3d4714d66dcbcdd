package dev.mettle.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.mettle.core.selection.Elimination;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Why candidates were dropped: the share of those in the race, by iteration and reason; and the
 * counts behind it.
 */
final class DropPlot {
    private static final String FAILED_COLOUR = "#D55E00";

    /** Light and dark in turn, so that neighbours differ in grey too. */
    private static final List<String> COLOURS = List.of("#56B4E9", "#004D80", "#F0E442", "#999999");

    private static final double WIDEST_BAR = 26;
    private static final double NARROW_PLOT = 240;

    private final RaceProgress progress;
    private final SortedCounts counts = new SortedCounts();

    /** Counts by iteration, then reason. */
    private static final class SortedCounts {
        private final TreeMap<Integer, Map<String, Integer>> byIteration = new TreeMap<>();
        private final SequencedSet<String> reasons = new TreeSet<>();

        void add(Elimination elimination) {
            String reason = DropReason.label(elimination);
            reasons.add(reason);
            byIteration
                    .computeIfAbsent(elimination.iteration(), _ -> new LinkedHashMap<>())
                    .merge(reason, 1, Integer::sum);
        }

        int count(int iteration, String reason) {
            return byIteration.getOrDefault(iteration, Map.of()).getOrDefault(reason, 0);
        }
    }

    /** Takes the eliminations of a run. */
    DropPlot(RunDigest run, RaceProgress progress) {
        this.progress = progress;
        run.eliminations().forEach(counts::add);
    }

    /** Draws them; at least one. */
    Plot plot() {
        ObjectNode spec = Plot.template("drops");
        ArrayNode rows = Plot.data(spec, "drops");
        SequencedMap<String, String> colours = colours();
        counts.byIteration.forEach((iteration, reasons) -> {
            double start = 0;
            for (String reason : colours.keySet()) {
                int count = reasons.getOrDefault(reason, 0);
                double end = start + (double) count / Math.max(1, trained(iteration));
                if (count > 0) {
                    rows.addObject()
                            .put("iteration", iteration)
                            .put("reason", reason)
                            .put("count", count)
                            .put("start", start)
                            .put("end", end);
                }
                start = end;
            }
        });
        ObjectNode scale = spec.withObject("/encoding/color/scale");
        colours.keySet().forEach(scale.putArray("domain")::add);
        colours.values().forEach(scale.putArray("range")::add);
        int span = 1 + counts.byIteration.lastKey() - counts.byIteration.firstKey();
        spec.withObject("/encoding/x/scale").put("padding", WIDEST_BAR);
        ObjectNode mark = (ObjectNode) spec.at("/layer/0/mark");
        mark.put("size", Math.clamp(NARROW_PLOT / span, 2.0, WIDEST_BAR));
        return new Plot(
                "plot-drops",
                "Why candidates were dropped",
                new Html(
                        "Each bar is what was dropped after one iteration, as a share of the"
                            + " candidates that were still in the race, split by reason. Colours"
                            + " are in the order of the legend, from the bottom up. Many failures"
                            + " mean that the space holds settings that do not train at all."),
                spec);
    }

    private int trained(int iteration) {
        if (iteration == 0) {
            return progress.candidates(); // each had a preview
        }
        return progress.iterations().size() >= iteration
                ? progress.iterations().get(iteration - 1).trained()
                : 0;
    }

    private SequencedMap<String, String> colours() {
        SequencedMap<String, String> colours = new LinkedHashMap<>();
        int next = 0;
        for (String reason : counts.reasons) {
            colours.put(
                    reason,
                    reason.equals(DropReason.FAILED)
                            ? FAILED_COLOUR
                            : COLOURS.get(next++ % COLOURS.size()));
        }
        return colours;
    }

    /** Returns the counts: a row for each iteration that dropped someone, a column per reason. */
    Html table() {
        List<Object> headings = new ArrayList<>(List.of("after iteration"));
        headings.addAll(counts.reasons);
        headings.add("all");
        Table table = new Table(headings);
        int[] sums = new int[counts.reasons.size() + 1];
        for (int iteration : counts.byIteration.keySet()) {
            List<Object> row = new ArrayList<>(List.of(iteration));
            int all = 0;
            int column = 0;
            for (String reason : counts.reasons) {
                int count = counts.count(iteration, reason);
                row.add(Digits.count(count));
                sums[column++] += count;
                all += count;
            }
            sums[column] += all;
            row.add(Digits.count(all));
            table.add(row);
        }
        List<Object> total = new ArrayList<>(List.of("all"));
        for (int sum : sums) {
            total.add(Digits.count(sum));
        }
        table.add(total);
        return Html.of(
                "<details><summary>Dropped, by iteration and reason</summary>%s</details>",
                table.html());
    }
}
