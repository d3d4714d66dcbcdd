package dev.mettle.core.stability;

import dev.mettle.core.selection.LossTable;
import dev.mettle.core.statistics.Proportion;

import java.util.OptionalDouble;

/** Adds up what splits of the table say about choosing by a number of instances. */
final class Halves {
    private final FullTable full;
    private final int count;
    private int splits;
    private int agreed;
    private int within;
    private int failed;
    private double sumOfPicks;
    private double sumByHalf;
    private double sumOfLeast;

    Halves(FullTable full, int count) {
        this.full = full;
        this.count = count;
    }

    /**
     * Takes a split.
     *
     * @param byHalf criterion, on the judging half, of the best candidate of the choosing half
     * @param least criterion, on the judging half, of its own best candidate
     */
    void add(LossTable chooser, LossTable judge, double byHalf, double least) {
        int pick = full.best(chooser, count);
        double own = full.judge(judge, pick);
        splits++;
        agreed += full.best(judge, count) == pick ? 1 : 0;
        within += FullTable.relative(own, least) <= StabilitySettings.TOLERANCE ? 1 : 0;
        failed += own == Double.POSITIVE_INFINITY ? 1 : 0;
        sumOfPicks += own;
        sumByHalf += byHalf;
        sumOfLeast += least;
    }

    FreshJudgement judgement() {
        int half = full.instances() / 2;
        return new FreshJudgement(
                half,
                full.instances() - half,
                new Proportion(agreed, splits),
                new Proportion(within, splits),
                new Proportion(failed, splits),
                excess(sumByHalf),
                excess(sumOfLeast));
    }

    private OptionalDouble excess(double reference) {
        return Double.isFinite(sumOfPicks) && Double.isFinite(reference) && reference != 0
                ? OptionalDouble.of((sumOfPicks - reference) / Math.abs(reference))
                : OptionalDouble.empty();
    }
}
