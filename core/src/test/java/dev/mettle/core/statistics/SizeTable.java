package dev.mettle.core.statistics;

import java.util.ArrayList;
import java.util.List;

/** Losses of two candidates at five sizes, as reference/sample_size.py makes them. */
final class SizeTable {
    static final int INSTANCES = 30;
    private static final int[] ROWS = {100, 200, 400, 800, 1600};
    private static final double[][] SPREADS = {
        {0.20, 0.12, 0.085, 0.05, 0.04}, {0.34, 0.25, 0.16, 0.17, 0.06}
    };

    private SizeTable() {}

    static List<SizedLosses> candidate(int c) {
        List<SizedLosses> sizes = new ArrayList<>();
        for (int k = 0; k < ROWS.length; k++) {
            double[] losses = new double[INSTANCES];
            for (int i = 0; i < INSTANCES; i++) {
                double shared = (7 * i % 29 - 14) / 8.4;
                double own = ((11 * i + 5 * k + 3 * c * i) % 31 - 15) / 8.9;
                losses[i] = (1.0 + c) / ROWS[k] * (1 + SPREADS[c][k] * (0.8 * shared + 0.6 * own));
            }
            sizes.add(SizedLosses.of(ROWS[k], losses));
        }
        return sizes;
    }
}
