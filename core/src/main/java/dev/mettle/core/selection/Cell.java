package dev.mettle.core.selection;

/**
 * An instance that selection asks for.
 *
 * @param candidate its id
 * @param instance its index, from 0
 * @param preview whether it trains on fewer rows, only to tell who may race
 */
public record Cell(String candidate, int instance, boolean preview) {
    /** An instance of the race. */
    public Cell(String candidate, int instance) {
        this(candidate, instance, false);
    }
}
