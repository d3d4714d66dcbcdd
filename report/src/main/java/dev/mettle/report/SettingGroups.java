package dev.mettle.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.TreeMap;

/**
 * Puts the values of a dimension that has too many for a row each, as a range has, into a few
 * groups of neighbours with about as many candidates each. Values that are no numbers stay by
 * themselves.
 */
final class SettingGroups {
    /** Most different numbers that have a row each. */
    static final int MOST_ALONE = 12;

    private static final int GROUPS = 6;
    private static final int FEWEST_DIGITS = 2;
    private static final int MOST_DIGITS = 9;

    /** Exponent of ten from which on a number is written without one. */
    private static final int SMALLEST_PLAIN = -5;

    private SettingGroups() {}

    /**
     * Returns for every value the label of its group: the value itself, or {@code 0.001 to 0.0032}.
     *
     * @param values of the candidates, one each
     * @return numbers in rising order (those drawn come in any), then words as they come
     */
    static SequencedMap<String, String> of(Collection<String> values) {
        SequencedSet<String> different = new LinkedHashSet<>(values);
        TreeMap<BigDecimal, Integer> counts = new TreeMap<>();
        SequencedMap<String, BigDecimal> numbers = new LinkedHashMap<>();
        for (String value : values) {
            try {
                BigDecimal number = new BigDecimal(value);
                counts.merge(number, 1, Integer::sum);
                numbers.put(value, number);
            } catch (NumberFormatException _) {
                // a word: a group of its own
            }
        }
        SequencedMap<String, String> labels = new LinkedHashMap<>();
        if (counts.size() > MOST_ALONE) {
            List<List<BigDecimal>> groups = groups(counts);
            List<String> names = names(groups);
            for (int g = 0; g < groups.size(); g++) {
                for (var entry : numbers.entrySet()) {
                    BigDecimal number = entry.getValue();
                    if (number.compareTo(groups.get(g).getFirst()) >= 0
                            && number.compareTo(groups.get(g).getLast()) <= 0) {
                        labels.put(entry.getKey(), names.get(g));
                    }
                }
            }
        }
        numbers.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .forEach(entry -> labels.putIfAbsent(entry.getKey(), entry.getKey()));
        different.forEach(value -> labels.putIfAbsent(value, value));
        return labels;
    }

    /** Cuts before a number when the groups so far have their share of the candidates. */
    private static List<List<BigDecimal>> groups(TreeMap<BigDecimal, Integer> counts) {
        long all = counts.values().stream().mapToLong(count -> count).sum();
        List<List<BigDecimal>> groups = new ArrayList<>();
        groups.add(new ArrayList<>());
        long before = 0;
        for (var entry : counts.entrySet()) {
            if (before * GROUPS >= all * groups.size()) {
                groups.add(new ArrayList<>());
            }
            groups.getLast().add(entry.getKey());
            before += entry.getValue();
        }
        return groups;
    }

    /** Names groups by their ends, with as many digits as it takes to tell them apart. */
    private static List<String> names(List<List<BigDecimal>> groups) {
        for (int digits = FEWEST_DIGITS; ; digits++) {
            int shown = digits;
            List<String> names =
                    groups.stream()
                            .map(group -> name(group.getFirst(), group.getLast(), shown))
                            .toList();
            if (new HashSet<>(names).size() == names.size() || digits == MOST_DIGITS) {
                return names;
            }
        }
    }

    private static String name(BigDecimal low, BigDecimal high, int digits) {
        String from = text(low, digits);
        String to = text(high, digits);
        return from.equals(to) ? from : from + " to " + to;
    }

    private static String text(BigDecimal number, int digits) {
        BigDecimal rounded = number.round(new MathContext(digits)).stripTrailingZeros();
        int exponent = rounded.precision() - rounded.scale() - 1;
        if (exponent >= SMALLEST_PLAIN && exponent < MOST_DIGITS || rounded.signum() == 0) {
            return rounded.toPlainString();
        }
        return new BigDecimal(rounded.unscaledValue(), rounded.precision() - 1) + "e" + exponent;
    }
}
