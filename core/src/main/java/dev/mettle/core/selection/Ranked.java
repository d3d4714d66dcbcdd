package dev.mettle.core.selection;

/**
 * A finalist.
 *
 * @param candidate its id
 * @param group the value of the dimension {@code per} that it belongs to; empty without {@code per}
 * @param criterion over all its instances; possibly +infinity
 * @param failures instances that exploded or crashed
 */
public record Ranked(String candidate, String group, double criterion, int failures) {}
