package dev.mettle.cli;

import java.nio.charset.Charset;
import java.util.regex.Pattern;

/**
 * Text for terminals and pipes that know no more than ASCII, as in the locale of many containers
 * and of cron: instead of question marks, 8.6 x 10^-6 and ln^2.
 */
final class Ascii {
    /** The signs that commands write; names of a study are the user's own. */
    private static final String SIGNS = "×⁻⁰¹²³⁴⁵⁶⁷⁸⁹\u00a0";

    private static final String INSTEAD = "x-0123456789 ";
    private static final Pattern RAISED = Pattern.compile("[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+");

    private Ascii() {}

    /** Tells whether this character set lacks a sign. */
    static boolean isNeededFor(Charset charset) {
        return !charset.newEncoder().canEncode(SIGNS);
    }

    /** Returns the text with the signs replaced. */
    static String of(String text) {
        StringBuilder ascii = new StringBuilder(RAISED.matcher(text).replaceAll("^$0"));
        for (int i = 0; i < ascii.length(); i++) {
            int sign = SIGNS.indexOf(ascii.charAt(i));
            if (sign >= 0) {
                ascii.setCharAt(i, INSTEAD.charAt(sign));
            }
        }
        return ascii.toString();
    }
}
