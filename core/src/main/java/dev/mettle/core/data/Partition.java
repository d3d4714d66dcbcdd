package dev.mettle.core.data;

import dev.mettle.core.random.Purpose;

/**
 * The three parts of a data set as row numbers: pool, validation, test. Disjoint. The held-out
 * parts are in random order, so that 20 equal runs of consecutive positions are 20 random blocks of
 * rows; but rows of one group follow each other, and rows that are split by time are in the order
 * of time, so that blocks are stretches of time. The arrays are shared and never written.
 */
public final class Partition {
    private final int[] pool;
    private final int[] validation;
    private final int[] test;

    /** Keeps the row numbers given, without a copy. */
    public Partition(int[] pool, int[] validation, int[] test) {
        this.pool = pool;
        this.validation = validation;
        this.test = test;
    }

    /** Returns the rows that one may train on. */
    public int[] pool() {
        return pool;
    }

    /** Returns the held-out rows that every choice looks at. */
    public int[] validation() {
        return validation;
    }

    /** Returns the held-out rows that only the certificate looks at. */
    public int[] test() {
        return test;
    }

    /**
     * Returns the held-out rows on which an instance of this purpose is evaluated: test only for a
     * certificate.
     */
    public int[] heldOut(Purpose purpose) {
        return purpose == Purpose.CERTIFY ? test : validation;
    }
}
