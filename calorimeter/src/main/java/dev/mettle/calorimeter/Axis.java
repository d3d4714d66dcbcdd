package dev.mettle.calorimeter;

/** An index of a matrix of cells. */
public enum Axis {
    /** The first index. */
    X,
    /** The second index. */
    Y
}
