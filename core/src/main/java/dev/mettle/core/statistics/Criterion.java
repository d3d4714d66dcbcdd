package dev.mettle.core.statistics;

/**
 * A number per candidate from its losses; smaller is better. Defined on the extended reals, never
 * NaN.
 */
public sealed interface Criterion {
    /** Who is at most this share above another one's is as good. */
    double TOLERANCE = 0.02;

    /** Mean; +infinity if any loss is. */
    record Mean() implements Criterion {}

    /**
     * Median, type 7 of Hyndman and Fan (1996); zero weights are skipped, so that infinities are
     * not multiplied by 0.
     */
    record Median() implements Criterion {}

    /** Largest loss. */
    record Max() implements Criterion {}

    /** Interquartile range, type 7; +infinity if the third quartile is. */
    record Iqr() implements Criterion {}

    /** Standard deviation with n - 1; 0 for one finite loss; +infinity if any loss is. */
    record Std() implements Criterion {}

    /** Std / mean; +infinity if any loss is, or the mean is 0 or less. */
    record Cv() implements Criterion {}

    /**
     * Quantile, type 7.
     *
     * @param q in [0, 1]
     */
    record Quantile(double q) implements Criterion {
        public Quantile {
            if (!(q >= 0 && q <= 1)) {
                throw new IllegalArgumentException("quantile (%s) must be in [0, 1].".formatted(q));
            }
        }
    }

    /**
     * Mean of the worst share 1 - q of the losses (Rockafellar and Uryasev 2000); +infinity if that
     * tail holds one.
     *
     * @param q in [0, 1)
     */
    record Cvar(double q) implements Criterion {
        public Cvar {
            if (!(q >= 0 && q < 1)) {
                throw new IllegalArgumentException("cvar (%s) must be in [0, 1).".formatted(q));
            }
        }
    }

    /**
     * Mean + lambda × std.
     *
     * @param lambda 0 or more, finite
     */
    record MeanPlusStd(double lambda) implements Criterion {
        public MeanPlusStd {
            if (!(lambda >= 0 && lambda < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "mean_plus_std (%s) must be 0 or more.".formatted(lambda));
            }
        }
    }

    /** Returns the name that study files use, such as {@code mean} or {@code quantile(0.9)}. */
    default String label() {
        return switch (this) {
            case Mean _ -> "mean";
            case Median _ -> "median";
            case Max _ -> "max";
            case Iqr _ -> "iqr";
            case Std _ -> "std";
            case Cv _ -> "cv";
            case Quantile(double q) -> "quantile(%s)".formatted(q);
            case Cvar(double q) -> "cvar(%s)".formatted(q);
            case MeanPlusStd(double lambda) -> "mean_plus_std(%s)".formatted(lambda);
        };
    }

    /**
     * Returns this criterion of the losses.
     *
     * @param losses at least one; none NaN, none -infinity; +infinity for a failed instance
     */
    default double of(Losses losses) {
        return switch (this) {
            case Mean _ -> losses.mean();
            case Median _ -> losses.quantile(0.5);
            case Max _ -> losses.max();
            case Iqr _ -> losses.iqr();
            case Std _ -> losses.std();
            case Cv _ -> losses.cv();
            case Quantile(double q) -> losses.quantile(q);
            case Cvar(double q) -> losses.cvar(q);
            case MeanPlusStd(double lambda) -> losses.meanPlusStd(lambda);
        };
    }

    /**
     * Tells whether a constant model would win this criterion, because it looks at spread alone.
     */
    default boolean ignoresLevel() {
        return this instanceof Iqr || this instanceof Std || this instanceof Cv;
    }
}
