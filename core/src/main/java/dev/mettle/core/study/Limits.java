package dev.mettle.core.study;

import java.math.BigDecimal;

/**
 * The numbers that a setting may take.
 *
 * @param low least value
 * @param lowIncluded whether it is allowed itself
 * @param high greatest value, possibly infinite
 * @param highIncluded whether it is allowed itself
 */
record Limits(double low, boolean lowIncluded, double high, boolean highIncluded) {
    /** (0, ∞). */
    static final Limits POSITIVE = new Limits(0, false, Double.POSITIVE_INFINITY, false);

    /** [0, ∞). */
    static final Limits NOT_NEGATIVE = new Limits(0, true, Double.POSITIVE_INFINITY, false);

    /** [0, 1). */
    static final Limits BELOW_ONE = new Limits(0, true, 1, false);

    /** [0, 1]. */
    static final Limits SHARE = new Limits(0, true, 1, true);

    /** (0, 1]. */
    static final Limits ABOVE_ZERO_TO_ONE = new Limits(0, false, 1, true);

    /** [1, ∞). */
    static final Limits ONE_OR_MORE = new Limits(1, true, Double.POSITIVE_INFINITY, false);

    /** (0, 1). */
    static final Limits INSIDE = new Limits(0, false, 1, false);

    /** Every finite number. */
    static final Limits FINITE =
            new Limits(Double.NEGATIVE_INFINITY, false, Double.POSITIVE_INFINITY, false);

    /** Tells whether the number, and also the double nearest to it, is allowed. */
    boolean contain(BigDecimal number) {
        double value = number.doubleValue();
        return (lowIncluded ? value >= low : value > low)
                && (highIncluded ? value <= high : value < high);
    }

    /** Returns the limits as the end of "a number ...". */
    String described() {
        if (low == Double.NEGATIVE_INFINITY) {
            return "";
        }
        String from = lowIncluded ? "of " + text(low) + " or more" : "above " + text(low);
        if (high == Double.POSITIVE_INFINITY) {
            return " " + from;
        }
        if (lowIncluded && highIncluded) {
            return " from %s to %s".formatted(text(low), text(high));
        }
        return " " + from + " and " + (highIncluded ? "at most " : "below ") + text(high);
    }

    private static String text(double limit) {
        return BigDecimal.valueOf(limit).stripTrailingZeros().toPlainString();
    }
}
