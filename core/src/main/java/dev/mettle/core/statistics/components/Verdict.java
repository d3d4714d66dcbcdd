package dev.mettle.core.statistics.components;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The answer of a decomposition in one sentence. */
final class Verdict {
    /** From this probability on, a source is said to dominate. */
    private static final double DECIDED = 0.95;

    private Verdict() {}

    static String of(Decomposition decomposition, VarianceComponents components) {
        LossGrid grid = decomposition.grid();
        VarianceComponents.Component first = components.largest();
        List<String> others = new ArrayList<>();
        for (VarianceComponents.Component component : components.components()) {
            boolean main = Integer.bitCount(component.term()) == 1;
            if (component != first && (main || grid.axes().size() == 2)) {
                others.add(
                        "the %s %s"
                                .formatted(
                                        grid.termWords(component.term()),
                                        percent(component.share().value())));
            }
        }
        String name =
                grid.axes().size() == 2 && first.term() == 3
                        ? "interaction of initial weights and training sample"
                        : grid.termWords(first.term());
        return "The %s makes %s (95 %%: %s) of the variance of %s, %s; %s."
                .formatted(
                        name,
                        percent(first.share().value()),
                        range(first.share()),
                        decomposition.quantity(),
                        String.join(", ", others),
                        domination(name, first.dominates()))
                .replace("initial weights makes", "initial weights make");
    }

    private static String domination(String name, double probability) {
        if (probability >= DECIDED) {
            return "the %s dominate%s with probability %s"
                    .formatted(name, name.endsWith("s") ? "" : "s", probability(probability));
        }
        return "the probability that this is the largest part is only " + probability(probability);
    }

    /** Returns a share as whole percent; a small one that is not 0 is not said to be. */
    private static String percent(double share) {
        return share > 0 && share < 0.005 ? "below 1 %" : Math.round(100 * share) + " %";
    }

    private static String range(VarianceComponents.Interval interval) {
        return "%d to %d %%"
                .formatted(Math.round(100 * interval.low()), Math.round(100 * interval.high()));
    }

    /** Returns a probability; one from draws is never said to be 1. */
    private static String probability(double probability) {
        if (probability > 0.9995) {
            return "above 0.999";
        }
        return String.format(Locale.ROOT, probability >= 0.995 ? "%.3f" : "%.2f", probability);
    }
}
