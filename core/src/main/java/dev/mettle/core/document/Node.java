package dev.mettle.core.document;

/** One value of a document, with its place. */
public sealed interface Node permits Scalar, Sequence, Mapping {
    /** Returns where it begins. */
    Place place();

    /**
     * Returns what it is, as a message names it: {@code 'abc'}, {@code 12}, {@code empty}, {@code a
     * list} ...
     */
    String described();
}
