package dev.mettle.core.stability;

import dev.mettle.core.statistics.Criterion;
import dev.mettle.core.statistics.Proportion;

import java.util.List;
import java.util.OptionalDouble;

/** Adds up what splits of the table say about choosing by a number of instances. */
final class Halves {
    private Halves() {}

    /**
     * Returns what the splits say.
     *
     * @param instances of each candidate of the table
     * @param splits in the order of the repeats, at least one
     * @param k which of their numbers of instances
     */
    static FreshJudgement judgement(int instances, List<Repeat.Split> splits, int k) {
        int agreed = 0;
        int within = 0;
        int failed = 0;
        double picks = 0;
        double byHalf = 0;
        double least = 0;
        for (Repeat.Split split : splits) {
            Repeat.Fresh fresh = split.counts().get(k);
            double excess = FullTable.relative(fresh.judged(), split.least());
            agreed += fresh.agreed() ? 1 : 0;
            within += excess <= Criterion.TOLERANCE ? 1 : 0;
            failed += fresh.judged() == Double.POSITIVE_INFINITY ? 1 : 0;
            picks += fresh.judged();
            byHalf += split.byHalf();
            least += split.least();
        }
        int half = instances / 2;
        int n = splits.size();
        return new FreshJudgement(
                half,
                instances - half,
                new Proportion(agreed, n),
                new Proportion(within, n),
                new Proportion(failed, n),
                excess(picks, byHalf),
                excess(picks, least));
    }

    private static OptionalDouble excess(double sum, double reference) {
        return Double.isFinite(sum) && Double.isFinite(reference) && reference != 0
                ? OptionalDouble.of((sum - reference) / Math.abs(reference))
                : OptionalDouble.empty();
    }
}
