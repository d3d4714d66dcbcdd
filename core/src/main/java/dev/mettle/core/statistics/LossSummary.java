package dev.mettle.core.statistics;

import org.apache.commons.statistics.distribution.TDistribution;

import java.util.List;
import java.util.Optional;

/**
 * What the losses of independent instances say about a candidate: each criterion with a two-sided
 * 95 % interval and the sampling noise of the statistic itself. Immutable. Formulas, sources and
 * measured coverage: docs/math/intervals.md.
 *
 * <ul>
 *   <li>mean: Student's t, and the studentised bootstrap ({@link #meanByBootstrap});
 *   <li>median and quantiles: order statistics, exact for any continuous distribution; no limit on
 *       a side for which there are too few losses (upper limit of the 0.9 quantile: 36 are needed,
 *       of 0.95: 72);
 *   <li>std and cv: chi-square on log-losses, or on the losses themselves if one is 0 or less;
 *   <li>max: no upper limit; its method says which share of all losses it bounds;
 *   <li>iqr, cvar and mean_plus_std: BCa bootstrap. For iqr and cvar at small n it is a
 *       description, not a guarantee.
 * </ul>
 *
 * <p>A failed instance (loss +infinity) proves that failures have a positive probability; so mean,
 * max, std, cv, cvar and mean_plus_std are then +infinity for the whole distribution, and so are
 * both their limits. Median, quantiles and iqr stay finite while their order statistics are.
 */
public final class LossSummary {
    /** Level of every interval. */
    public static final double CONFIDENCE = 0.95;

    /** The criteria summarised unless others are asked for. */
    public static final List<Criterion> STANDARD =
            List.of(
                    new Criterion.Mean(),
                    new Criterion.Median(),
                    new Criterion.Max(),
                    new Criterion.Iqr(),
                    new Criterion.Std(),
                    new Criterion.Cv(),
                    new Criterion.Quantile(0.9),
                    new Criterion.Quantile(0.95),
                    new Criterion.Cvar(0.9));

    private static final double TAIL = (1 - CONFIDENCE) / 2;

    private final Losses losses;
    private final List<Estimate> estimates;

    private LossSummary(Losses losses, List<Estimate> estimates) {
        this.losses = losses;
        this.estimates = List.copyOf(estimates);
    }

    /** Summarises {@link #STANDARD}. */
    public static LossSummary of(Losses losses) {
        return of(losses, STANDARD);
    }

    /** Summarises the criteria given, in that order. */
    public static LossSummary of(Losses losses, List<Criterion> criteria) {
        return new LossSummary(losses, criteria.stream().map(c -> estimate(losses, c)).toList());
    }

    /** Returns one criterion with interval and noise. */
    public static Estimate estimate(Losses losses, Criterion criterion) {
        String name = criterion.label();
        return switch (criterion) {
            case Criterion.Median _ -> OrderStatistics.quantile(name, losses, 0.5);
            case Criterion.Quantile(double q) -> OrderStatistics.quantile(name, losses, q);
            case Criterion.Iqr _ -> BcaBootstrap.estimate(name, losses, Losses::iqr, 0);
            case Criterion.Mean _,
                    Criterion.Max _,
                    Criterion.Std _,
                    Criterion.Cv _,
                    Criterion.Cvar _,
                    Criterion.MeanPlusStd _ ->
                    losses.failures() > 0 ? Estimate.infinite(name) : ofFinite(losses, criterion);
        };
    }

    private static Estimate ofFinite(Losses losses, Criterion criterion) {
        String name = criterion.label();
        return switch (criterion) {
            case Criterion.Mean _ -> mean(losses);
            case Criterion.Max _ -> OrderStatistics.max(name, losses);
            case Criterion.Std _ -> Spread.of(losses).std(name);
            case Criterion.Cv _ -> Spread.of(losses).cv(name);
            case Criterion.Median _,
                    Criterion.Quantile _,
                    Criterion.Iqr _,
                    Criterion.Cvar _,
                    Criterion.MeanPlusStd _ ->
                    BcaBootstrap.estimate(name, losses, criterion::of, Double.NEGATIVE_INFINITY);
        };
    }

    private static Estimate mean(Losses losses) {
        int n = losses.count();
        String name = new Criterion.Mean().label();
        double mean = losses.mean();
        if (n == 1) {
            return Estimate.unknown(
                    name, mean, Double.NEGATIVE_INFINITY, "no interval from one loss");
        }
        double standardError = losses.std() / Math.sqrt(n);
        double half = TDistribution.of(n - 1.0).inverseSurvivalProbability(TAIL) * standardError;
        return new Estimate(name, mean, mean - half, mean + half, standardError, "Student t");
    }

    /** Returns the number of losses. */
    public int count() {
        return losses.count();
    }

    /** Returns the number of failed instances among them. */
    public int failures() {
        return losses.failures();
    }

    /** Returns the criteria, in the order asked for. */
    public List<Estimate> estimates() {
        return estimates;
    }

    /** Returns the estimate of this criterion, if it was asked for. */
    public Optional<Estimate> find(Criterion criterion) {
        String name = criterion.label();
        return estimates.stream().filter(estimate -> estimate.name().equals(name)).findFirst();
    }

    /**
     * Returns the probability that an instance fails, with the two-sided interval of Clopper and
     * Pearson (Biometrika 26, 1934), which covers in at least 95 % of cases. Name: {@code
     * failure_rate}.
     */
    public Estimate failureRate() {
        return new Proportion(losses.failures(), losses.count()).estimate("failure_rate");
    }

    /**
     * Returns the mean with the interval of the studentised bootstrap, which follows the skew of
     * the losses where Student's cannot. +infinity with both limits if an instance failed.
     */
    public Estimate meanByBootstrap() {
        String name = new Criterion.Mean().label();
        return losses.failures() > 0
                ? Estimate.infinite(name)
                : StudentisedBootstrap.mean(name, losses);
    }
}
