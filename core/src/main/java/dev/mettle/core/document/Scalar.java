package dev.mettle.core.document;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;

/**
 * A single word, number or truth value.
 *
 * @param text as written, without quotes
 * @param kind what the text is by the core schema of YAML 1.2; a quoted text is a {@link
 *     Kind#STRING}
 * @param place where it begins
 */
public record Scalar(String text, Kind kind, Place place) implements Node {
    private static final int LONGEST_DESCRIPTION = 40;

    /** What a text is. */
    public enum Kind {
        /** Any text that is nothing else. */
        STRING,
        /** Whole or decimal, also {@code 0x1f}, {@code 0o17}, {@code .inf} and {@code .nan}. */
        NUMBER,
        /** {@code true} or {@code false}. */
        BOOLEAN,
        /** Nothing at all, {@code null} or {@code ~}. */
        NULL
    }

    /**
     * Returns the number, exactly; empty for what is not a {@link Kind#NUMBER}, for infinities and
     * NaN, and for a decimal exponent of more than nine digits.
     */
    public Optional<BigDecimal> number() {
        if (kind != Kind.NUMBER) {
            return Optional.empty();
        }
        try {
            if (text.startsWith("0x")) {
                return Optional.of(new BigDecimal(new BigInteger(text.substring(2), 16)));
            }
            if (text.startsWith("0o")) {
                return Optional.of(new BigDecimal(new BigInteger(text.substring(2), 8)));
            }
            return Optional.of(new BigDecimal(text));
        } catch (NumberFormatException e) { // .inf, .nan or a huge exponent
            return Optional.empty();
        }
    }

    /** Tells whether this is the truth value {@code true}. */
    public boolean isTrue() {
        return kind == Kind.BOOLEAN && text.toLowerCase(Locale.ROOT).equals("true");
    }

    @Override
    public String described() {
        if (kind == Kind.NULL) {
            return "empty";
        }
        String shown =
                text.length() <= LONGEST_DESCRIPTION
                        ? text
                        : text.substring(0, LONGEST_DESCRIPTION - 3) + "...";
        shown = shown.replace('\n', ' ');
        return kind == Kind.STRING ? "'" + shown + "'" : shown;
    }
}
