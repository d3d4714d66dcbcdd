package dev.mettle.cli;

import dev.mettle.core.statistics.SignificantDigits;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers as people read them: four significant digits, durations in the unit that fits. */
final class Numbers {
    private static final int DIGITS = 4;

    private Numbers() {}

    /** Returns four significant digits; "infinite" for +infinity. */
    static String shown(double value) {
        return rounded(value, RoundingMode.HALF_EVEN);
    }

    /** Returns four significant digits, rounded up, so that what is said of a bound stays true. */
    static String bound(double value) {
        return rounded(value, RoundingMode.CEILING);
    }

    /** On a terminal, which breaks lines anywhere, a space that people can type is of more use. */
    private static String rounded(double value, RoundingMode rounding) {
        return SignificantDigits.of(value, DIGITS, rounding).replace('\u00a0', ' ');
    }

    /** Returns a share that the user has set, such as 0.95, as a percentage with all its digits. */
    static String share(double share) {
        BigDecimal percent = BigDecimal.valueOf(share).movePointRight(2).stripTrailingZeros();
        return percent.toPlainString() + " %";
    }

    /** Returns a share as a percentage with four significant digits. */
    static String percent(double share) {
        return Double.isInfinite(share) ? "infinite" : shown(100 * share) + " %";
    }

    /** Returns how many times, with two or three significant digits: 2.1, 14, 230. */
    static String factor(double value) {
        MathContext digits = new MathContext(value < 10 ? 2 : 3);
        return new BigDecimal(value).round(digits).toPlainString();
    }

    /** Returns a time such as 0.8 s, 95 s, 12 min, 3.4 h or 2.1 days. */
    static String duration(double seconds) {
        if (seconds < 10) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        if (seconds < 120) {
            return String.format(Locale.ROOT, "%.0f s", seconds);
        }
        if (seconds < 7200) {
            return String.format(Locale.ROOT, "%.0f min", seconds / 60);
        }
        return seconds < 172_800
                ? String.format(Locale.ROOT, "%.1f h", seconds / 3600)
                : String.format(Locale.ROOT, "%.1f days", seconds / 86_400);
    }
}
