package dev.mettle.core.random;

/**
 * The key of one source of randomness of one instance. Equal seeds give equal random numbers on
 * every machine; seeds that differ in any part give unrelated ones.
 *
 * @param study the study's seed, any 64-bit number
 * @param purpose what the instance is for
 * @param source which of the instance's sources this is
 * @param index number of the initialisation, sample or order, 0 and up
 */
public record Seed(long study, Purpose purpose, Source source, int index) {
    /** The sources of randomness that Mettle keeps apart. */
    public enum Source {
        /**
         * Initial weights; also the order of mini-batches and augmentation, unless they are a
         * source of their own.
         */
        INIT,
        /** Which rows of the pool the instance trains on. */
        SAMPLE,
        /** The order of mini-batches and augmentation, where not tied to the initial weights. */
        ORDER
    }

    public Seed {
        if (index < 0) {
            throw new IllegalArgumentException("index (%d) must be 0 or more.".formatted(index));
        }
    }

    /**
     * Returns this seed as one 64-bit number, for ledgers and for programs that take a single seed:
     * the first two words of the stream {@link Stream#VALUE}.
     */
    public long value() {
        return new RandomStream(this, Stream.VALUE).nextLong();
    }

    /** Returns the counter word that holds purpose and source; distinct for each pair. */
    int purposeWord() {
        return purpose.code() << 8 | source.ordinal();
    }
}
