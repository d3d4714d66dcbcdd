package dev.mettle.report;

import dev.mettle.core.data.Task;
import dev.mettle.core.instance.HeldOut;
import dev.mettle.core.run.LossWords;
import dev.mettle.core.run.RunPlan;
import dev.mettle.core.study.HeldOutLoss;
import dev.mettle.core.study.ScaleKind;

import java.util.List;

/**
 * What the metrics of {@link HeldOut} are called and how they are written: relative ones and shares
 * of rows in percent.
 */
final class MetricMeaning {
    private final RunPlan plan;

    MetricMeaning(RunPlan plan) {
        this.plan = plan;
    }

    /**
     * Returns the metrics that tables of trainings and candidates show beside the loss: of a
     * classification the error rate or the cross-entropy, whichever the loss is not, and AUC; of
     * several targets the loss of each; of one target none.
     */
    List<String> besideTheLoss() {
        return switch (plan.task()) {
            case Task.Classification _ ->
                    List.of(
                            plan.loss() instanceof HeldOutLoss.ErrorRate
                                    ? HeldOut.CROSS_ENTROPY
                                    : HeldOut.ERROR_RATE,
                            HeldOut.AUC);
            case Task.Regression(var targets) when targets.size() > 1 ->
                    targets.stream().map(target -> HeldOut.LOSS + "." + target).toList();
            case Task.Regression _ -> List.of();
        };
    }

    /** Returns the label of a metric of {@link HeldOut}; another one's own name. */
    String label(String metric) {
        int target = target(metric);
        if (target < 0) {
            return switch (metric) {
                case HeldOut.CROSS_ENTROPY -> "cross-entropy (nats)";
                case HeldOut.ERROR_RATE -> "error rate";
                case HeldOut.AUC -> "AUC";
                default -> metric;
            };
        }
        String name = plan.task().targetNames().get(target);
        String kind = kind(metric);
        String relative = logarithmic(target) ? ", relative" : "";
        return switch (kind) {
            case HeldOut.LOSS -> "loss of " + name;
            case HeldOut.SIGMA_EFF ->
                    logarithmic(target)
                            ? "σ_eff(%1$s)/%1$s".formatted(name)
                            : "σ_eff(%s)".formatted(name);
            case HeldOut.BIAS -> "bias of " + name + relative;
            case HeldOut.RMSE -> "RMS error of " + name + relative;
            case HeldOut.MAE -> "mean absolute error of " + name + relative;
            case HeldOut.R2 ->
                    logarithmic(target) ? "R² of ln(%s)".formatted(name) : "R² of " + name;
            default -> metric;
        };
    }

    /** Tells whether a larger value is better: its worst one is then the smallest. */
    static boolean largerIsBetter(String metric) {
        return switch (kind(metric)) {
            case HeldOut.ACCURACY, HeldOut.AUC, HeldOut.R2 -> true;
            default -> false;
        };
    }

    /** Returns name and unit of the own loss of one of several targets. */
    String ownLoss(int target) {
        return LossWords.ofTarget(plan, target).withUnit();
    }

    /** Returns a metric without its target: {@code rmse} of {@code rmse.energy}. */
    static String kind(String metric) {
        int dot = metric.indexOf('.');
        return dot < 0 ? metric : metric.substring(0, dot);
    }

    /** Returns the target of a metric of a regression, from 0; -1 for a metric of anything else. */
    private int target(String metric) {
        if (!(plan.task() instanceof Task.Regression(var targets))) {
            return -1;
        }
        int dot = metric.indexOf('.');
        if (dot >= 0) {
            return targets.indexOf(metric.substring(dot + 1));
        }
        return targets.size() == 1 ? 0 : -1;
    }

    private boolean logarithmic(int target) {
        return plan.targetScales().get(target) == ScaleKind.LOG;
    }

    private boolean inPercent(String metric) {
        int target = target(metric);
        return switch (kind(metric)) {
            case HeldOut.ERROR_RATE, HeldOut.ACCURACY -> true;
            case HeldOut.SIGMA_EFF, HeldOut.BIAS, HeldOut.RMSE, HeldOut.MAE ->
                    target >= 0 && logarithmic(target);
            default -> false;
        };
    }

    /** Returns a metric's mean and spread over instances with their unit. */
    String value(String metric, double mean, double spread) {
        return inPercent(metric)
                ? "(" + Digits.withSpread(100 * mean, 100 * spread) + ")\u00a0%"
                : Digits.withSpread(mean, spread);
    }

    /** Returns a metric of one instance, or an extreme one. */
    String value(String metric, double value) {
        return inPercent(metric) ? Digits.percent(value) : Digits.number(value);
    }

    /** Returns an upper bound of a metric, rounded up. */
    String bound(String metric, double bound) {
        return inPercent(metric) ? Digits.upperPercent(bound) : Digits.upperBound(bound);
    }
}
