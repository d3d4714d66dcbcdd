package dev.mettle.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.mettle.core.data.Series;
import dev.mettle.core.instance.InstanceResult;
import dev.mettle.core.instance.Outcome;

import java.util.List;
import java.util.Optional;

/** Training loss by epoch of one candidate's instances, with a cross where one exploded. */
final class CurvePlot {
    private static final int MOST_CURVES = 120;

    /** Points of a longer curve are thinned out evenly; its last one is kept. */
    private static final int MOST_POINTS = 150;

    private CurvePlot() {}

    /**
     * Draws the curves.
     *
     * @param id of the plot, unique in the page
     * @return empty when no instance has a finite point
     */
    static Optional<Plot> of(String id, String title, List<InstanceResult> instances) {
        ObjectNode spec = Plot.template("curves");
        ArrayNode points = Plot.data(spec, "points");
        ArrayNode ends = Plot.data(spec, "explosions");
        ArrayNode beyond = Plot.data(spec, "beyond");
        LossAxis axis = new LossAxis();
        List<InstanceResult> shown = instances.subList(0, Math.min(MOST_CURVES, instances.size()));
        for (InstanceResult instance : shown) {
            addCurve(points, instance, axis);
            addExplosion(ends, beyond, instance);
        }
        if (axis.isEmpty()) {
            return Optional.empty();
        }
        axis.leaveRoom(beyond.isEmpty() ? 0 : 0.06);
        axis.apply(spec.withObject("/encoding/y"));
        long exploded =
                shown.stream()
                        .filter(instance -> instance.outcome() instanceof Outcome.Exploded)
                        .count();
        Html reading =
                Html.of(
                        "Each line is one training: its mean training loss in every epoch, on the"
                                + " scale the network is trained on. %s%s%s%s",
                        exploded == shown.size()
                                ? "Shown is one training of each candidate that exploded; where the"
                                        + " line turns up, or ends, tells how."
                                : "Lines that stay together and level off mean that training is"
                                        + " settled and repeatable.",
                        exploded > 0
                                ? " Dashed lines with a cross exploded (%s of %s)."
                                        .formatted(
                                                Digits.count(exploded), Digits.count(shown.size()))
                                : " None exploded.",
                        axis.logarithmic() ? " The vertical axis is logarithmic." : "",
                        instances.size() > shown.size()
                                ? " Shown are the first %d of %s."
                                        .formatted(shown.size(), Digits.count(instances.size()))
                                : "");
        return Optional.of(new Plot(id, title, reading, spec));
    }

    private static void addCurve(ArrayNode points, InstanceResult instance, LossAxis axis) {
        Series curve = instance.outcome().trainingCurve();
        int stride = Math.max(1, (curve.size() + MOST_POINTS - 1) / MOST_POINTS);
        for (int i = 0; i < curve.size(); i++) {
            double loss = curve.get(i);
            boolean kept = i % stride == 0 || i == curve.size() - 1;
            if (kept && Double.isFinite(loss) && loss > 0) {
                axis.include(loss);
                points.addObject()
                        .put("instance", instance.key().init())
                        .put("epoch", i + 1)
                        .put("loss", (float) loss)
                        .put("outcome", instance.outcome().label());
            }
        }
    }

    private static void addExplosion(ArrayNode ends, ArrayNode beyond, InstanceResult instance) {
        if (!(instance.outcome() instanceof Outcome.Exploded exploded)) {
            return;
        }
        Series curve = exploded.curve();
        double last = curve.size() == 0 ? Double.POSITIVE_INFINITY : curve.get(curve.size() - 1);
        boolean onAxis =
                Double.isFinite(last) && last > 0; // else the cross is drawn at the upper edge
        ObjectNode end =
                (onAxis ? ends : beyond)
                        .addObject()
                        .put("instance", instance.key().init())
                        .put("epoch", Math.max(1, curve.size()))
                        .put("reason", exploded.reason());
        if (onAxis) {
            end.put("loss", (float) last);
        }
    }
}
