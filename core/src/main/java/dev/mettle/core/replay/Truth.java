package dev.mettle.core.replay;

import dev.mettle.core.selection.LossTable;
import dev.mettle.core.statistics.Criterion;
import dev.mettle.core.statistics.Losses;

import java.util.HashMap;
import java.util.Map;

/**
 * What is known of candidates beside what an algorithm sees: losses of fresh instances. A candidate
 * without fresh ones is judged by its losses in the table itself, which flatter whoever was picked
 * by them.
 */
public final class Truth {
    /** The quantile of the losses that picks are judged by, beside the mean. */
    public static final double TAIL = 0.95;

    private final Map<String, TrueLoss> byCandidate = new HashMap<>();
    private final String best;
    private final double leastTail;
    private final int fresh;

    /**
     * Judges candidates.
     *
     * @param table all losses known
     * @param fresh losses of other instances, of some of the candidates or none
     * @throws NoFiniteTruthException when the true mean of every candidate is infinite
     */
    public Truth(LossTable table, Map<String, Losses> fresh) {
        String least = "";
        int known = 0;
        for (String candidate : table.candidates().stream().sorted().toList()) {
            Losses own = fresh.get(candidate);
            known += own != null ? 1 : 0;
            TrueLoss loss =
                    own != null
                            ? TrueLoss.of(own, true)
                            : TrueLoss.of(table.first(candidate, table.instances()), false);
            byCandidate.put(candidate, loss);
            boolean eligible = loss.fresh() || fresh.isEmpty();
            if (eligible
                    && loss.mean() < Double.POSITIVE_INFINITY
                    && (least.isEmpty() || loss.mean() < of(least).mean())) {
                least = candidate;
            }
        }
        if (least.isEmpty()) {
            throw new NoFiniteTruthException();
        }
        this.best = least;
        this.fresh = known;
        this.leastTail =
                byCandidate.values().stream()
                        .filter(loss -> loss.fresh() || fresh.isEmpty())
                        .mapToDouble(TrueLoss::tail)
                        .min()
                        .orElse(Double.POSITIVE_INFINITY);
    }

    /** Returns what is known of a candidate. */
    public TrueLoss of(String candidate) {
        TrueLoss loss = byCandidate.get(candidate);
        if (loss == null) {
            throw new IllegalArgumentException(
                    "candidate %s is not in the table.".formatted(candidate));
        }
        return loss;
    }

    /**
     * Returns the candidate with the least true mean: of those with fresh instances, if any has
     * some, for the least of thousands of means is low by luck.
     */
    public String best() {
        return best;
    }

    /** Returns the least true mean. */
    public double leastMean() {
        return of(best).mean();
    }

    /** Returns the least true 0.95 quantile of the same candidates. */
    public double leastTail() {
        return leastTail;
    }

    /** Returns the number of candidates that have fresh instances. */
    public int fresh() {
        return fresh;
    }

    /** Returns how much larger the true mean is than the least one; +infinity for a failing one. */
    public double regret(String candidate) {
        return relative(of(candidate).mean(), leastMean());
    }

    /** Returns how much larger the true 0.95 quantile is than the least one. */
    public double tailRegret(String candidate) {
        return relative(of(candidate).tail(), leastTail());
    }

    private static double relative(double value, double least) {
        return value == least ? 0 : (value - least) / Math.abs(least);
    }

    /**
     * What is known of a candidate.
     *
     * @param instances how many losses tell
     * @param failures how many of them are infinite
     * @param mean +infinity with a failure
     * @param tail their 0.95 quantile
     * @param cv +infinity with a failure
     * @param fresh whether they are of instances that no algorithm saw
     */
    public record TrueLoss(
            int instances, int failures, double mean, double tail, double cv, boolean fresh) {
        static TrueLoss of(Losses losses, boolean fresh) {
            return new TrueLoss(
                    losses.count(),
                    losses.failures(),
                    losses.mean(),
                    new Criterion.Quantile(TAIL).of(losses),
                    losses.cv(),
                    fresh);
        }
    }
}
