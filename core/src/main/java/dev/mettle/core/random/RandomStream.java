package dev.mettle.core.random;

/**
 * Numbers of one {@link Stream} of one {@link Seed}, in a fixed order: words of {@link Philox4x32}
 * with key = study seed and counter = (block number, index, purpose and source, stream and its
 * part). Same numbers on every machine and thread. Not safe for use by several threads; make one
 * per thread instead (they are cheap). No method allocates.
 */
public final class RandomStream {
    private static final double TWO_TO_MINUS_52 = 0x1p-52;
    private static final float TWO_TO_MINUS_24 = 0x1p-24f;

    /** Probability that a standard normal number is below -2. */
    private static final double BELOW_MINUS_TWO = 0.022750131948179207;

    private final long key;
    private final int index;
    private final int purposeWord;
    private final int code;
    private int streamWord;
    private final int[] block = new int[4];
    private int blockNumber;
    private int used = 4;

    /** Starts the stream at its first number. */
    public RandomStream(Seed seed, Stream stream) {
        this.key = seed.study();
        this.index = seed.index();
        this.purposeWord = seed.purposeWord();
        this.code = stream.code();
        this.streamWord = code;
    }

    /**
     * Goes to a place in one of the 2²⁴ parts of this stream, which have no number in common; a new
     * stream is at the beginning of part 0.
     *
     * @param part its lower 24 bits count
     * @param blockOfFour place, counted in blocks of four words
     */
    public void go(int part, int blockOfFour) {
        streamWord = code | part << 8;
        blockNumber = blockOfFour;
        used = 4;
    }

    /** Returns the next 32 random bits. */
    public int nextInt() {
        if (used == 4) {
            Philox4x32.block(key, blockNumber, index, purposeWord, streamWord, block);
            blockNumber++;
            used = 0;
        }
        return block[used++];
    }

    /** Returns the next 64 random bits; the first word drawn is the low one. */
    public long nextLong() {
        long low = nextInt() & 0xFFFFFFFFL;
        return low | (long) nextInt() << 32;
    }

    /** Returns a uniform number in [0, 1), a multiple of 2⁻²⁴. */
    public float nextFloat() {
        return (nextInt() >>> 8) * TWO_TO_MINUS_24;
    }

    /**
     * Returns a uniform number in (0, 1), the middle of one of 2⁵² equal cells; the first word
     * drawn is the high one. 52 bits and no more: a cell's middle then has 53 and is exact, so that
     * 1 is never reached.
     */
    public double nextDouble() {
        int high = nextInt();
        return fraction(high, nextInt());
    }

    static double fraction(int high, int low) {
        return (((high & 0xFFFFFFFFL) << 20 | low >>> 12) + 0.5) * TWO_TO_MINUS_52;
    }

    /** Returns a standard normal number by inversion: one uniform each, no pairs, no rejection. */
    public double nextGaussian() {
        return NormalQuantile.of(nextDouble());
    }

    /**
     * Returns a standard normal number of those within ±2, by inversion: one uniform each. Its
     * standard deviation is 0.8796.
     */
    public double nextGaussianWithinTwo() {
        return NormalQuantile.of(BELOW_MINUS_TWO + nextDouble() * (1 - 2 * BELOW_MINUS_TWO));
    }

    /**
     * Returns a whole number in [0, bound): the high word of 64 random bits times {@code bound}.
     * The probability of each differs from 1/bound by less than 2⁻³².
     */
    public int nextInt(int bound) {
        return (int) Math.unsignedMultiplyHigh(nextLong(), bound);
    }

    /** Shuffles {@code values[0..length-1]} (Fisher and Yates, from the end). */
    public void shuffle(int[] values, int length) {
        for (int i = length - 1; i > 0; i--) {
            swap(values, i, nextInt(i + 1));
        }
    }

    /**
     * Moves a random subset of {@code values} into {@code values[0..count-1]}, in random order: the
     * first {@code count} steps of a Fisher-Yates shuffle from the start.
     */
    public void choose(int[] values, int count) {
        for (int i = 0; i < count; i++) {
            swap(values, i, i + nextInt(values.length - i));
        }
    }

    private static void swap(int[] values, int i, int j) {
        int kept = values[i];
        values[i] = values[j];
        values[j] = kept;
    }
}
