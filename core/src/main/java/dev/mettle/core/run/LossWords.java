package dev.mettle.core.run;

import dev.mettle.core.data.Task;
import dev.mettle.core.study.HeldOutLoss;
import dev.mettle.core.study.ScaleKind;

import java.util.Locale;

/**
 * What people call the loss of a run, and its unit.
 *
 * @param name such as "cross-entropy"; of several targets begins with "relative"
 * @param unit such as "nats" or "ln² units of energy"; empty for a share of rows
 * @param isShare whether it is a share of rows, which people read in percent
 */
public record LossWords(String name, String unit, boolean isShare) {
    /** Unit of the loss of several targets. */
    private static final String RELATIVE = "1 = a constant model";

    /** Returns the words for a run's loss. */
    public static LossWords of(RunPlan plan) {
        return switch (plan.task()) {
            case Task.Classification _ when plan.loss() instanceof HeldOutLoss.ErrorRate ->
                    new LossWords("error rate", "", true);
            case Task.Classification _ -> new LossWords("cross-entropy", "nats", false);
            case Task.Regression(var targets) when targets.size() > 1 ->
                    new LossWords("relative " + name(plan.loss()), RELATIVE, false);
            case Task.Regression _ -> ofTarget(plan, 0);
        };
    }

    /**
     * Returns the words for the own loss of one target of a regression.
     *
     * @param target from 0, in the order of the task
     */
    public static LossWords ofTarget(RunPlan plan, int target) {
        String of = plan.task().targetNames().get(target);
        boolean logarithmic = plan.targetScales().get(target) == ScaleKind.LOG;
        boolean squared = plan.loss() instanceof HeldOutLoss.Mse;
        String unit;
        if (logarithmic) {
            unit = (squared ? "ln² units of " : "ln units of ") + of;
        } else {
            unit = squared ? of + " squared" : "units of " + of;
        }
        return new LossWords(name(plan.loss()), unit, false);
    }

    private static String name(HeldOutLoss loss) {
        return switch (loss) {
            case HeldOutLoss.Mse _ -> "mean squared error";
            case HeldOutLoss.Mae _ -> "mean absolute error";
            case HeldOutLoss.Quantile(double q) ->
                    String.format(Locale.ROOT, "quantile loss (q = %s)", q);
            case HeldOutLoss.CrossEntropy _ -> "cross-entropy";
            case HeldOutLoss.ErrorRate _ -> "error rate";
        };
    }

    /** Returns name and unit, such as "cross-entropy (nats)". */
    public String withUnit() {
        return unit.isEmpty() ? name : name + " (" + unit + ")";
    }
}
