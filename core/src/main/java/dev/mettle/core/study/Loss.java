package dev.mettle.core.study;

import dev.mettle.core.data.Task;

/**
 * What a training minimises: PyTorch's formulas and names (docs/math/losses.md), the mean over all
 * rows and outputs of a mini-batch. Losses of a regression see targets as they are scaled for
 * training; those of a classification see logits, so the network ends without sigmoid or softmax.
 */
public sealed interface Loss {
    /** Squared difference. */
    record Mse() implements Loss {}

    /** Absolute difference. */
    record Mae() implements Loss {}

    /**
     * Half the squared difference up to delta, then a straight line (torch.nn.HuberLoss).
     *
     * @param delta positive, in units of the scaled target
     */
    record Huber(double delta) implements Loss {
        public Huber {
            if (!(delta > 0 && delta < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("delta (%s) must be above 0.".formatted(delta));
            }
        }
    }

    /** Logarithm of the hyperbolic cosine of the difference. */
    record LogCosh() implements Loss {}

    /**
     * Pinball loss, which is least at a quantile of the target (Koenker and Bassett 1978).
     *
     * @param q which quantile, in (0, 1)
     */
    record Quantile(double q) implements Loss {
        public Quantile {
            if (!(q > 0 && q < 1)) {
                throw new IllegalArgumentException(
                        "quantile (%s) must be inside (0, 1).".formatted(q));
            }
        }
    }

    /**
     * Cross-entropy of a softmax over one logit per class (torch.nn.CrossEntropyLoss).
     *
     * @param labelSmoothing share of the target that is spread evenly over all classes, in [0, 1)
     */
    record CrossEntropy(double labelSmoothing) implements Loss {
        public CrossEntropy {
            if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
                throw new IllegalArgumentException(
                        "label_smoothing (%s) must be in [0, 1).".formatted(labelSmoothing));
            }
        }
    }

    /** Cross-entropy of two classes from the logit of class 1 (torch.nn.BCEWithLogitsLoss). */
    record Bce() implements Loss {}

    /** Returns the name that study files use. */
    default String label() {
        return switch (this) {
            case Mse _ -> "mse";
            case Mae _ -> "mae";
            case Huber _ -> "huber";
            case LogCosh _ -> "log_cosh";
            case Quantile _ -> "quantile";
            case CrossEntropy _ -> "cross_entropy";
            case Bce _ -> "bce";
        };
    }

    /** Returns the kind of task it is for. */
    default TaskKind kind() {
        return switch (this) {
            case Mse _, Mae _, Huber _, LogCosh _, Quantile _ -> TaskKind.REGRESSION;
            case CrossEntropy _, Bce _ -> TaskKind.CLASSIFICATION;
        };
    }

    /**
     * Returns how many outputs a network must have.
     *
     * @throws IllegalArgumentException when the loss is not for this task
     */
    default int outputs(Task task) {
        return switch (task) {
            case Task.Regression regression when kind() == TaskKind.REGRESSION ->
                    regression.targets().size();
            case Task.Classification classification when this instanceof CrossEntropy ->
                    classification.classes().size();
            case Task.Classification(_, var classes)
                    when this instanceof Bce && classes.size() == 2 ->
                    1;
            case Task.Regression _, Task.Classification _ ->
                    throw new IllegalArgumentException(
                            "loss %s is not for %s.".formatted(label(), task));
        };
    }

    /**
     * Returns the loss on held-out rows that goes with it (docs/decisions/0008-held-out-loss.md).
     */
    default HeldOutLoss heldOut() {
        return switch (this) {
            case Mse _ -> new HeldOutLoss.Mse();
            case Mae _, Huber _, LogCosh _ -> new HeldOutLoss.Mae();
            case Quantile(double q) -> new HeldOutLoss.Quantile(q);
            case CrossEntropy _, Bce _ -> new HeldOutLoss.CrossEntropy();
        };
    }
}
