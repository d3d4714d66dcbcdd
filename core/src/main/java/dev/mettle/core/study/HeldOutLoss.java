package dev.mettle.core.study;

/**
 * What is measured on held-out rows, and what criteria, ledger and certificate call the loss
 * (docs/math/metrics.md). Losses of a regression are in the target's own unit, after its transform.
 */
public sealed interface HeldOutLoss {
    /** Mean squared difference. */
    record Mse() implements HeldOutLoss {}

    /** Mean absolute difference. */
    record Mae() implements HeldOutLoss {}

    /**
     * Mean pinball loss.
     *
     * @param q which quantile, in (0, 1)
     */
    record Quantile(double q) implements HeldOutLoss {
        public Quantile {
            if (!(q > 0 && q < 1)) {
                throw new IllegalArgumentException(
                        "quantile (%s) must be inside (0, 1).".formatted(q));
            }
        }
    }

    /** Mean of -ln of the probability given to the true class. */
    record CrossEntropy() implements HeldOutLoss {}

    /** Share of rows whose most probable class is not the true one. */
    record ErrorRate() implements HeldOutLoss {}

    /** Returns the name that study files, ledgers and tables use, such as quantile(0.9). */
    default String label() {
        return switch (this) {
            case Mse _ -> "mse";
            case Mae _ -> "mae";
            case Quantile(double q) -> "quantile(" + q + ")";
            case CrossEntropy _ -> "cross_entropy";
            case ErrorRate _ -> "error_rate";
        };
    }

    /**
     * Undoes {@link #label()}.
     *
     * @throws IllegalArgumentException when nothing has this label
     */
    static HeldOutLoss of(String label) {
        return switch (label) {
            case "mse" -> new Mse();
            case "mae" -> new Mae();
            case "cross_entropy" -> new CrossEntropy();
            case "error_rate" -> new ErrorRate();
            default -> {
                if (!label.startsWith("quantile(") || !label.endsWith(")")) {
                    throw new IllegalArgumentException("no loss is called " + label + ".");
                }
                yield new Quantile(
                        Double.parseDouble(
                                label.substring("quantile(".length(), label.length() - 1)));
            }
        };
    }

    /** Returns the kind of task it is for. */
    default TaskKind kind() {
        return switch (this) {
            case Mse _, Mae _, Quantile _ -> TaskKind.REGRESSION;
            case CrossEntropy _, ErrorRate _ -> TaskKind.CLASSIFICATION;
        };
    }
}
