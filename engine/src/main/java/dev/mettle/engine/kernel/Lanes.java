package dev.mettle.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The layout that all kernels share. Examples are processed in blocks of {@value #BLOCK}; the
 * example is the innermost dimension of every tensor, [channel][y][x][{@value #BLOCK}], on every
 * machine. A vector holds the same pixel of neighbouring examples, so the result does not depend on
 * how many of them a register takes.
 */
public final class Lanes {
    /** Examples of a block, which is the length of the innermost dimension. */
    public static final int BLOCK = 32;

    /** Partial sums that a gradient by weight is kept in: example e adds to sum e mod {@value}. */
    public static final int SUMS = 16;

    /** Channels that a kernel computes at once; channel counts in memory are rounded up to it. */
    public static final int CHANNELS = 4;

    /** Output positions that a kernel computes at once. */
    public static final int POSITIONS = 4;

    static final VectorSpecies<Float> SPECIES =
            FloatVector.SPECIES_PREFERRED.length() <= SUMS
                    ? FloatVector.SPECIES_PREFERRED
                    : FloatVector.SPECIES_512;
    static final int WIDTH = SPECIES.length();

    private Lanes() {}

    /** Returns the bits of the vectors that the kernels use on this machine. */
    public static int vectorBits() {
        return SPECIES.vectorBitSize();
    }

    /** Returns the number of channels rounded up to a multiple of {@link #CHANNELS}. */
    public static int roundChannels(int channels) {
        return (channels + CHANNELS - 1) / CHANNELS * CHANNELS;
    }
}
