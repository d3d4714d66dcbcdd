package dev.mettle.core.random;

/**
 * The separate streams of numbers of one {@link Seed}. The codes reach an instance's bits: they
 * never change.
 */
public enum Stream {
    /** Initial weights. */
    WEIGHTS(0),
    /** Order of the mini-batches. */
    ORDER(1),
    /** Rows drawn from the pool, and the split of a data set. */
    ROWS(2),
    /** The seed as one number. */
    VALUE(3),
    /** Bootstrap resamples of losses; belongs to no instance. */
    RESAMPLES(4),
    /** What a simulated event is: energies, places, directions; belongs to no instance. */
    EVENT(5),
    /** How the particles of a simulated event shower; belongs to no instance. */
    SHOWER(6),
    /** What the read-out of a simulated event adds; belongs to no instance. */
    READOUT(7),
    /** What a simulated detector is, the same in all events; belongs to no instance. */
    DETECTOR(8),
    /** Which candidates are drawn from those a race dropped; belongs to no instance. */
    CANDIDATES(9),
    /** Points of a space of candidates; belongs to no instance. */
    SPACE(10),
    /** Shifts a sequence of points; belongs to no instance. */
    SHIFT(11),
    /** Points around those of candidates; belongs to no instance. */
    NEIGHBOURS(12),
    /** What dropout leaves out; numbered by step. */
    DROPOUT(13),
    /** How a row's image moves in an epoch; by {@link KeyedWords}. */
    MOVES(14),
    /** Initial biases, where they are random. */
    BIASES(15),
    /** Noise on a row's inputs in an epoch; by {@link KeyedWords}. */
    NOISE(16),
    /** Order of the groups of rows, in the split of a data set and in samples. */
    GROUPS(17);

    private final int code;

    Stream(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
