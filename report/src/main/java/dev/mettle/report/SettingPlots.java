package dev.mettle.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.mettle.core.run.RunPlan;
import dev.mettle.core.run.RunSummary;
import dev.mettle.core.statistics.Criterion;
import dev.mettle.core.statistics.Losses;

import java.util.List;
import java.util.Optional;

/** Two pictures of the same rows: how far the values came, and how their criterion is spread. */
final class SettingPlots {
    private static final List<String> CLASSES =
            List.of("best tenth", "better half", "worse half", "a training failed (×)");
    private static final int FAILED = 3;
    private static final double BAR_TOP = 0.14;
    private static final double BAR_BOTTOM = 0.86;
    private static final double ROOM_FOR_FAILURES = 0.14;
    private static final int MOST_MARKED = 12;

    private final RunDigest run;
    private final Places places;
    private final SettingRows rows;

    /** Takes the rows to draw. */
    SettingPlots(RunDigest run, Places places, SettingRows rows) {
        this.run = run;
        this.places = places;
        this.rows = rows;
    }

    /** Draws how many of each value's candidates reached the best tenth, the better half. */
    Plot places() {
        ObjectNode spec = Plot.template("places");
        rows.apply(spec);
        ArrayNode bars = Plot.data(spec, "bars");
        rows.rows().forEach(row -> addBars(bars, row));
        return new Plot(
                "plot-places",
                "Which settings survive",
                Html.of(
                        "Each bar is all candidates with one value of a setting, over all values of"
                            + " the others. The longer its dark part, the more of them came far; a"
                            + " setting that makes no difference has bars alike, each with a tenth"
                            + " up to the first thin line and a half up to the second. Settings"
                            + " that explain most of the order are at the top, with how much in"
                            + " italics.%s",
                        leftOut()),
                spec);
    }

    /** Draws the criterion on equal terms; empty when it is infinite for all. */
    Optional<Plot> criterion() {
        ObjectNode spec = Plot.template("settings");
        rows.apply(spec);
        LossAxis axis = new LossAxis();
        ArrayNode boxes = Plot.data(spec, "boxes");
        boolean failures = false;
        for (SettingRows.Row row : rows.rows()) {
            addBox(boxes, row, axis);
            failures |= infinite(row.value()) > 0;
        }
        if (axis.isEmpty()) {
            return Optional.empty();
        }
        addFinalists(Plot.data(spec, "finalists"), axis);
        axis.leaveRoom(failures ? ROOM_FOR_FAILURES : 0);
        axis.apply(spec.withObject("/encoding/x"));
        RunPlan plan = run.plan();
        LossMeaning meaning = new LossMeaning(plan);
        if (meaning.isShare() || places.criterion() instanceof Criterion.Cv) {
            Plot.writePercent(spec);
        }
        spec.withObject("/encoding/x")
                .put(
                        "title",
                        "%s of the first %d%s"
                                .formatted(
                                        places.criterion().label(),
                                        places.trainings(),
                                        places.criterion() instanceof Criterion.Cv
                                                ? " losses"
                                                : ": " + meaning.axisTitle()));
        return Optional.of(
                new Plot(
                        "plot-settings",
                        "What each setting does to the criterion",
                        reading(axis, failures),
                        spec));
    }

    private static void addBars(ArrayNode bars, SettingRows.Row row) {
        SettingEffects.Value value = row.value();
        double all = value.candidates();
        int worse = value.candidates() - value.best() - value.better() - value.failed();
        int[] counts = {value.best(), value.better(), worse, value.failed()};
        int start = 0;
        for (int i = 0; i < counts.length; i++) {
            int end = start + counts[i];
            if (end > start) {
                ObjectNode bar =
                        bars.addObject()
                                .put("class", CLASSES.get(i))
                                .put("count", counts[i])
                                .put("of", value.candidates())
                                .put("start", start / all)
                                .put("end", end / all)
                                .put("top", row.top() + BAR_TOP)
                                .put("bottom", row.top() + BAR_BOTTOM);
                if (i == FAILED) { // a sign, too: in grey, four shades alone are hard to tell apart
                    bar.put("mark", "×")
                            .put("middle", (start + end) / (2 * all))
                            .put("row", row.top() + 0.5);
                }
            }
            start = end;
        }
    }

    private Html reading(LossAxis axis, boolean failures) {
        return Html.of(
                "Each row is all candidates with one value: the box holds the middle half of them,"
                        + " its line is their median, the whiskers reach from the best tenth to the"
                        + " worst tenth. Further left is better. All candidates count alike, also"
                        + " those dropped later: compared is the criterion (%s) over the first %s"
                        + " trainings, which all of them have.%s%s%s%s",
                places.criterion().label(),
                places.trainings(),
                run.summary().finalists().isEmpty() ? "" : " Diamonds are the best finalists.",
                failures ? " “n %” at the right edge: that many have an infinite criterion." : "",
                axis.logarithmic() ? " The axis is logarithmic." : "",
                leftOut());
    }

    private String leftOut() {
        String grouped =
                rows.isGrouped()
                        ? " Settings with more than %d different numbers are in groups of about as many candidates each."
                                .formatted(SettingGroups.MOST_ALONE)
                        : "";
        return grouped + (rows.isCut() ? " Not all values fit; the table below has all." : "");
    }

    private static int infinite(SettingEffects.Value value) {
        return value.candidates() - value.criterion().map(Losses::count).orElse(0);
    }

    private static void addBox(ArrayNode boxes, SettingRows.Row row, LossAxis axis) {
        ObjectNode box =
                boxes.addObject()
                        .put("label", row.value().label())
                        .put("candidates", row.value().candidates())
                        .put("row", row.top() + 0.5)
                        .put("top", row.top() + BAR_TOP)
                        .put("bottom", row.top() + BAR_BOTTOM);
        row.value()
                .criterion()
                .ifPresent(criterion -> {
                    double[] quantiles = {0.1, 0.25, 0.5, 0.75, 0.9};
                    String[] names = {"low", "q1", "median", "q3", "high"};
                    for (int i = 0; i < quantiles.length; i++) {
                        double value = criterion.quantile(quantiles[i]);
                        axis.include(value);
                        box.put(names[i], value);
                    }
                });
        int infinite = infinite(row.value());
        if (infinite > 0) {
            box.put("failed", SettingRows.percent(infinite / (double) row.value().candidates()));
        }
    }

    private void addFinalists(ArrayNode marks, LossAxis axis) {
        List<RunSummary.Finalist> finalists = run.summary().finalists();
        for (RunSummary.Finalist finalist :
                finalists.subList(0, Math.min(MOST_MARKED, finalists.size()))) {
            double value = places.onEqualTerms(finalist.candidate().id());
            if (Double.isFinite(value)) {
                axis.include(value);
                rows.topsOf(finalist.candidate())
                        .forEach(top ->
                                marks.addObject()
                                        .put("candidate", Names.id(finalist.candidate().id()))
                                        .put("value", value)
                                        .put("row", top + 0.5));
            }
        }
    }
}
