package dev.mettle.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.mettle.core.run.RunPlan;
import dev.mettle.core.run.SizeStudy;
import dev.mettle.core.statistics.Losses;
import dev.mettle.core.statistics.SizeStep;
import dev.mettle.core.statistics.SizedLosses;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Losses and their cv against the size of the training sample, candidates beside one another: the
 * first with filled dots and full lines, the others with their own shapes and dashes.
 */
final class SizePlots {
    private static final int MOST_CANDIDATES = 4;

    /** Successive points land far from one another, and the picture is always the same. */
    private static final double JITTER = 0.6180339887498949;

    /** Share of the distance between sizes that a strip takes. */
    private static final double STRIP = 0.3;

    /** A limit farther away than this many times cv would squeeze the rest of the plot. */
    private static final double FARTHEST_LIMIT = 3;

    private static final double ROOM_FOR_FAILURES = 0.10;

    private final RunPlan plan;
    private final LossMeaning meaning;
    private final SizeStudy study;
    private final List<SizeStudy.Candidate> shown;
    private final TreeSet<Integer> sizes = new TreeSet<>();

    SizePlots(RunPlan plan, SizeStudy study) {
        this.plan = plan;
        this.meaning = new LossMeaning(plan);
        this.study = study;
        this.shown =
                study.candidates().subList(0, Math.min(MOST_CANDIDATES, study.candidates().size()));
        shown.forEach(candidate -> candidate.sizes().forEach(size -> sizes.add(size.rows())));
    }

    /** Draws the losses; empty when none is finite. */
    Optional<Plot> losses() {
        ObjectNode spec = Plot.template("sizes");
        LossAxis axis = new LossAxis();
        ArrayNode points = Plot.data(spec, "points");
        ArrayNode bands = Plot.data(spec, "bands");
        for (int c = 0; c < shown.size(); c++) {
            SizeStudy.Candidate candidate = shown.get(c);
            for (SizedLosses size : candidate.sizes()) {
                addBand(bands, c, size);
                addPoints(points, c, size, axis);
            }
        }
        if (axis.isEmpty()) {
            return Optional.empty();
        }
        finish(spec, axis);
        if (meaning.isShare()) {
            Plot.writePercent(spec);
        }
        spec.withObject("/encoding/y").put("title", meaning.axisTitle());
        return Optional.of(
                new Plot(
                        "plot-sizes-losses",
                        "Losses against the size of the training sample",
                        Html.of(
                                "Each dot is one training on a sample of so many rows, on the %s"
                                        + " validation rows; the line is the median, the band holds"
                                        + " the middle 80 %%. Robust is where the band is narrow,"
                                        + " beside its height; where it levels off more rows do not"
                                        + " make it better.%s%s",
                                Digits.count(plan.validation()),
                                key(),
                                failures(axis.logarithmic())),
                        spec));
    }

    /** Adds median and middle 80 % of a size, as far as they are finite. */
    private void addBand(ArrayNode bands, int c, SizedLosses size) {
        Losses losses = size.sorted();
        double high = losses.quantile(0.9);
        if (Double.isFinite(high)) {
            bands.addObject()
                    .put("candidate", shown.get(c).name())
                    .put("rows", beside(size.rows(), c))
                    .put("size", size.rows())
                    .put("low", losses.quantile(0.1))
                    .put("median", losses.quantile(0.5))
                    .put("high", high);
        }
    }

    private void addPoints(ArrayNode points, int c, SizedLosses size, LossAxis axis) {
        for (int i = 0; i < size.losses().size(); i++) {
            double loss = size.losses().get(i);
            if (Double.isFinite(loss)) {
                axis.include(loss);
                double within = (i * JITTER) % 1 - 0.5;
                points.addObject()
                        .put("candidate", shown.get(c).name())
                        .put("rows", beside(size.rows(), c + 0.8 * within))
                        .put("size", size.rows())
                        .put("instance", i)
                        .put("loss", loss);
            }
        }
    }

    /** Returns a place beside a size, where candidates stand next to one another. */
    private double beside(int rows, double place) {
        double step =
                sizes.size() < 2
                        ? Math.log(2)
                        : Math.log((double) sizes.last() / sizes.first()) / (sizes.size() - 1);
        double offset = STRIP * ((place + 0.5) / shown.size() - 0.5);
        return rows * Math.exp(offset * step);
    }

