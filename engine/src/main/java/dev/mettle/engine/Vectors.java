package dev.mettle.engine;

import dev.mettle.engine.kernel.Lanes;

/** What the kernels run on, for a run's provenance. */
public final class Vectors {
    private Vectors() {}

    /**
     * Returns the width of the vectors that the engine uses on this machine, in bits: 128, 256 or
     * 512.
     */
    public static int bits() {
        return Lanes.vectorBits();
    }
}
