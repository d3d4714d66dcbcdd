package dev.mettle.report;

import dev.mettle.core.instance.HeldOut;
import dev.mettle.core.run.RunPlan;
import dev.mettle.core.study.ScaleKind;

/**
 * What a loss and a metric mean in the target's own terms. The loss is a mean squared difference
 * ({@link HeldOut}): of logarithms when the target's scale is one, so that its root is a typical
 * relative error while it is small.
 */
final class LossMeaning {
    /**
     * Above it, exp(root) - 1 and the root differ by more than a sixth, and "relative error" would
     * mislead.
     */
    private static final double LARGEST_RELATIVE = 0.3;

    private final String target;
    private final boolean logarithmic;

    LossMeaning(RunPlan plan) {
        this.target = plan.targetText();
        this.logarithmic = plan.targetScales().getFirst() == ScaleKind.LOG;
    }

    /** Returns the unit of a loss. */
    String unit() {
        return logarithmic ? "ln² units of " + target : target + " squared";
    }

    /** Returns a sentence on what a loss of this size means; finite, 0 or more. */
    String sentence(double loss) {
        double root = Math.sqrt(loss);
        if (!logarithmic) {
            return "A loss of %s means predictions of %s that are typically off by about %s in its own unit (the square root of the loss)."
                    .formatted(Digits.upperBound(loss), target, Digits.factor(root));
        }
        if (root <= LARGEST_RELATIVE) {
            return "A loss of %s means predictions of %s that are typically off by about %s (the square root of the loss, which is the mean squared difference of logarithms)."
                    .formatted(Digits.upperBound(loss), target, roughly(root));
        }
        return "A loss of %s means predictions of %s that are typically off by a factor of about %s (the loss is the mean squared difference of logarithms)."
                .formatted(Digits.upperBound(loss), target, Digits.factor(Math.exp(root)));
    }

    private static String roughly(double share) {
        return Digits.factor(100 * share) + "\u00a0%";
    }

    /** Returns the label of a metric of {@link HeldOut}; another one's own name. */
    String label(String metric) {
        return switch (metric) {
            case HeldOut.SIGMA_EFF ->
                    logarithmic
                            ? "σ_eff(%1$s)/%1$s".formatted(target)
                            : "σ_eff(%s)".formatted(target);
            case HeldOut.BIAS ->
                    logarithmic ? "bias of %s, relative".formatted(target) : "bias of " + target;
            case HeldOut.RMSE ->
                    logarithmic
                            ? "RMS error of %s, relative".formatted(target)
                            : "RMS error of " + target;
            default -> metric;
        };
    }

    /**
     * Returns a metric's mean and spread over instances with their unit: relative ones in percent,
     * others as they are.
     */
    String value(String metric, double mean, double spread) {
        return logarithmic && relative(metric)
                ? "(" + Digits.withSpread(100 * mean, 100 * spread) + ")\u00a0%"
                : Digits.withSpread(mean, spread);
    }

    private static boolean relative(String metric) {
        return metric.equals(HeldOut.SIGMA_EFF)
                || metric.equals(HeldOut.BIAS)
                || metric.equals(HeldOut.RMSE);
    }
}