    /** Draws cv with its one-sided limits; empty when it is finite nowhere. */
    Optional<Plot> spreads() {
        ObjectNode spec = Plot.template("size-cv");
        LossAxis axis = new LossAxis();
        ArrayNode points = Plot.data(spec, "points");
        ArrayNode curves = Plot.data(spec, "curves");
        for (int c = 0; c < shown.size(); c++) {
            SizeStudy.Candidate candidate = shown.get(c);
            for (int k = 0; k < candidate.sizes().size(); k++) {
                SizeStep step = candidate.minimal().steps().get(k);
                addSpread(points, c, step, axis);
                double level = candidate.needed().curve().get(k);
                if (Double.isFinite(level) && level > 0) {
                    curves.addObject()
                            .put("candidate", candidate.name())
                            .put("rows", beside(step.rows(), c))
                            .put("cv", level);
                }
            }
        }
        if (axis.isEmpty()) {
            return Optional.empty();
        }
        axis.include(study.limits().cv());
        Plot.data(spec, "limit").addObject().put("cv", study.limits().cv());
        finish(spec, axis);
        return Optional.of(
                new Plot(
                        "plot-sizes-cv",
                        "Spread against the size of the training sample",
                        Html.of(
                                "Each dot is the standard deviation of the losses divided by their"
                                    + " mean (cv) at one size, its bar reaches from the lower to"
                                    + " the upper one-sided %s limit. Robust is proved from the"
                                    + " right: from the size on from which all bars end below the"
                                    + " dashed line at %s. The line is the best curve that never"
                                    + " rises.%s%s",
                                Digits.wholePercent(1 - study.alpha()),
                                Digits.wholePercent(study.limits().cv()),
                                key(),
                                failures(axis.logarithmic())),
                        spec));
    }

    private void addSpread(ArrayNode points, int c, SizeStep step, LossAxis axis) {
        if (!Double.isFinite(step.cv())) {
            return;
        }
        double upper = Math.min(step.upper(), FARTHEST_LIMIT * step.cv());
        axis.include(step.cv());
        axis.include(step.lower());
        axis.include(upper);
        points.addObject()
                .put("candidate", shown.get(c).name())
                .put("rows", beside(step.rows(), c))
                .put("size", step.rows())
                .put("cv", step.cv())
                .put("lower", step.lower())
                .put("upper", upper);
    }

    /** Sets axes and names, and marks failures at the upper edge. */
    private void finish(ObjectNode spec, LossAxis axis) {
        ArrayNode failed = Plot.data(spec, "failed");
        ArrayNode left = Plot.data(spec, "failedLeft"); // numbers stand on the outer sides
        ArrayNode right = Plot.data(spec, "failedRight");
        for (int c = 0; c < shown.size(); c++) {
            ArrayNode numbers = 2 * c + 1 < shown.size() ? left : right;
            for (SizeStep step : shown.get(c).minimal().steps()) {
                if (step.failures() > 0) {
                    ObjectNode mark =
                            failed.addObject()
                                    .put("candidate", shown.get(c).name())
                                    .put("rows", beside(step.rows(), c))
                                    .put("size", step.rows())
                                    .put("count", step.failures())
                                    .put("instances", step.instances());
                    numbers.add(mark.deepCopy());
                }
            }
        }
        axis.leaveRoom(failed.isEmpty() ? 0 : ROOM_FOR_FAILURES);
        axis.apply(spec.withObject("/encoding/y"));
        ArrayNode ticks = spec.withObject("/encoding/x/axis").putArray("values");
        sizes.forEach(ticks::add);
        spec.withObject("/encoding/x/scale")
                .putArray("domain")
                .add(beside(sizes.first(), -1.2))
                .add(beside(sizes.last(), shown.size() + 0.2));
        for (String channel : List.of("color", "shape", "strokeDash")) {
            ObjectNode scale = spec.withObject("/encoding/" + channel + "/scale");
            ArrayNode names = scale.putArray("domain");
            shown.forEach(candidate -> names.add(candidate.name()));
        }
    }

    private String key() {
        return study.candidates().size() > shown.size()
                ? " Shown are the first %d of %s candidates."
                        .formatted(shown.size(), Digits.count(study.candidates().size()))
                : "";
    }

    private String failures(boolean logarithmic) {
        boolean any =
                shown.stream()
                        .flatMap(candidate -> candidate.minimal().steps().stream())
                        .anyMatch(step -> step.failures() > 0);
        return (any
                        ? " A cross at the top marks sizes at which trainings failed, with their"
                                + " number."
                        : "")
                + (logarithmic
                        ? " Both axes are logarithmic."
                        : " The horizontal axis is logarithmic.");
    }
}
