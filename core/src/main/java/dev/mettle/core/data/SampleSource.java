package dev.mettle.core.data;

import dev.mettle.core.random.Seed;

/** Draws samples. A pure function of the seed; safe for use by several threads. */
public interface SampleSource {
    /** Returns the rows of a sample of the study. */
    int rows();

    /**
     * Returns the sample of this seed, whose source is {@link Seed.Source#SAMPLE}, with scales
     * fitted on its rows. A smaller sample is the beginning of a larger one.
     *
     * @param rows of the sample, from 1 to those of the pool
     */
    Sample draw(Seed seed, int rows);

    /** Returns the sample of this seed with as many rows as the study says. */
    default Sample draw(Seed seed) {
        return draw(seed, rows());
    }
}
