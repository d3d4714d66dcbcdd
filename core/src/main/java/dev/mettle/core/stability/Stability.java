package dev.mettle.core.stability;

import dev.mettle.core.replay.Repeats;
import dev.mettle.core.selection.LossTable;
import dev.mettle.core.selection.Ranked;

import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * How the choice of a candidate depends on the number of instances per candidate, from a full table
 * of N of them (docs/math/stability.md).
 *
 * <p><b>Resampling.</b> In every repeat n instances are drawn with replacement, the same ones for
 * all candidates, since instance j of every candidate has the same training sample; the candidate
 * that is best by them is the pick. With replacement, because n of N without it would be less and
 * less random the nearer n comes to N, and not at all at n = N. Repeats of different n share their
 * draws, so that differences between n are not blurred by chance.
 *
 * <p><b>Judgement.</b> Rank and regret of a pick are those of the full table. Its best candidate is
 * best partly by luck, so the same question is also answered by halves of the table ({@link
 * FreshJudgement}).
 *
 * @param settings what was asked
 * @param ranking all candidates of the full table, best first
 * @param instances N, of each candidate of the table
 * @param counts the answers, in the order of {@link StabilitySettings#instances}
 */
public record Stability(
        StabilitySettings settings, List<Ranked> ranking, int instances, List<AtCount> counts) {
    /**
     * The answers for a number of instances.
     *
     * @param instances per candidate
     * @param exhaustive choosing by all of them for every candidate
     * @param progressive choosing by the selection algorithm of that name with its usual settings,
     *     up to so many for a candidate
     * @param fresh judged by instances that did not choose; empty above half of the table's
     */
    public record AtCount(
            int instances,
            Choices exhaustive,
            Choices progressive,
            Optional<FreshJudgement> fresh) {}

    public Stability {
        ranking = List.copyOf(ranking);
        counts = List.copyOf(counts);
    }

    /**
     * Resamples a table. Pure: equal tables and settings give equal answers, whatever the order of
     * candidates.
     *
     * @param table all of whose losses are known, of at least two candidates
     * @param settings no number of instances above the table's
     * @throws NoBestCandidateException when the criterion of every candidate is infinite
     * @throws IllegalArgumentException for a table that is not full, or too small
     */
    public static Stability of(LossTable table, StabilitySettings settings) {
        FullTable full = new FullTable(table, settings.criterion());
        Resampling resampling = new Resampling(full, settings);
        List<Repeat> repeats =
                IntStream.range(0, settings.repeats()).mapToObj(resampling::repeat).toList();
        return new Answers(full, repeats).of(settings);
    }

    /**
     * Does the same on several threads, with the same result.
     *
     * @param finished is told the number of repeats done, by the calling thread
     * @throws InterruptedException when told to stop
     */
    public static Stability of(
            LossTable table, StabilitySettings settings, int threads, IntConsumer finished)
            throws InterruptedException {
        FullTable full = new FullTable(table, settings.criterion());
        Resampling resampling = new Resampling(full, settings);
        List<Repeat> repeats =
                Repeats.of(settings.repeats(), threads, finished, resampling::repeat);
        return new Answers(full, repeats).of(settings);
    }

    /** Returns the trainings of the full table. */
    public long trainings() {
        return (long) ranking.size() * instances;
    }

    /** Returns the best candidate of the full table. */
    public Ranked best() {
        return ranking.getFirst();
    }
}
