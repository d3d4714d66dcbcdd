package dev.mettle.report;

import dev.mettle.core.statistics.Losses;

import java.util.ArrayList;
import java.util.List;

/**
 * Counts finite losses in bars of equal width on their axis: of equal ratio where it is
 * logarithmic. The width is that of Freedman and Diaconis (1981), 2 iqr / n^(1/3), with at most
 * {@value #MOST_BARS} bars; Sturges' log2(n) + 1 bars where the iqr is 0; one bar where all are
 * equal.
 */
final class Histogram {
    /**
     * A bar.
     *
     * @param from its lower end, which belongs to it
     * @param to its upper end, which belongs to the next bar, if there is one
     * @param count losses in it
     */
    record Bar(double from, double to, int count) {}

    private static final int MOST_BARS = 30;

    /** Half the width, relative to the loss, of the one bar of equal losses. */
    private static final double SINGLE = 0.01;

    private Histogram() {}

    /** Returns the bars from the smallest to the largest finite loss; none where none is finite. */
    static List<Bar> of(Losses losses, boolean logarithmic) {
        int n = losses.count() - losses.failures();
        if (n == 0) {
            return List.of();
        }
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            double loss = losses.ordered(i + 1);
            values[i] = logarithmic ? Math.log(loss) : loss;
        }
        Losses finite = Losses.of(values);
        double low = finite.min();
        double range = finite.max() - low;
        if (!(range > 0)) {
            double half = SINGLE * (logarithmic ? 1 : Math.max(Math.abs(low), SINGLE));
            return List.of(bar(low - half, low + half, n, logarithmic));
        }
        int bars = bars(finite, range);
        int[] counts = new int[bars];
        for (double value : values) {
            counts[Math.min(bars - 1, (int) (bars * ((value - low) / range)))]++;
        }
        List<Bar> list = new ArrayList<>();
        for (int b = 0; b < bars; b++) {
            list.add(
                    bar(
                            low + range * b / bars,
                            low + range * (b + 1) / bars,
                            counts[b],
                            logarithmic));
        }
        return list;
    }

    private static int bars(Losses finite, double range) {
        double width = 2 * finite.iqr() / Math.cbrt(finite.count());
        double bars =
                width > 0 ? range / width : 1 + Math.log(finite.count()) / Math.log(2); // Sturges
        return (int) Math.clamp(Math.ceil(bars), 1, MOST_BARS);
    }

    private static Bar bar(double from, double to, int count, boolean logarithmic) {
        return logarithmic
                ? new Bar(Math.exp(from), Math.exp(to), count)
                : new Bar(from, to, count);
    }
}
