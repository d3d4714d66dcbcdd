package dev.mettle.data;

import java.util.Locale;

/**
 * Numbers as text: an optional sign, digits with or without a decimal point or comma, an optional
 * exponent; or inf, infinity. The result is the double nearest to what is written.
 */
final class NumberText {
    /** Powers of ten that are doubles exactly. */
    private static final double[] POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
        1e17, 1e18, 1e19, 1e20, 1e21, 1e22
    };

    /** Whole numbers below it are doubles exactly. */
    private static final long EXACT = 1L << 53;

    /** No overflow: 18 digits stay below 10^18 < 2^63. */
    private static final int MOST_DIGITS = 18;

    private static final int LONGEST_EXPONENT = 6;

    private NumberText() {}

    /** Returns the number, or NaN when the text is none. */
    static double parse(String text, char decimal) {
        char[] characters = text.toCharArray();
        return parse(characters, 0, characters.length, decimal);
    }

    /**
     * Returns the number, or NaN when the characters are none. Up to 18 digits with a small
     * exponent need one division or multiplication of doubles that are exact, which is rounded once
     * (Clinger 1990); most others two products ({@link DecimalFloat}), the rest goes through {@link
     * Double#parseDouble}.
     *
     * @param length 0 is no number
     * @param decimal between whole digits and the others, {@code '.'} or {@code ','}
     */
    static double parse(char[] text, int offset, int length, char decimal) {
        int end = offset + length;
        int at = offset;
        boolean negative = at < end && text[at] == '-';
        if (at < end && (text[at] == '-' || text[at] == '+')) {
            at++;
        }
        long digits = 0;
        int count = 0;
        int significant = 0;
        int point = -1;
        for (; at < end; at++) {
            int digit = text[at] - '0';
            if (digit >= 0 && digit <= 9) {
                count++;
                significant += significant > 0 || digit > 0 ? 1 : 0;
                digits = significant <= MOST_DIGITS ? 10 * digits + digit : digits;
            } else if (text[at] == decimal && point < 0) {
                point = count;
            } else {
                break;
            }
        }
        if (count == 0) {
            return infinity(text, offset, length);
        }
        int exponent = at < end ? exponent(text, at, end) : 0;
        if (exponent == Integer.MIN_VALUE) {
            return Double.NaN;
        }
        int shift = exponent - (point < 0 ? 0 : count - point);
        double value = Double.NaN;
        if (significant <= MOST_DIGITS && digits < EXACT && shift >= -22 && shift <= 22) {
            value = shift < 0 ? digits / POWERS[-shift] : digits * POWERS[shift];
        } else if (significant <= MOST_DIGITS && digits > 0) {
            value = DecimalFloat.of(digits, shift);
        }
        if (Double.isNaN(value)) {
            return Double.parseDouble(new String(text, offset, length).replace(decimal, '.'));
        }
        return negative ? -value : value;
    }

    /** Returns the exponent that begins at {@code at}; the least int when there is none. */
    private static int exponent(char[] text, int at, int end) {
        if (text[at] != 'e' && text[at] != 'E') {
            return Integer.MIN_VALUE;
        }
        int from = at + 1;
        boolean signed = from < end && (text[from] == '-' || text[from] == '+');
        int first = signed ? from + 1 : from;
        if (first >= end) {
            return Integer.MIN_VALUE;
        }
        int exponent = 0;
        for (int i = first; i < end; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9) {
                return Integer.MIN_VALUE;
            }
            exponent = i - first < LONGEST_EXPONENT ? 10 * exponent + digit : exponent;
        }
        return signed && text[from] == '-' ? -exponent : exponent;
    }

    private static double infinity(char[] text, int offset, int length) {
        if (length < 3 || length > 9) {
            return Double.NaN;
        }
        return switch (new String(text, offset, length).toLowerCase(Locale.ROOT)) {
            case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
            case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
            default -> Double.NaN;
        };
    }
}
