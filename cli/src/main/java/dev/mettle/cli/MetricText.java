package dev.mettle.cli;

import dev.mettle.core.data.Task;
import dev.mettle.core.instance.HeldOut;
import dev.mettle.core.run.LossWords;
import dev.mettle.core.run.MetricRange;
import dev.mettle.core.run.RunPlan;
import dev.mettle.core.study.ScaleKind;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Losses and metrics as lines of text: shares and relative errors in percent. */
final class MetricText {
    private final RunPlan plan;
    private final LossWords words;

    MetricText(RunPlan plan) {
        this.plan = plan;
        this.words = LossWords.of(plan);
    }

    /** Returns a loss, in percent if it is a share of rows. */
    String loss(double loss) {
        return words.isShare() ? Numbers.percent(loss) : Numbers.shown(loss);
    }

    /** Returns what is at most what: "a loss of at most 0.0047". */
    String bounded(double bound) {
        String noun = plan.task() instanceof Task.Regression ? "loss" : words.name();
        return "%s %s of at most %s"
                .formatted(
                        words.isShare() ? "an" : "a",
                        noun,
                        words.isShare() ? percentBound(bound) : Numbers.bound(bound));
    }

    /** Returns the bounds of metrics, such as "error rate at most 5.8 %". */
    List<String> bounds(Map<String, Double> bounds) {
        List<String> texts = new ArrayList<>();
        bounds.forEach((metric, bound) ->
                texts.add(
                        "%s at most %s"
                                .formatted(
                                        label(metric),
                                        metric.equals(HeldOut.ERROR_RATE)
                                                ? percentBound(bound)
                                                : Numbers.bound(bound))));
        return texts;
    }

    private static String percentBound(double share) {
        return Double.isInfinite(share) ? "infinite" : Numbers.bound(100 * share) + " %";
    }

    private static String label(String metric) {
        if (metric.equals(HeldOut.CROSS_ENTROPY)) {
            return "cross-entropy";
        }
        int dot = metric.indexOf('.');
        return dot < 0
                ? metric.replace('_', ' ')
                : metric.substring(0, dot).replace('_', ' ') + " of " + metric.substring(dot + 1);
    }

    /** Returns the metrics of a winner, a line for each output. */
    List<String> lines(Map<String, MetricRange> metrics) {
        return switch (plan.task()) {
            case Task.Classification _ -> ofClasses(metrics);
            case Task.Regression(var targets) -> {
                List<String> lines = new ArrayList<>();
                for (int t = 0; t < targets.size(); t++) {
                    lines.addAll(ofTarget(t, targets.size() > 1, metrics));
                }
                yield lines;
            }
        };
    }

    private static List<String> ofClasses(Map<String, MetricRange> metrics) {
        List<String> parts = new ArrayList<>();
        metrics.forEach((name, range) -> {
            boolean share = name.equals(HeldOut.ERROR_RATE) || name.equals(HeldOut.ACCURACY);
            boolean loss = name.equals(HeldOut.ERROR_RATE) || name.equals(HeldOut.CROSS_ENTROPY);
            double worst = loss ? range.max() : range.min();
            parts.add(
                    "%s %s (worst %s)"
                            .formatted(
                                    label(name),
                                    share
                                            ? Numbers.percent(range.mean())
                                            : Numbers.shown(range.mean()),
                                    share ? Numbers.percent(worst) : Numbers.shown(worst)));
        });
        return parts.isEmpty()
                ? List.of()
                : List.of("  metrics    %s".formatted(String.join(", ", parts)));
    }

    private List<String> ofTarget(int target, boolean several, Map<String, MetricRange> metrics) {
        String name = plan.task().targetNames().get(target);
        String suffix = several ? "." + name : "";
        boolean relative = plan.targetScales().get(target) == ScaleKind.LOG;
        MetricRange width = metrics.get(HeldOut.SIGMA_EFF + suffix);
        MetricRange bias = metrics.get(HeldOut.BIAS + suffix);
        if (width == null) {
            return List.of();
        }
        MetricRange loss = metrics.get(HeldOut.LOSS + suffix);
        return List.of(
                String.format(
                        Locale.ROOT,
                        "  %s %s%s of %s %s, bias %s (means over the instances)",
                        several && target > 0 ? "          " : "metrics   ",
                        loss == null ? "" : "loss %s, ".formatted(Numbers.shown(loss.mean())),
                        relative ? "relative resolution (sigma_eff)" : "sigma_eff",
                        name,
                        shown(width, relative),
                        bias == null ? "unknown" : shown(bias, relative)));
    }

    private static String shown(MetricRange range, boolean relative) {
        return relative ? Numbers.percent(range.mean()) : Numbers.shown(range.mean());
    }
}
