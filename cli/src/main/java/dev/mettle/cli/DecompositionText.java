package dev.mettle.cli;

import dev.mettle.core.run.GridDesign;
import dev.mettle.core.run.LossWords;
import dev.mettle.core.run.RunPlan;
import dev.mettle.core.statistics.Losses;
import dev.mettle.core.statistics.SignificantDigits;
import dev.mettle.core.statistics.components.Arms;
import dev.mettle.core.statistics.components.Decomposition;
import dev.mettle.core.statistics.components.Failures;
import dev.mettle.core.statistics.components.LossGrid;
import dev.mettle.core.statistics.components.SpreadComparison;
import dev.mettle.core.statistics.components.SpreadRange;
import dev.mettle.core.statistics.components.VarianceComponents;
import dev.mettle.core.statistics.components.VarianceComponents.Component;
import dev.mettle.core.statistics.components.VarianceComponents.Interval;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** A decomposition as lines for people: the answer first. */
final class DecompositionText {
    private static final int MOST_LEVELS = 8;
    private static final double CLUSTERED = 0.05;

    private final DecompositionResult result;
    private final Decomposition decomposition;
    private final LossGrid grid;
    private final List<String> lines = new ArrayList<>();

    private DecompositionText(DecompositionResult result) {
        this.result = result;
        this.decomposition = result.decomposition();
        this.grid = decomposition.grid();
    }

    static String of(DecompositionResult result) {
        return new DecompositionText(result).text();
    }

    /** Returns the size of a design: 16 inits x 16 samples. */
    static String size(GridDesign design) {
        List<String> parts = new ArrayList<>();
        List<String> names = List.of("inits", "samples", "orders");
        for (int factor = 0; factor < design.levels().size(); factor++) {
            parts.add(design.levels().get(factor) + " " + names.get(factor));
        }
        return String.join(" x ", parts);
    }

    private String text() {
        add("%s", decomposition.verdict());
        add("");
        add(
                "%s: %s, %,d trainings, %d failed%s",
                result.candidate(),
                size(),
                grid.losses().size(),
                decomposition.failures().count(),
                result.trained()
                        .map(t -> "; loss: " + LossWords.of(t.plan()).withUnit())
                        .orElse(""));
        if (decomposition.result() instanceof Decomposition.Determined determined) {
            components(determined.components());
            determined.corrected().ifPresent(this::finitePool);
            ranges();
        }
        failures(decomposition.failures());
        result.arms().ifPresent(this::arms);
        result.trained()
                .filter(DecompositionResult.Trained::orderTied)
                .ifPresent(_ ->
                        add(
                                "The order of mini-batches follows from init here, and counts as"
                                        + " init; --sources init,sample,order takes it apart."));
        decomposition.warnings().forEach(warning -> add("warning: %s", warning));
        result.trained().ifPresent(t -> add("report     %s", t.directory().report()));
        return String.join("\n", lines);
    }

    private void add(String format, Object... values) {
        lines.add(String.format(Locale.ROOT, format, values).stripTrailing());
    }

    private String size() {
        List<String> parts = new ArrayList<>();
        for (LossGrid.Axis axis : grid.axes()) {
            parts.add("%d %ss".formatted(axis.labels().size(), axis.name()));
        }
        return String.join(" x ", parts);
    }

    private void components(VarianceComponents components) {
        String row = "%-22s %-7s %-15s %-11s %-8s %s";
        add(
                row,
                "",
                "share",
                "95 % interval",
                "P(largest)",
                "std",
                "95 % interval, std of " + decomposition.quantity());
        for (Component component : components.components()) {
            Interval variance = component.variance();
            add(
                    row,
                    grid.term(component.term()),
                    percent(component.share().value()),
                    range(component.share()),
                    probability(component.dominates()),
                    Numbers.shown(Math.sqrt(variance.value())),
                    "%s to %s"
                            .formatted(
                                    Numbers.shown(Math.sqrt(variance.low())),
                                    Numbers.shown(Math.sqrt(variance.high()))));
        }
        add(row, "all together", "100 %", "", "", Numbers.shown(Math.sqrt(components.total())), "");
    }

    private static String percent(double share) {
        return figure(share) + " %";
    }

    private static String range(Interval interval) {
        return figure(interval.low()) + " to " + figure(interval.high()) + " %";
    }

