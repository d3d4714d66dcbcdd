package dev.mettle.core.selection;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Map;

/**
 * Words why a candidate was dropped.
 *
 * @param dropped the candidate
 * @param iteration instances it had; 0 of a preview
 */
record Reason(Standing dropped, int iteration) {
    private static final int DIGITS = 4;

    /** Enough to tell any two doubles apart. */
    private static final int MOST_DIGITS = 17;

    /** Zeros or digits at the point up to which no exponent is written. */
    private static final int PLAIN_DIGITS = 6;

    /** Returns the elimination, with the two numbers that were compared. */
    Elimination elimination(double compared, double bar, String sentence) {
        return new Elimination(dropped.candidate(), iteration, compared, bar, sentence);
    }

    /**
     * Returns the elimination of one that was not among the best, of whom a rule keeps a number.
     *
     * @param worstKept by value of {@code per}, each of which keeps a candidate
     */
    Elimination behind(String rule, String criterion, Map<String, Standing> worstKept) {
        Standing bar = worstKept.getOrDefault(dropped.group(), dropped); // satisfies the type
        return elimination(dropped.criterion(), bar.criterion(), behind(rule, criterion, bar));
    }

    /** Words that it was not among the best, of whom a rule keeps a number. */
    private String behind(String rule, String criterion, Standing worstKept) {
        if (dropped.hasFailed() && !worstKept.hasFailed()) {
            return rule + ": " + failed();
        }
        String kept =
                worstKept.group().isEmpty()
                        ? "the worst that was kept"
                        : "the worst kept for %s".formatted(worstKept.group());
        double bar = worstKept.criterion();
        if (dropped.hasFailed() && dropped.criterion() == Double.POSITIVE_INFINITY) {
            return "%s: %s, and so did some of %s; the id decides".formatted(rule, failed(), kept);
        }
        if (dropped.criterion() == bar) {
            return "%s: its %s %s after %s ties with %s, and the id decides"
                    .formatted(rule, criterion, text(bar, DIGITS), instances(), kept);
        }
        Texts texts = Texts.of(dropped.criterion(), bar);
        return "%s: its %s %s after %s is above %s, %s"
                .formatted(rule, criterion, texts.value(), instances(), texts.other(), kept);
    }

    /** Words that its criterion is above a limit. */
    String above(String criterion, double limit) {
        if (dropped.hasFailed() && dropped.criterion() == Double.POSITIVE_INFINITY) {
            return "above: " + failed();
        }
        return limit("above", criterion, dropped.criterion(), limit);
    }

    /** Words that its cv is above a limit, or that it failed. */
    String cvAbove(double limit) {
        return dropped.hasFailed()
                ? "cv_above: " + failed()
                : limit("cv_above", "cv", dropped.losses().cv(), limit);
    }

    private String limit(String rule, String criterion, double value, double limit) {
        Texts texts = Texts.of(value, limit);
        return "%s: its %s %s after %s is above the limit %s"
                .formatted(rule, criterion, texts.value(), instances(), texts.other());
    }

    private String failed() {
        return iteration == 0
                ? "its preview failed"
                : "%d of %s failed".formatted(dropped.failures(), instances());
    }

    private String instances() {
        return switch (iteration) {
            case 0 -> "a preview";
            case 1 -> "1 instance";
            default -> iteration + " instances";
        };
    }

    /**
     * Two numbers in as many digits as tell them apart, at least {@value #DIGITS}. Made together:
     * the exact decimals of a double are long, and a race drops thousands of candidates.
     */
    private record Texts(String value, String other) {
        static Texts of(double value, double other) {
            for (int digits = DIGITS; ; digits++) {
                Texts texts = new Texts(text(value, digits), text(other, digits));
                if (digits == MOST_DIGITS || !texts.value.equals(texts.other)) {
                    return texts;
                }
            }
        }
    }

    private static String text(double value, int digits) {
        if (Double.isInfinite(value)) {
            return "infinity";
        }
        BigDecimal exact = new BigDecimal(value);
        int wholeDigits = exact.precision() - exact.scale();
        int kept =
                wholeDigits <= PLAIN_DIGITS
                        ? Math.max(digits, wholeDigits)
                        : digits; // 10015, not 10020
        BigDecimal rounded = exact.round(new MathContext(kept)).stripTrailingZeros();
        boolean plain = Math.abs(wholeDigits) <= PLAIN_DIGITS || value == 0;
        return plain ? rounded.toPlainString() : rounded.toString();
    }
}
