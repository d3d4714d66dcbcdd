package dev.mettle.core.instance;

import dev.mettle.core.random.Purpose;
import dev.mettle.core.random.Seed;

/**
 * Names one instance: with the study's seed it determines every bit of its result.
 *
 * @param candidate the candidate's id
 * @param purpose what it is trained for
 * @param init index of the initialisation, 0 and up
 * @param sample index of the sample, 0 and up; equal to {@code init} but in a crossed grid
 */
public record InstanceKey(String candidate, Purpose purpose, int init, int sample) {
    /** Returns the instance whose initialisation and sample have the same index. */
    public static InstanceKey paired(String candidate, Purpose purpose, int index) {
        return new InstanceKey(candidate, purpose, index, index);
    }

    /** Returns the seed of initial weights and mini-batch order. */
    public Seed initSeed(long studySeed) {
        return new Seed(studySeed, purpose, Seed.Source.INIT, init);
    }

    /** Returns the seed of the sample. */
    public Seed sampleSeed(long studySeed) {
        return new Seed(studySeed, purpose, Seed.Source.SAMPLE, sample);
    }
}
