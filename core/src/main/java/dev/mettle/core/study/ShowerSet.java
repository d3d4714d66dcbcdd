package dev.mettle.core.study;

/** Which events a simulation of showers makes. */
public enum ShowerSet {
    /** One photon at normal incidence, uniform over the central cell. */
    SIMPLE,
    /**
     * One photon of a direction uniform within 15 degrees of the axis, uniform over the central 3 x
     * 3 cells; in half of the events a second photon of 5 % to 50 % of its energy, of its own
     * direction, anywhere on the matrix.
     */
    COMPLEX
}
