package dev.mettle.core.study;

import dev.mettle.core.document.Mapping;
import dev.mettle.core.document.Node;
import dev.mettle.core.document.Scalar;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Reads single values; reports what is wrong and then returns empty. {@code name} is what messages
 * call the value.
 */
final class Values {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final Problems problems;

    Values(Problems problems) {
        this.problems = problems;
    }

    /** Reads a whole number of {@code least} or more; 1e3 and 3.0 are whole. */
    Optional<Integer> whole(Node node, String name, int least) {
        return whole(node, name, least, Integer.MAX_VALUE);
    }

    /** Reads a whole number from {@code least} to {@code most}. */
    Optional<Integer> whole(Node node, String name, int least, int most) {
        return wide(node, name, least, most).map(Math::toIntExact);
    }

    /** Reads a whole number from {@code least} to {@code most}. */
    Optional<Long> wide(Node node, String name, long least, long most) {
        Optional<BigDecimal> number = number(node);
        boolean fits =
                number.isPresent()
                        && number.get().compareTo(BigDecimal.valueOf(least)) >= 0
                        && number.get().compareTo(BigDecimal.valueOf(most)) <= 0
                        && isWhole(number);
        if (fits) {
            return number.map(BigDecimal::longValueExact);
        }
        boolean limited = most != Integer.MAX_VALUE && most != Long.MAX_VALUE;
        boolean above = number.isPresent() && number.get().compareTo(BigDecimal.valueOf(most)) > 0;
        String range =
                limited || above ? "from " + least + " to " + most : "of " + least + " or more";
        String hint =
                problems.isRange(node.place()) && !isWhole(number)
                        ? " Write integer: true in the range."
                        : numberHint(node);
        return wrong(node, name, "a whole number " + range, hint);
    }

    /** Reads a finite number within limits. */
    Optional<Double> number(Node node, String name, Limits limits) {
        Optional<BigDecimal> number = number(node);
        if (number.isPresent() && limits.contain(number.get())) {
            return Optional.of(number.get().doubleValue() + 0.0); // -0.0 becomes 0.0
        }
        boolean percentage =
                number.isPresent()
                        && limits.equals(Limits.INSIDE)
                        && number.get().compareTo(BigDecimal.ONE) > 0
                        && number.get().compareTo(HUNDRED) < 0;
        String hint =
                percentage
                        ? " Write %s.".formatted(plain(number.get().divide(HUNDRED)))
                        : numberHint(node);
        return wrong(node, name, "a number" + limits.described(), hint);
    }

    /** Reads {@code true} or {@code false}. */
    Optional<Boolean> truth(Node node, String name) {
        return node instanceof Scalar scalar && scalar.kind() == Scalar.Kind.BOOLEAN
                ? Optional.of(scalar.isTrue())
                : wrong(node, name, "true or false", "");
    }

    /** Reads one of some words. */
    <T> Optional<T> word(Node node, String name, SequencedMap<String, T> words) {
        if (node instanceof Scalar scalar && words.containsKey(scalar.text())) {
            return Optional.of(words.get(scalar.text()));
        }
        String guess =
                node instanceof Scalar scalar
                        ? Suggestion.ending(scalar.text(), words.keySet())
                        : ".";
        problems.add(
                node.place(),
                "%s must be %s, but is %s%s",
                name,
                choice(words.keySet()),
                node.described(),
                guess);
        return Optional.empty();
    }

    /** Reads a text that is not empty; a number is one too. */
    Optional<String> text(Node node, String name, String what) {
        return node instanceof Scalar scalar
                        && scalar.kind() != Scalar.Kind.NULL
                        && !scalar.text().isBlank()
                ? Optional.of(scalar.text())
                : wrong(node, name, what, "");
    }

    /** Returns words as {@code a, b or c}. */
    static String choice(Iterable<String> words) {
        return joined(words, " or ");
    }

    /** Returns words as {@code a, b and c}. */
    static String all(Iterable<String> words) {
        return joined(words, " and ");
    }

    private static String joined(Iterable<String> words, String end) {
        String joined = String.join(", ", words);
        int last = joined.lastIndexOf(", ");
        return last < 0 ? joined : joined.substring(0, last) + end + joined.substring(last + 2);
    }

    private static boolean isWhole(Optional<BigDecimal> number) {
        return number.isPresent() && number.get().stripTrailingZeros().scale() <= 0;
    }

    private static Optional<BigDecimal> number(Node node) {
        return node instanceof Scalar scalar ? scalar.number() : Optional.empty();
    }

    /**
     * Returns how to write a number that was written as a text: quoted, with separators or with a
     * percent sign; and where a range belongs.
     */
    private static String numberHint(Node node) {
        if (node instanceof Mapping mapping && mapping.entry("min").isPresent()) {
            return " A range belongs into 'space', under a name that $name refers to here.";
        }
        if (!(node instanceof Scalar scalar) || scalar.kind() != Scalar.Kind.STRING) {
            return "";
        }
        String digits = scalar.text().replaceAll("[_' ]", "");
        try {
            return digits.endsWith("%")
                    ? " Write %s."
                            .formatted(
                                    plain(
                                            decimal(digits.substring(0, digits.length() - 1))
                                                    .divide(HUNDRED)))
                    : " Write %s.".formatted(decimal(digits).toString());
        } catch (NumberFormatException e) {
            return "";
        }
    }

    private static BigDecimal decimal(String digits) {
        if (digits.length() > 20) {
            throw new NumberFormatException();
        }
        return new BigDecimal(digits);
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }

    private <T> Optional<T> wrong(Node node, String name, String what, String hint) {
        problems.add(
                node.place(), "%s must be %s, but is %s.%s", name, what, node.described(), hint);
        return Optional.empty();
    }
}
