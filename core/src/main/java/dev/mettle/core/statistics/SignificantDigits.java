package dev.mettle.core.statistics;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Numbers as people read them: so many significant digits, and a power of ten only outside 10⁻⁴ to
 * 10⁶, as in 8.6 × 10⁻⁶ (with no-break spaces).
 */
public final class SignificantDigits {
    private static final double SMALLEST_PLAIN = 1e-4;
    private static final double LARGEST_PLAIN = 1e6;
    private static final String TIMES_TEN = "\u00a0×\u00a010";
    private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    private SignificantDigits() {}

    /**
     * Returns a number, rounded to the nearest.
     *
     * @param value "infinite" for +infinity; NaN is NaN
     * @param digits 1 or more; zeros at the end are kept, and 0 itself is 0
     */
    public static String of(double value, int digits) {
        return of(value, digits, RoundingMode.HALF_EVEN);
    }

    /** Returns a number, rounded as asked; see {@link #of(double, int)}. */
    public static String of(double value, int digits, RoundingMode rounding) {
        if (!Double.isFinite(value)) {
            return Double.isNaN(value) ? "NaN" : value > 0 ? "infinite" : "-infinite";
        }
        if (value == 0) {
            return "0";
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(digits, rounding));
        double size = Math.abs(rounded.doubleValue());
        return size < SMALLEST_PLAIN || size >= LARGEST_PLAIN
                ? power(rounded, digits)
                : plain(rounded, digits);
    }

    private static String plain(BigDecimal rounded, int digits) {
        int decimals = digits - (rounded.precision() - rounded.scale());
        return rounded.setScale(Math.max(0, decimals), RoundingMode.HALF_EVEN).toPlainString();
    }

    private static String power(BigDecimal rounded, int digits) {
        int exponent = rounded.precision() - rounded.scale() - 1;
        BigDecimal mantissa =
                rounded.movePointLeft(exponent).setScale(digits - 1, RoundingMode.HALF_EVEN);
        StringBuilder raised = new StringBuilder(exponent < 0 ? "⁻" : "");
        for (char digit : Integer.toString(Math.abs(exponent)).toCharArray()) {
            raised.append(SUPERSCRIPTS.charAt(digit - '0'));
        }
        return mantissa.toPlainString() + TIMES_TEN + raised;
    }
}
