package dev.mettle.core.statistics.components;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How much the spread over one source depends on the levels of the others: for each combination of
 * the other sources' levels the standard deviation over this source's levels. An experiment that
 * fixes the others at one level sees one of these numbers.
 *
 * @param factor the source that varies
 * @param count combinations of the others
 * @param smallest standard deviation
 * @param median standard deviation, the lower one of two
 * @param largest standard deviation
 */
public record SpreadRange(int factor, int count, double smallest, double median, double largest) {
    /** Returns the range of every factor of a grid. */
    static List<SpreadRange> of(CrossedGrid grid) {
        List<SpreadRange> ranges = new ArrayList<>();
        for (int factor = 0; factor < grid.factors(); factor++) {
            ranges.add(of(grid, factor));
        }
        return ranges;
    }

    private static SpreadRange of(CrossedGrid grid, int factor) {
        int others = grid.terms() - 1 - (1 << factor);
        int n = grid.levels(factor);
        double[] means = new double[grid.combinations(others)];
        double[] stds = new double[means.length];
        for (int cell = 0; cell < grid.cells(); cell++) {
            means[grid.combination(others, cell)] += grid.value(cell) / n;
        }
        for (int cell = 0; cell < grid.cells(); cell++) {
            int combination = grid.combination(others, cell);
            double deviation = grid.value(cell) - means[combination];
            stds[combination] += deviation * deviation;
        }
        for (int i = 0; i < stds.length; i++) {
            stds[i] = Math.sqrt(stds[i] / (n - 1));
        }
        Arrays.sort(stds);
        return new SpreadRange(
                factor, stds.length, stds[0], stds[(stds.length - 1) / 2], stds[stds.length - 1]);
    }
}
