package dev.mettle.core.selection;

import java.util.OptionalDouble;

/**
 * How sure it is that a race did not drop a candidate as good as its winner.
 *
 * @param error probability that a candidate with the winner's losses would have been dropped, if
 *     they had come in another order; empty where every finalist has failed
 * @param checks how often it was computed: before the first time, and each time after candidates
 *     were let in again
 * @param equals how many finalists cannot be told from the winner, itself included
 * @param finalists all of them
 */
public record RaceCheck(OptionalDouble error, int checks, int equals, int finalists) {
    /** The error that a race tries to keep; it lets candidates in again where its own is larger. */
    public static final double LIMIT = 0.05;
}
