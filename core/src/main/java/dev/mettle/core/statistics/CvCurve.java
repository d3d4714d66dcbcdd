package dev.mettle.core.statistics;

import java.util.Arrays;

/**
 * Where cv falls to a limit as training samples grow. Through ln cv over ln n goes the best curve
 * that never rises: isotonic regression (least squares by pooling adjacent violators; Ayer et al.,
 * Annals of Mathematical Statistics 26, 1955), with straight lines between the sizes. The limit is
 * crossed where that curve first reaches it.
 *
 * <p>On the extended reals: a size with a failure has cv = +infinity, and pools with all smaller
 * sizes, so the crossing is beyond it; next to it, it is at the following size itself. cv = 0
 * counts as the smallest positive number.
 */
final class CvCurve {
    private static final double LEAST = StrictMath.log(Double.MIN_NORMAL);

    private CvCurve() {}

    /**
     * Returns the size at which the curve reaches the limit: from 0 to the smallest size if it is
     * below it everywhere, from the largest one on if nowhere.
     *
     * @param rows sizes, increasing, from 1
     * @param cv at each size, 0 or more
     * @param weights of the sizes, positive: their numbers of instances, to whose inverse the
     *     variance of ln cv is proportional
     */
    static Bracket crossing(double[] rows, double[] cv, double[] weights, double limit) {
        double[] fit = fit(cv, weights);
        double height = StrictMath.log(limit);
        int last = rows.length - 1;
        if (fit[0] <= height) {
            return new Bracket(0, rows[0]);
        }
        if (fit[last] > height) {
            return new Bracket(rows[last], Double.POSITIVE_INFINITY);
        }
        int after = 1;
        while (fit[after] > height) {
            after++;
        }
        double before = fit[after - 1];
        double part =
                before == Double.POSITIVE_INFINITY ? 1 : (before - height) / (before - fit[after]);
        double low = StrictMath.log(rows[after - 1]);
        double high = StrictMath.log(rows[after]);
        return Bracket.at(part == 1 ? rows[after] : StrictMath.exp(low + part * (high - low)));
    }

    /** Returns ln cv of the curve at each size; never rising. */
    static double[] fit(double[] cv, double[] weights) {
        int n = cv.length;
        double[] level = new double[n]; // of each pool of adjacent sizes
        double[] weight = new double[n];
        int[] end = new int[n];
        int pools = 0;
        for (int i = 0; i < n; i++) {
            level[pools] = Math.max(LEAST, StrictMath.log(cv[i]));
            weight[pools] = weights[i];
            end[pools] = i + 1;
            pools++;
            while (pools > 1 && level[pools - 1] >= level[pools - 2]) {
                merge(level, weight, end, pools);
                pools--;
            }
        }
        double[] fit = new double[n];
        for (int p = 0; p < pools; p++) {
            Arrays.fill(fit, p == 0 ? 0 : end[p - 1], end[p], level[p]);
        }
        return fit;
    }

    /** Puts the last pool into the one before it. */
    private static void merge(double[] level, double[] weight, int[] end, int pools) {
        double sum = weight[pools - 2] + weight[pools - 1];
        double part = weight[pools - 1] / sum;
        level[pools - 2] = level[pools - 2] * (1 - part) + level[pools - 1] * part;
        weight[pools - 2] = sum;
        end[pools - 2] = end[pools - 1];
    }
}