    /** Returns whole percent, with a decimal below one. */
    private static String figure(double share) {
        double percent = 100 * share;
        return percent == 0 || percent >= 0.95
                ? String.format(Locale.ROOT, "%.0f", percent)
                : percent < 0.05 ? "<0.1" : String.format(Locale.ROOT, "%.1f", percent);
    }

    private static String probability(double probability) {
        return probability > 0.9995
                ? "> 0.999"
                : probability < 0.0005
                        ? "< 0.001"
                        : String.format(Locale.ROOT, "%.3f", probability);
    }

    /** Says what the shares would be if the pool were endless. */
    private void finitePool(VarianceComponents corrected) {
        RunPlan plan = result.trained().orElseThrow().plan();
        List<String> shares = new ArrayList<>();
        for (Component component : corrected.components()) {
            if (Integer.bitCount(component.term()) == 1 || grid.axes().size() == 2) {
                shares.add(
                        "%s %s (%s)"
                                .formatted(
                                        grid.term(component.term()),
                                        percent(component.share().value()),
                                        range(component.share())));
            }
        }
        add(
                "finite pool: n/N is %,d of %,d rows, %.1f %%, which hides that part of the"
                        + " sample's variance; without it: %s",
                plan.sample(),
                plan.pool(),
                100.0 * plan.sample() / plan.pool(),
                String.join(", ", shares));
    }

    private void ranges() {
        for (SpreadRange range : decomposition.ranges()) {
            add(
                    "std over the %ss alone, the rest held fixed: %s to %s (median %s of %d)",
                    grid.axes().get(range.factor()).name(),
                    Numbers.shown(range.smallest()),
                    Numbers.shown(range.largest()),
                    Numbers.shown(range.median()),
                    range.count());
        }
    }

    private void failures(Failures failures) {
        if (failures.count() == 0) {
            return;
        }
        for (int factor = 0; factor < grid.axes().size(); factor++) {
            OptionalDouble clustering = failures.clustering().get(factor);
            add(
                    "failed by %s: %s%s",
                    grid.axes().get(factor).name(),
                    levels(failures.byLevel().get(factor), grid.axes().get(factor)),
                    clustering.isEmpty()
                            ? ""
                            : "; %s (permutation test p = %s)"
                                    .formatted(
                                            clustering.getAsDouble() < CLUSTERED
                                                    ? "they cluster"
                                                    : "no sign that they cluster",
                                            SignificantDigits.of(clustering.getAsDouble(), 2)));
        }
    }

    /** Returns the levels with the most failures. */
    private static String levels(List<Integer> counts, LossGrid.Axis axis) {
        List<Integer> failed = new ArrayList<>();
        for (int level = 0; level < counts.size(); level++) {
            if (counts.get(level) > 0) {
                failed.add(level);
            }
        }
        failed.sort((a, b) -> Integer.compare(counts.get(b), counts.get(a)));
        List<String> parts = new ArrayList<>();
        for (int level : failed.subList(0, Math.min(MOST_LEVELS, failed.size()))) {
            parts.add("%s (%d)".formatted(axis.labels().get(level), counts.get(level)));
        }
        return "%d of %d levels: %s%s"
                .formatted(
                        failed.size(),
                        counts.size(),
                        String.join(", ", parts),
                        failed.size() > MOST_LEVELS ? ", ..." : "");
    }

    private void arms(Arms arms) {
        add("arms: %s", arms.verdict());
        Optional<SpreadComparison> found = arms.comparison();
        add("  one sample, %s", arm(arms.inits(), "inits", found.map(SpreadComparison::firstStd)));
        add(
                "  one init, %s",
                arm(arms.samples(), "samples", found.map(SpreadComparison::secondStd)));
        add(
                "  The first has the variance of init plus interaction at that one sample, the"
                        + " second that of sample plus interaction at that one init; with another"
                        + " sample or init they would differ as the lines above show.");
    }

    private static String arm(Losses losses, String what, Optional<Double> std) {
        return "%d fresh %s: mean loss %s, %d failed%s"
                .formatted(
                        losses.count(),
                        what,
                        Numbers.shown(losses.mean()),
                        losses.failures(),
                        std.map(value -> ", std " + Numbers.shown(value)).orElse(""));
    }
}
