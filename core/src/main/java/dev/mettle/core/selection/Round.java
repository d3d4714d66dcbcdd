package dev.mettle.core.selection;

/**
 * A round of a race whose rounds are known before it begins.
 *
 * @param candidates how many take part
 * @param instances instances each of them has at its end, from the race's beginning on
 */
public record Round(int candidates, int instances) {}
