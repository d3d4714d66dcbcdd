package dev.mettle.core.instance;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * Area under the receiver operating characteristic: the probability that a row of the class scores
 * above a row of another class, ties counted half (Mann and Whitney 1947; Hanley and McNeil 1982).
 */
final class RocArea {
    private RocArea() {}

    /**
     * Returns the area of one class against the rest; empty when all or none of the rows are of it.
     *
     * @param scores [row][classes], none NaN; any increasing function of the probability
     * @param label the class
     * @param labels class of each row
     */
    static OptionalDouble of(double[] scores, int classes, int label, int[] labels) {
        int positives = (int) Arrays.stream(labels).filter(k -> k == label).count();
        if (positives == 0 || positives == labels.length) {
            return OptionalDouble.empty();
        }
        double[] inside = new double[positives];
        double[] outside = new double[labels.length - positives];
        int in = 0;
        int out = 0;
        for (int row = 0; row < labels.length; row++) {
            double score = scores[row * classes + label];
            if (labels[row] == label) {
                inside[in++] = score;
            } else {
                outside[out++] = score;
            }
        }
        Arrays.sort(inside);
        Arrays.sort(outside);
        return OptionalDouble.of(
                twicePairsWon(inside, outside) / (2.0 * inside.length * outside.length));
    }

    /** Counts pairs with the inside score above the outside one twice, ties once: exact. */
    private static long twicePairsWon(double[] inside, double[] outside) {
        long won = 0;
        int below = 0;
        int upTo = 0;
        for (double score : inside) {
            while (below < outside.length && outside[below] < score) {
                below++;
            }
            while (upTo < outside.length && outside[upTo] <= score) {
                upTo++;
            }
            won += below + upTo;
        }
        return won;
    }
}
