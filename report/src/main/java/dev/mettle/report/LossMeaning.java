package dev.mettle.report;

import dev.mettle.core.data.Task;
import dev.mettle.core.instance.HeldOut;
import dev.mettle.core.run.LossWords;
import dev.mettle.core.run.RunPlan;
import dev.mettle.core.statistics.Estimate;
import dev.mettle.core.study.HeldOutLoss;
import dev.mettle.core.study.ScaleKind;

/**
 * What the loss of a run is called, how it is written, and what a loss of some size means in the
 * target's own terms ({@link HeldOut}). A mean squared difference of logarithms has a root that is
 * a typical relative error while it is small.
 */
final class LossMeaning {
    /**
     * Above it, exp(root) - 1 and the root differ by more than a sixth, and "relative error" would
     * mislead.
     */
    private static final double LARGEST_RELATIVE = 0.3;

    private final RunPlan plan;
    private final LossWords words;
    private final String target;
    private final boolean logarithmic;

    LossMeaning(RunPlan plan) {
        this.plan = plan;
        this.words = LossWords.of(plan);
        this.target = plan.targetText();
        this.logarithmic = plan.targetScales().getFirst() == ScaleKind.LOG;
    }

    /** Returns the unit of a loss, with the loss's name where it is not the squared error. */
    String unit() {
        return plainSquares() ? words.unit() : words.withUnit();
    }

    /** Returns what a loss is called in a sentence: just so for a squared error. */
    String noun() {
        return switch (plan.task()) {
            case Task.Regression _ -> "loss";
            case Task.Classification _ -> words.name();
        };
    }

    /** Returns the noun with its article: "a loss", "an error rate". */
    String aNoun() {
        return (words.isShare() ? "an " : "a ") + noun();
    }

    /** Returns the title of an axis of losses. */
    String axisTitle() {
        return plainSquares() ? "loss (" + words.unit() + ")" : words.withUnit();
    }

    private boolean plainSquares() {
        return plan.loss() instanceof HeldOutLoss.Mse && plan.task().targetCount() == 1;
    }

    /** Returns how losses are called and written. */
    LossText text() {
        return new LossText(noun(), axisTitle(), isShare());
    }

    /** Tells whether people read the loss in percent. */
    boolean isShare() {
        return words.isShare();
    }

    /** Returns a loss, in percent if it is a share. */
    String shown(double loss) {
        return text().shown(loss);
    }

    /** Returns the ends of an interval; a dash where one of them is infinite. */
    String interval(Estimate estimate) {
        return text().interval(estimate);
    }

    /** Returns an upper bound of the loss, rounded up, in percent if it is a share. */
    String bound(double bound) {
        return words.isShare() ? Digits.upperPercent(bound) : Digits.upperBound(bound);
    }

    /** Returns a sentence on what a loss of this size means; finite, 0 or more. */
    String sentence(double loss) {
        return switch (plan.task()) {
            case Task.Classification classification ->
                    ofClasses(loss, classification.classes().size());
            case Task.Regression regression when regression.targets().size() > 1 ->
                    ofSeveral(loss, regression.targets().size());
            case Task.Regression _ -> ofOne(loss);
        };
    }

    private String ofClasses(double loss, int classes) {
        return words.isShare()
                ? "An error rate of %s means that about %s of 1,000 rows are put into a wrong class; guessing evenly among %d classes is wrong in %s."
                        .formatted(
                                bound(loss),
                                Digits.count(Math.round(1000 * loss)),
                                classes,
                                Digits.percent(1 - 1.0 / classes))
                : "A cross-entropy of %s nats means that the true class is typically given a probability of about %s (the geometric mean over the rows); guessing evenly among %d classes has %s nats."
                        .formatted(
                                bound(loss),
                                roughly(Math.exp(-loss)),
                                classes,
                                Digits.factor(Math.log(classes)));
    }

    private String ofSeveral(double loss, int targets) {
        String rest =
                switch (plan.loss()) {
                    case HeldOutLoss.Mse _ -> "of the variance of %s is left unexplained";
                    default -> "of a constant model's error in %s is left";
                };
        return "The loss is the mean of %d losses, one of each target, each divided by that of the best constant prediction. A loss of %s means that on average %s %s."
                .formatted(targets, bound(loss), roughly(loss), rest.formatted(target));
    }

    private String ofOne(double loss) {
        return switch (plan.loss()) {
            case HeldOutLoss.Mae _ -> ofAbsolute(loss);
            case HeldOutLoss.Quantile(double q) ->
                    "A loss of %s is the mean cost of predictions that aim at the %s quantile of %s: each unit%s below the target costs %s, each above it %s."
                            .formatted(
                                    bound(loss),
                                    Digits.wholePercent(q),
                                    target,
                                    logarithmic ? " of ln" : "",
                                    Digits.factor(q),
                                    Digits.factor(1 - q));
            case HeldOutLoss.Mse _, HeldOutLoss.CrossEntropy _, HeldOutLoss.ErrorRate _ ->
                    ofSquares(loss);
        };
    }

    private String ofAbsolute(double loss) {
        String meaning = "A loss of %s means predictions of %s that are off by ";
        String how =
                !logarithmic
                        ? Digits.factor(loss) + " in its own unit on average."
                        : loss <= LARGEST_RELATIVE
                                ? "about %s on average (the mean absolute difference of logarithms)."
                                        .formatted(roughly(loss))
                                : "a factor of about %s on average (the loss is the mean absolute difference of logarithms)."
                                        .formatted(Digits.factor(Math.exp(loss)));
        return meaning.formatted(bound(loss), target) + how;
    }

    private String ofSquares(double loss) {
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
}
