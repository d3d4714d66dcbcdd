package dev.mettle.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.mettle.core.statistics.EmpiricalDistribution;
import dev.mettle.core.statistics.LossSummary;
import dev.mettle.core.statistics.Losses;

/**
 * The distribution of one candidate's losses as a histogram and as the share of losses at or below
 * each value. At least one loss is finite.
 */
final class DistributionPlots {
    private static final double ROOM_FOR_FAILURES = 0.16;

    private final String name;
    private final LossText text;
    private final Losses losses;
    private final LossAxis axis = new LossAxis();

    DistributionPlots(String name, LossText text, Losses losses) {
        this.name = name;
        this.text = text;
        this.losses = losses;
        axis.include(losses.min());
        axis.include(losses.ordered(losses.count() - losses.failures()));
        Histogram.of(losses, axis.logarithmic())
                .forEach(bar -> {
                    axis.include(bar.from());
                    axis.include(bar.to());
                });
        axis.leaveRoom(losses.failures() > 0 ? ROOM_FOR_FAILURES : 0);
    }

    /** Draws the histogram. */
    Plot histogram(String id) {
        ObjectNode spec = template("histogram");
        ArrayNode bars = Plot.data(spec, "bars");
        for (Histogram.Bar bar : Histogram.of(losses, axis.logarithmic())) {
            bars.addObject().put("from", bar.from()).put("to", bar.to()).put("count", bar.count());
        }
        return new Plot(
                id,
                "%s: how the losses are distributed".formatted(name),
                Html.of(
                        "A bar counts the trainings whose loss lies in it. One hump is noise; two"
                                + " are two ways in which training ends, and a mean describes"
                                + " neither.%s%s",
                        axis.logarithmic()
                                ? " The axis is logarithmic; all bars span the same ratio."
                                : "",
                        failures()),
                spec);
    }

    /** Draws the share of losses at or below each value, with its band. */
    Plot shares(String id) {
        ObjectNode spec = template("ecdf");
        EmpiricalDistribution distribution = new EmpiricalDistribution(losses);
        ArrayNode steps = Plot.data(spec, "steps");
        step(steps, distribution, axis.lowerEnd());
        for (int i = 1; i <= losses.count() - losses.failures(); i++) {
            step(steps, distribution, losses.ordered(i));
        }
        step(steps, distribution, axis.upperEnd());
        return new Plot(
                id,
                "%s: the share of trainings at or below a loss".formatted(name),
                Html.of(
                        "Read it from a loss that you could live with: the line says how many of"
                            + " these %s trainings are at or below it, the band (%s confidence, for"
                            + " all losses at once, whatever the distribution: Dvoretzky, Kiefer"
                            + " and Wolfowitz) how many of all future ones.%s%s",
                        losses.count(),
                        Digits.wholePercent(LossSummary.CONFIDENCE),
                        axis.logarithmic() ? " The axis is logarithmic." : "",
                        failures()),
                spec);
    }

    private static void step(ArrayNode steps, EmpiricalDistribution distribution, double loss) {
        steps.addObject()
                .put("loss", loss)
                .put("share", distribution.at(loss))
                .put("low", distribution.low(loss))
                .put("high", distribution.high(loss));
    }

    private ObjectNode template(String kind) {
        ObjectNode spec = Plot.template(kind);
        ObjectNode x = spec.withObject("/encoding/x");
        axis.apply(x);
        x.put("title", text.axisTitle());
        if (text.isShare()) {
            Plot.writePercent(x);
        }
        ArrayNode failed = Plot.data(spec, "failed");
        if (losses.failures() > 0) {
            failed.addObject().put("failed", losses.failures() + " × ∞");
        }
        return spec;
    }

    private String failures() {
        return losses.failures() == 0
                ? ""
                : " “%d × ∞” at the right edge counts trainings that failed."
                        .formatted(losses.failures());
    }
}
