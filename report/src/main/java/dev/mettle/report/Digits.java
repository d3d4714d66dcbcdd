package dev.mettle.report;

import dev.mettle.core.statistics.SignificantDigits;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/**
 * Numbers as a reader wants them: three or four {@link SignificantDigits}, with a minus sign that
 * is one. +infinity is ∞ and NaN, which no statistic gives, a dash.
 */
final class Digits {
    private static final int LOSS_DIGITS = 4;
    private static final int PERCENT_DIGITS = 3;
    private static final int MOST_DECIMALS = 7;
    private static final double NANOS = 1e-9;

    private Digits() {}

    /** Returns a loss or another measured number with four significant digits. */
    static String number(double value) {
        return significant(value, LOSS_DIGITS, RoundingMode.HALF_EVEN);
    }

    /**
     * Returns an upper bound with three significant digits, rounded up so that what it says stays
     * true.
     */
    static String upperBound(double value) {
        return significant(value, PERCENT_DIGITS, RoundingMode.CEILING);
    }

    /** Returns a share as a percentage with three significant digits: 0.0721 is 7.21 %. */
    static String percent(double share) {
        String text = significant(100 * share, PERCENT_DIGITS, RoundingMode.HALF_EVEN);
        return Double.isFinite(share) ? text + "\u00a0%" : text;
    }

    /** Returns an upper bound of a share as a percentage, rounded up: 0.07212 is 7.22 %. */
    static String upperPercent(double share) {
        String text = upperBound(100 * share);
        return Double.isFinite(share) ? text + "\u00a0%" : text;
    }

    /**
     * Returns a share that a person wrote down, such as a confidence of 0.95, as a percentage
     * without trailing zeros.
     */
    static String wholePercent(double share) {
        BigDecimal percent =
                new BigDecimal(100 * share).round(new MathContext(6)).stripTrailingZeros();
        return percent.toPlainString() + "\u00a0%";
    }

    /**
     * Returns a value with its spread, {@code 4.30 ± 0.12}: the spread with two significant digits
     * and the value with as many decimals, since further ones say nothing.
     *
     * @param spread 0 or more; of 0 or infinity, the value has four significant digits
     */
    static String withSpread(double value, double spread) {
        if (!(spread > 0) || !Double.isFinite(spread) || !Double.isFinite(value)) {
            return number(value) + " ± " + number(spread);
        }
        BigDecimal rounded = new BigDecimal(spread).round(new MathContext(2));
        int decimals = 1 - (rounded.precision() - rounded.scale() - 1);
        if (decimals > MOST_DECIMALS || decimals < 0) {
            return number(value) + " ± " + factor(spread);
        }
        BigDecimal shown = new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN);
        return shown.toPlainString().replace('-', '−')
                + " ± "
                + rounded.setScale(decimals, RoundingMode.HALF_EVEN).toPlainString();
    }

    /** Returns how many times, with two significant digits: 2.1, 14, 230. */
    static String factor(double value) {
        return significant(value, value < 10 ? 2 : 3, RoundingMode.HALF_EVEN);
    }

    /** Returns a count with commas: 41,569. */
    static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** Returns a time such as 8.1 s, 95 s, 12 min or 3.4 h. */
    static String duration(long nanos) {
        double seconds = nanos * NANOS;
        if (seconds < 1) {
            return significant(seconds, 2, RoundingMode.HALF_EVEN) + "\u00a0s";
        }
        if (seconds < 120) {
            return String.format(
                    Locale.ROOT, seconds < 10 ? "%.1f\u00a0s" : "%.0f\u00a0s", seconds);
        }
        if (seconds < 7200) {
            return String.format(Locale.ROOT, "%.0f\u00a0min", seconds / 60);
        }
        double hours = seconds / 3600;
        return hours < 48
                ? String.format(Locale.ROOT, "%.1f\u00a0h", hours)
                : String.format(Locale.ROOT, "%.1f\u00a0days", hours / 24);
    }

    private static String significant(double value, int digits, RoundingMode rounding) {
        if (Double.isNaN(value)) {
            return "–";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "∞" : "−∞";
        }
        return SignificantDigits.of(value, digits, rounding).replace('-', '−');
    }
}
