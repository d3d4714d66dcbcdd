package dev.mettle.engine.kernel;

/**
 * The windows of a pool. Window n reads the elements {@code window[n] + tap[t]}, t from {@code
 * from[n]} to {@code to[n] - 1}, and its result goes to {@code outPosition[n]}; windows that reach
 * over an edge have fewer taps. All entries but from and to are offsets in floats. Immutable by
 * agreement: the arrays are kept and shared.
 */
public final class PoolTable {
    final int[] window;
    final int[] outPosition;
    final int[] from;
    final int[] to;
    final int[] tap;

    /**
     * Keeps the arrays given.
     *
     * @param window where each window begins, possibly before the first pixel
     * @param outPosition where each window's result goes
     * @param from first tap of each window
     * @param to behind its last tap; at least one tap each
     * @param tap offset of each element from the window's beginning, row by row
     */
    public PoolTable(int[] window, int[] outPosition, int[] from, int[] to, int[] tap) {
        this.window = window;
        this.outPosition = outPosition;
        this.from = from;
        this.to = to;
        this.tap = tap;
    }
}
