package dev.mettle.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.mettle.core.run.RunPlan;
import dev.mettle.core.statistics.components.Decomposition;
import dev.mettle.core.statistics.components.LossGrid;
import dev.mettle.core.statistics.components.VarianceComponents.Component;

/** The share of each source in the variance, as bars with intervals. */
final class SharePlot {
    private static final int ROW_HEIGHT = 50;
    private static final double TITLE = 0.22;
    private static final double TOP = 0.42;
    private static final double BOTTOM = 0.88;

    private final RunPlan plan;
    private final Decomposition decomposition;
    private final Decomposition.Determined determined;

    SharePlot(RunPlan plan, Decomposition decomposition, Decomposition.Determined determined) {
        this.plan = plan;
        this.decomposition = decomposition;
        this.determined = determined;
    }

    Plot plot(String id, String name) {
        ObjectNode spec = Plot.template("shares");
        LossGrid grid = decomposition.grid();
        ArrayNode rows = Plot.data(spec, "shares");
        ArrayNode corrected = Plot.data(spec, "corrected");
        int row = 0;
        for (Component component : determined.components().components()) {
            rows.addObject()
                    .put(
                            "title",
                            "%s: %s (%s to %s)"
                                    .formatted(
                                            grid.termWords(component.term()),
                                            percent(component.share().value()),
                                            percent(component.share().low()),
                                            percent(component.share().high())))
                    .put("zero", 0)
                    .put("share", component.share().value())
                    .put("low", component.share().low())
                    .put("high", component.share().high())
                    .put("row", row + TITLE)
                    .put("top", row + TOP)
                    .put("bottom", row + BOTTOM)
                    .put("middle", row + (TOP + BOTTOM) / 2);
            int line = row;
            determined
                    .corrected()
                    .ifPresent(all ->
                            corrected
                                    .addObject()
                                    .put("share", all.of(component.term()).share().value())
                                    .put("row", line + (TOP + BOTTOM) / 2));
            row++;
        }
        spec.withObject("/encoding/y/scale").putArray("domain").add(row).add(0);
        spec.put("height", ROW_HEIGHT * row);
        return new Plot(id, "%s: who makes the variance".formatted(name), reading(), spec);
    }

    private Html reading() {
        return Html.of(
                "Each bar is the share of one source in the variance of %s, the line across its end"
                    + " the 95\u00a0%% interval: another grid of the same size would move the bar"
                    + " about that far.%s",
                decomposition.quantity(), determined.corrected().isEmpty() ? Html.NONE : endless());
    }

    private Html endless() {
        return Html.of(
                " White diamonds are the shares that an endless pool would give: samples of %s of"
                    + " the same %s rows (n/N = %s) resemble one another, which hides that part of"
                    + " the sample's variance.",
                Digits.count(plan.sample()),
                Digits.count(plan.pool()),
                Digits.percent((double) plan.sample() / plan.pool()));
    }

    /** Returns whole percent, with a decimal below one. */
    private static String percent(double share) {
        double percent = 100 * share;
        if (percent == 0 || percent >= 0.95) {
            return Math.round(percent) + "\u00a0%";
        }
        return percent < 0.05 ? "<0.1\u00a0%" : Math.round(10 * percent) / 10.0 + "\u00a0%";
    }
}
