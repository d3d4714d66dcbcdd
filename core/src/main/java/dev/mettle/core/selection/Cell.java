package dev.mettle.core.selection;

/**
 * An instance of the race that selection asks for.
 *
 * @param candidate its id
 * @param instance its index, from 0
 */
public record Cell(String candidate, int instance) {}
