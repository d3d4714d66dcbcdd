package dev.mettle.core.study;

import java.util.Optional;

/**
 * How the learning rate changes while a network is trained: PyTorch's formulas and names
 * (docs/math/schedules.md). Epochs count from the end of the {@link Warmup}; lr is the optimiser's
 * learning rate.
 */
public sealed interface Schedule {
    /** Always lr. */
    record Constant() implements Schedule {}

    /**
     * Times {@code factor} after each {@code every} epochs (torch's StepLR).
     *
     * @param every epochs, at least 1
     * @param factor in (0, 1]
     */
    record Step(int every, double factor) implements Schedule {
        public Step {
            requireWhole("every", every, 1);
            requireShare("factor", factor);
        }
    }

    /**
     * Times {@code factor} after each epoch (torch's ExponentialLR).
     *
     * @param factor in (0, 1]
     */
    record Exponential(double factor) implements Schedule {
        public Exponential {
            requireShare("factor", factor);
        }
    }

    /**
     * Half a cosine from lr down to {@code min} times lr (torch's CosineAnnealingLR, epoch by
     * epoch), which the epoch after the last one would have.
     *
     * @param min share of lr, in [0, 1]
     */
    record Cosine(double min) implements Schedule {
        public Cosine {
            requireFraction("min", min);
        }
    }

    /**
     * Half a cosine up to lr and another down to almost nothing, mini-batch by mini-batch (torch's
     * OneCycleLR, two phases, anneal_strategy cos).
     *
     * @param pctStart share of the steps that the rise takes, in [0, 1]
     * @param divFactor lr by the first learning rate, at least 1
     * @param finalDivFactor the first by the last learning rate, at least 1
     * @param momentum what momentum does meanwhile; none leaves the optimiser's own
     */
    record OneCycle(
            double pctStart, double divFactor, double finalDivFactor, Optional<Momentum> momentum)
            implements Schedule {
        public OneCycle {
            requireFraction("pct_start", pctStart);
            requireDivisor("div_factor", divFactor);
            requireDivisor("final_div_factor", finalDivFactor);
        }
    }

    /**
     * Momentum (of adam, adamw and lion the first beta) that falls while the learning rate rises
     * and rises while it falls; the optimiser's own is not used.
     *
     * @param base lowest, in [0, 1), at most {@code max}
     * @param max first and last, in [0, 1)
     */
    record Momentum(double base, double max) {
        public Momentum {
            if (!(0 <= base && base <= max && max < 1)) {
                throw new IllegalArgumentException(
                        "base_momentum (%s) and max_momentum (%s) must be in [0, 1) in this order."
                                .formatted(base, max));
            }
        }
    }

    /**
     * Times {@code factor}, but never below {@code min} times lr, when the epoch's mean training
     * loss has not fallen by the share {@code threshold} for more than {@code patience} epochs
     * (torch's ReduceLROnPlateau, mode min, threshold_mode rel).
     *
     * @param factor in (0, 1)
     * @param patience epochs, at least 0
     * @param threshold in [0, 1)
     * @param cooldown epochs after a reduction that do not count, at least 0
     * @param min share of lr, in [0, 1]
     */
    record ReduceOnPlateau(double factor, int patience, double threshold, int cooldown, double min)
            implements Schedule {
        public ReduceOnPlateau {
            requireShare("factor", factor);
            requireWhole("patience", patience, 0);
            requireFraction("threshold", threshold);
            requireWhole("cooldown", cooldown, 0);
            requireFraction("min", min);
        }
    }

    private static void requireWhole(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(
                    "%s (%d) must be %d or more.".formatted(name, value, least));
        }
    }

    private static void requireShare(String name, double value) {
        if (!(value > 0 && value <= 1)) {
            throw new IllegalArgumentException("%s (%s) must be in (0, 1].".formatted(name, value));
        }
    }

    private static void requireFraction(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("%s (%s) must be in [0, 1].".formatted(name, value));
        }
    }

    private static void requireDivisor(String name, double value) {
        if (!(value >= 1 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("%s (%s) must be 1 or more.".formatted(name, value));
        }
    }
}
