package dev.mettle.core.random;

/**
 * Random words of one {@link Stream} of one {@link Seed} that are found by two numbers rather than
 * drawn one after the other: blocks of {@link Philox4x32} with key = study seed and counter =
 * (block number, index, purpose and source, stream + 256 epoch). Such a stream is drawn from in
 * this way alone. Immutable, so several threads may share it.
 */
public final class KeyedWords {
    /** Bits of a counter word that hold the stream's code. */
    private static final int STREAM_BITS = 8;

    private final long key;
    private final int index;
    private final int purposeWord;
    private final int streamWord;

    /** Takes what all blocks have in common. */
    public KeyedWords(Seed seed, Stream stream) {
        this.key = seed.study();
        this.index = seed.index();
        this.purposeWord = seed.purposeWord();
        this.streamWord = stream.code();
    }

    /**
     * Writes four random words into {@code words[0..3]}; allocates nothing.
     *
     * @param epoch 0 and up; words repeat after 2²⁴ epochs
     * @param number which block of the epoch, as an unsigned number
     */
    public void block(int epoch, int number, int[] words) {
        int word = streamWord | epoch << STREAM_BITS;
        Philox4x32.block(key, number, index, purposeWord, word, words);
    }
}
