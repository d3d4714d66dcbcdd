package dev.mettle.core.random;

/**
 * What an instance is trained for. Part of the key of every random number, so that instances of
 * different purposes never share a weight or a sample. The codes are stored in ledgers: they never
 * change.
 */
public enum Purpose {
    /** Selection: instance j of every candidate trains on the same sample j. */
    RACE(1),
    /** The certificate: fresh, independent (init, sample) pairs that selection never touched. */
    CERTIFY(2),
    /** The loss distribution of one candidate. */
    ASSESS(3),
    /** A crossed grid of init and sample. */
    DECOMPOSE(4),
    /** Losses against the number of rows trained on. */
    SAMPLE_SIZE(5),
    /** A training on fewer rows, which only tells who may race. */
    PREVIEW(6);

    private final int code;

    Purpose(int code) {
        this.code = code;
    }

    /** Returns the number that stands for this purpose in a random-number counter; at least 1. */
    public int code() {
        return code;
    }
}
