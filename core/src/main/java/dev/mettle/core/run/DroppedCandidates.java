package dev.mettle.core.run;

import dev.mettle.core.random.Purpose;
import dev.mettle.core.random.RandomStream;
import dev.mettle.core.random.Seed;
import dev.mettle.core.random.Stream;

import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/** The candidates of a run that were not selected, and some of them by lot. */
public final class DroppedCandidates {
    private final long seed;
    private final List<String> ids;

    /**
     * Takes all candidates of the run but those selected, in the order of the study.
     *
     * @param selected ids
     */
    public DroppedCandidates(RunRecord run, Collection<String> selected) {
        seed = run.provenance().studySeed();
        ids =
                run.candidates().stream()
                        .map(CandidateRecord::id)
                        .filter(id -> !selected.contains(id))
                        .toList();
    }

    /** Returns how many there are. */
    public int count() {
        return ids.size();
    }

    /**
     * Returns some of them, each set of that size equally likely. The same ones whenever it is
     * asked, by the study's seed; the first ones of any larger number are those of a smaller one.
     *
     * @param count at most so many
     */
    public List<String> draw(int count) {
        int[] order = IntStream.range(0, ids.size()).toArray();
        int drawn = Math.min(count, order.length);
        Seed lot = new Seed(seed, Purpose.ASSESS, Seed.Source.SAMPLE, 0);
        new RandomStream(lot, Stream.CANDIDATES).choose(order, drawn);
        return IntStream.range(0, drawn).mapToObj(i -> ids.get(order[i])).toList();
    }
}
