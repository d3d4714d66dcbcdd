package dev.mettle.core.replay;

import dev.mettle.core.study.SelectionSettings;

/**
 * A way to select that is replayed.
 *
 * @param label what the user calls it, such as {@code halving:eta=3}
 * @param settings the algorithm with its settings; {@code per} is ignored, for a table has one race
 */
public record Contestant(String label, SelectionSettings settings) {}
