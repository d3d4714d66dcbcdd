package dev.mettle.core.statistics;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Whether a candidate trains well every time: its cv is at most a limit and no instance failed.
 *
 * @param verdict the answer
 * @param reason one sentence for the user
 * @param cv cv of the losses with its 95 % interval
 * @param instancesToDecide of an undecided candidate: about how many instances would decide, if cv
 *     stays as it is; empty when it is too close to the limit for any affordable number, or more
 *     instances would not help
 * @param warning a sentence on why the interval of cv, and so the verdict, is less sure than it
 *     looks
 */
public record Robustness(
        Verdict verdict,
        String reason,
        Estimate cv,
        OptionalLong instancesToDecide,
        Optional<String> warning) {
    /** Beyond this number of instances no advice is given. */
    private static final double MOST_INSTANCES = 100_000;

    /** The answer. */
    public enum Verdict {
        /** The whole interval of cv is at or below the limit, and no instance failed. */
        YES,
        /** An instance failed, or the whole interval of cv is above the limit. */
        NO,
        /** Too few instances, or the interval of cv holds the limit. */
        UNDECIDED;

        /** Returns the word that files and reports use: yes, no, undecided. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What is asked of a robust candidate.
     *
     * @param cv greatest cv, positive
     * @param instances fewest instances for a verdict, at least 2
     */
    public record Limits(double cv, int instances) {
        /** The paper's: sigma/mu of 10 % over 20 instances. */
        public static final Limits DEFAULT = new Limits(0.10, 20);

        public Limits {
            if (!(cv > 0 && cv < Double.POSITIVE_INFINITY) || instances < 2) {
                throw new IllegalArgumentException(
                        "cv limit (%s) must be positive and instances (%d) 2 or more."
                                .formatted(cv, instances));
            }
        }
    }

    /** Returns the verdict on a candidate of that name, with its reason, as one sentence. */
    public String sentence(String name) {
        return switch (verdict) {
            case YES -> "%s is robust: %s".formatted(name, reason);
            case NO -> "%s is not robust: %s".formatted(name, reason);
            case UNDECIDED -> "whether %s is robust is undecided: %s".formatted(name, reason);
        };
    }

    /** Judges by {@link Limits#DEFAULT}. */
    public static Robustness of(Losses losses) {
        return of(losses, Limits.DEFAULT);
    }

    /** Judges losses of independent instances. */
    public static Robustness of(Losses losses, Limits limits) {
        Estimate cv = LossSummary.estimate(losses, new Criterion.Cv());
        int n = losses.count();
        int failures = losses.failures();
        if (failures > 0) {
            return new Robustness(
                    Verdict.NO,
                    "%d of %d instances failed.".formatted(failures, n),
                    cv,
                    OptionalLong.empty(),
                    Optional.empty());
        }
        if (n < limits.instances()) {
            return tooFew(cv, limits, n);
        }
        if (!(losses.mean() > 0)) {
            String reason =
                    "the mean loss (%s) is not positive, so cv says nothing."
                            .formatted(digits(losses.mean()));
            return new Robustness(
                    Verdict.UNDECIDED, reason, cv, OptionalLong.empty(), Optional.empty());
        }
        return byInterval(cv, limits.cv(), n, warning(losses));
    }

    /**
     * The number that would decide is the least for a verdict, or what the interval needs if that
     * is more.
     */
    private static Robustness tooFew(Estimate cv, Limits limits, int n) {
        boolean straddles = cv.low() <= limits.cv() && limits.cv() < cv.high();
        long byInterval = straddles ? instancesToDecide(cv, limits.cv(), n).orElse(0) : 0;
        String reason =
                "%d %s; a verdict needs %d%s."
                        .formatted(
                                n,
                                n == 1 ? "instance is too few" : "instances are too few",
                                limits.instances(),
                                byInterval > limits.instances()
                                        ? ", and about %d if cv stays at %s"
                                                .formatted(byInterval, percent(cv.value()))
                                        : "");
        return new Robustness(
                Verdict.UNDECIDED,
                reason,
                cv,
                OptionalLong.of(Math.max(limits.instances(), byInterval)),
                Optional.empty());
    }

    private static Robustness byInterval(
            Estimate cv, double limit, int n, Optional<String> warning) {
        String found =
                "cv is %s (95 %% interval %s to %s) over %d instances"
                        .formatted(percent(cv.value()), percent(cv.low()), percent(cv.high()), n);
        if (cv.high() <= limit) {
            String reason =
                    "%s, none of which failed; the limit is %s.".formatted(found, percent(limit));
            return new Robustness(Verdict.YES, reason, cv, OptionalLong.empty(), warning);
        }
        if (cv.low() > limit) {
            String reason = "%s, above the limit of %s.".formatted(found, percent(limit));
            return new Robustness(Verdict.NO, reason, cv, OptionalLong.empty(), warning);
        }
        OptionalLong needed = instancesToDecide(cv, limit, n);
        String advice =
                needed.isPresent()
                        ? "about %d instances would decide if it stays so"
                                .formatted(needed.getAsLong())
                        : "it is too close to it to be decided by more instances";
        return new Robustness(
                Verdict.UNDECIDED,
                "%s; the interval holds the limit of %s: %s."
                        .formatted(found, percent(limit), advice),
                cv,
                needed,
                warning);
    }

    /** Figure of docs/results/coverage.md. */
    private static Optional<String> warning(Losses losses) {
        Spread spread = Spread.of(losses);
        TailCheck tails = spread.tails();
        return tails.heavy()
                ? Optional.of(
                        "The %s have heavier tails than normal (excess kurtosis %s), so the interval of cv is too narrow; with tails like those of Student's t with 3 degrees of freedom it holds the truth in 77 %% of cases, not 95 %%."
                                .formatted(
                                        spread.scale(),
                                        SignificantDigits.of(tails.excessKurtosis(), 2)))
                : Optional.empty();
    }

    /**
     * The interval's length in ln cv shrinks as 1/√n. So the end that lies beyond the limit reaches
     * it at about n (ln(end/cv) / ln(limit/cv))² instances; rounded up to two digits.
     */
    private static OptionalLong instancesToDecide(Estimate cv, double limit, int n) {
        double end = cv.value() <= limit ? cv.high() : cv.low();
        double ratio = StrictMath.log(end / cv.value()) / StrictMath.log(limit / cv.value());
        double needed = n * ratio * ratio;
        if (!(needed <= MOST_INSTANCES)) { // also when cv is the limit itself
            return OptionalLong.empty();
        }
        BigDecimal rounded = new BigDecimal(needed).round(new MathContext(2, RoundingMode.UP));
        return OptionalLong.of(Math.max(n + 1L, rounded.longValue()));
    }

    private static String percent(double share) {
        return Double.isInfinite(share) ? "infinite" : digits(100 * share) + " %";
    }

    private static String digits(double value) {
        return SignificantDigits.of(value, 3);
    }
}
