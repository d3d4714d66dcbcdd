package dev.mettle.core.data;

import dev.mettle.core.random.Seed;

/** Draws samples. A pure function of the seed; safe for use by several threads. */
public interface SampleSource {
    /**
     * Returns the sample of this seed, whose source is {@link Seed.Source#SAMPLE}, with scales
     * fitted on its rows.
     */
    Sample draw(Seed seed);
}
