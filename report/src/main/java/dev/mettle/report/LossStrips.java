package dev.mettle.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.mettle.core.run.RunPlan;
import dev.mettle.core.statistics.Criterion;
import dev.mettle.core.statistics.CriterionLabel;
import dev.mettle.core.statistics.Estimate;
import dev.mettle.core.statistics.LossSummary;
import dev.mettle.core.statistics.Losses;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Losses of several groups of trainings below one another: of each a strip of all instances over a
 * box from quartile to quartile, and under it a criterion with its 95 % interval. Failed instances
 * are marks at the right edge, with their number.
 */
final class LossStrips {
    /** What the instances of a strip were trained for; decides colour and shape. */
    enum Kind {
        RACE("race"),
        CERTIFICATE("certificate"),
        BASELINE("baseline"),
        INITS("inits"),
        SAMPLES("samples"),
        ASSESSMENT("assessment");

        private final String label;

        Kind(String label) {
            this.label = label;
        }
    }

    /**
     * A strip.
     *
     * @param bound drawn as a thick line, if there is one
     */
    record Strip(String title, Kind kind, Losses losses, OptionalDouble bound) {}

    private static final int ROW_HEIGHT = 62;

    /**
     * Where in a row, from 0 at its top to 1, the parts of a strip are; the row's title is above.
     */
    private static final double TITLE = 0.18;

    private static final double BOX_TOP = 0.35;
    private static final double BOX_BOTTOM = 0.74;
    private static final double INTERVAL = 0.86;

    /**
     * Golden section: successive points land far from one another, and the picture is always the
     * same.
     */
    private static final double JITTER = 0.6180339887498949;

    private static final double ROOM_FOR_FAILURES = 0.16;

    private final Criterion criterion;
    private final LossText text;
    private final List<Strip> strips;
    private final LossAxis axis = new LossAxis();
    private final List<Estimate> intervals = new ArrayList<>();

    /** Takes the strips of a run, from top to bottom. */
    LossStrips(RunPlan plan, List<Strip> strips) {
        this(onLossAxis(plan), new LossMeaning(plan).text(), strips);
    }

    /**
     * Takes strips from anywhere, from top to bottom.
     *
     * @param criterion marked with its interval; a loss, not a spread
     */
    LossStrips(Criterion criterion, LossText text, List<Strip> strips) {
        this.criterion = criterion;
        this.text = text;
        this.strips = strips;
        for (Strip strip : strips) {
            Losses losses = strip.losses();
            axis.include(losses.min());
            axis.include(losses.ordered(Math.max(1, losses.count() - losses.failures())));
            strip.bound().ifPresent(axis::include);
            Estimate interval = LossSummary.estimate(losses, criterion);
            intervals.add(interval);
            if (drawn(interval)) {
                axis.include(interval.low());
                axis.include(interval.high());
            }
        }
        axis.leaveRoom(hasFailures() ? ROOM_FOR_FAILURES : 0);
    }

    /** Returns the study's criterion if it is a loss, and the mean if it is a spread. */
    static Criterion onLossAxis(RunPlan plan) {
        Criterion criterion = CriterionLabel.parse(plan.criterion()).orElse(new Criterion.Mean());
        return switch (criterion) {
            case Criterion.Iqr _, Criterion.Std _, Criterion.Cv _ -> new Criterion.Mean();
            case Criterion.Mean _,
                    Criterion.Median _,
                    Criterion.Max _,
                    Criterion.Quantile _,
                    Criterion.Cvar _,
                    Criterion.MeanPlusStd _ ->
                    criterion;
        };
    }

    private static boolean drawn(Estimate interval) {
        return Double.isFinite(interval.low()) && Double.isFinite(interval.high());
    }

    private boolean hasFailures() {
        return strips.stream().anyMatch(strip -> strip.losses().failures() > 0);
    }

    /**
     * Draws the strips; empty when no loss is finite.
     *
     * @param reading what only this plot needs to say; what all strips share is added
     */
    Optional<Plot> plot(String id, String title, Html reading) {
        if (axis.isEmpty()) {
            return Optional.empty();
        }
        ObjectNode spec = Plot.template("losses");
        if (text.isShare()) {
            Plot.writePercent(spec);
        }
        axis.apply(spec.withObject("/encoding/x"));
        spec.withObject("/encoding/x").put("title", text.axisTitle());
        spec.withObject("/encoding/y/scale").putArray("domain").add(strips.size()).add(0);
        spec.put("height", ROW_HEIGHT * strips.size());
        ArrayNode rows = Plot.data(spec, "strips");
        ArrayNode points = Plot.data(spec, "points");
        ArrayNode bars = Plot.data(spec, "intervals");
        for (int i = 0; i < strips.size(); i++) {
            addRow(rows, strips.get(i), i);
            addPoints(points, strips.get(i), i);
            addInterval(bars, intervals.get(i), i);
        }
        return Optional.of(new Plot(id, title, Html.join(common(), reading), spec));
    }

    private Html common() {
        return Html.of(
                "Each dot is one training; further left is better, closer together is more robust."
                        + " The box holds the middle half, its line is the median.%s%s%s",
                intervals.stream().anyMatch(LossStrips::drawn)
                        ? " The black diamond under a box is the %s, the bar its 95\u00a0%% interval: a repetition with other seeds would move it by about that much."
                                .formatted(criterion.label())
                        : "",
                axis.logarithmic() ? " The axis is logarithmic." : "",
                hasFailures() ? " “n × ∞” at the right edge counts trainings that failed." : "");
    }

    private void addRow(ArrayNode rows, Strip strip, int row) {
        Losses losses = strip.losses();
        ObjectNode node =
                rows.addObject()
                        .put("title", strip.title())
                        .put("purpose", strip.kind().label)
                        .put("row", row + TITLE)
                        .put("top", row + BOX_TOP)
                        .put("bottom", row + BOX_BOTTOM)
                        .put("middle", row + (BOX_TOP + BOX_BOTTOM) / 2);
        putFinite(node, "q1", losses.quantile(0.25));
        putFinite(node, "median", losses.quantile(0.5));
        node.put( // of many failures: a box without an end
                "q3", Math.min(losses.quantile(0.75), axis.upperEnd()));
        strip.bound().ifPresent(bound -> putFinite(node, "bound", bound));
        if (losses.failures() > 0) {
            node.put("failed", losses.failures() + " × ∞");
        }
    }

    private static void putFinite(ObjectNode node, String name, double value) {
        if (Double.isFinite(value)) {
            node.put(name, value);
        }
    }

    private static void addPoints(ArrayNode points, Strip strip, int row) {
        double[] losses = strip.losses().toArray();
        for (int i = 0; i < losses.length && Double.isFinite(losses[i]); i++) {
            double jitter = (i + 1) * JITTER % 1;
            points.addObject()
                    .put("loss", losses[i])
                    .put("row", row + BOX_TOP + 0.04 + jitter * (BOX_BOTTOM - BOX_TOP - 0.08))
                    .put("purpose", strip.kind().label);
        }
    }

    private static void addInterval(ArrayNode bars, Estimate interval, int row) {
        if (drawn(interval)) {
            bars.addObject()
                    .put("criterion", interval.name())
                    .put("value", interval.value())
                    .put("low", interval.low())
                    .put("high", interval.high())
                    .put("row", row + INTERVAL);
        }
    }
}
