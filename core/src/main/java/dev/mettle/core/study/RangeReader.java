package dev.mettle.core.study;

import dev.mettle.core.document.Mapping;
import dev.mettle.core.document.Node;
import dev.mettle.core.document.Scalar;

import java.util.List;
import java.util.Optional;

/** Reads a dimension that is a range: {@code {min: 1e-4, max: 1e-2, log: true}}. */
final class RangeReader {
    private static final String MIN = "min";
    private static final String MAX = "max";
    private static final String LOG = "log";
    private static final String INTEGER = "integer";
    private static final List<String> KEYS = List.of(MIN, MAX, LOG, INTEGER);

    /** Ends of integer ranges lie within this many of 0: an int, and easy to read. */
    static final int LARGEST = 1_000_000_000;

    private final Problems problems;
    private final Values values;

    RangeReader(Problems problems) {
        this.problems = problems;
        this.values = new Values(problems);
    }

    static List<String> keys() {
        return KEYS;
    }

    /**
     * Tells a range, possibly a wrong one, from named values: all it has are plain values, under no
     * other keys than those of a range, or one of its ends is a number.
     */
    static boolean isMeant(Mapping mapping) {
        List<Mapping.Entry> entries = mapping.entries();
        return !entries.isEmpty()
                && entries.stream().allMatch(entry -> entry.value() instanceof Scalar)
                && (entries.stream().allMatch(entry -> KEYS.contains(entry.key().text()))
                        || isNumber(mapping, MIN)
                        || isNumber(mapping, MAX));
    }

    private static boolean isNumber(Mapping mapping, String key) {
        return mapping.entry(key)
                .map(Mapping.Entry::value)
                .filter(node ->
                        node instanceof Scalar scalar && scalar.kind() == Scalar.Kind.NUMBER)
                .isPresent();
    }

    Optional<Range> read(Scalar name, Mapping mapping) {
        return Section.open(
                        mapping,
                        "the range '%s'".formatted(name.text()),
                        name.place(),
                        KEYS,
                        Scope.outside(problems),
                        problems)
                .flatMap(section -> range(section, name.text(), mapping));
    }

    private Optional<Range> range(Section section, String name, Mapping mapping) {
        Optional<Boolean> log = section.truth(LOG, false);
        Optional<Boolean> integer = section.truth(INTEGER, false);
        boolean whole = integer.orElse(false);
        Optional<Double> min = end(section, MIN, name, whole);
        Optional<Double> max = end(section, MAX, name, whole);
        if (log.isEmpty() || integer.isEmpty() || min.isEmpty() || max.isEmpty()) {
            return Optional.empty();
        }
        double low = min.get();
        double high = max.get();
        if (!(low < high)) {
            problems.add(
                    section.place(MIN),
                    "the range '%s' has min %s, which must be below its max %s.%s",
                    name,
                    written(mapping, MIN),
                    written(mapping, MAX),
                    low == high
                            ? " For one value write %s: [%s]."
                                    .formatted(name, written(mapping, MIN))
                            : " Exchange them.");
            return Optional.empty();
        }
        if (log.get() && low <= 0) {
            problems.add(
                    section.place(MIN),
                    "the range '%s' is logarithmic, so min must be above 0, but is %s. Write a"
                            + " small number such as %s, or take log out.",
                    name,
                    written(mapping, MIN),
                    whole ? "1" : "1e-6");
            return Optional.empty();
        }
        problems.range(mapping.place());
        return Optional.of(new Range(low, high, new Range.Kind(log.get(), whole), mapping.place()));
    }

    private Optional<Double> end(Section section, String key, String name, boolean whole) {
        if (!section.has(key)) {
            boolean told = key.equals(MAX) && !section.has(MIN);
            if (!told && !section.isMeant(key)) {
                problems.add(
                        section.place(),
                        "the range '%s' has no %s. Write for example %s: {min: %s}; for named"
                                + " values use names other than min and max.",
                        name,
                        section.has(MIN) || section.has(MAX) ? key : "min and max",
                        name,
                        whole ? "8, max: 64, integer: true" : "1e-4, max: 1e-2, log: true");
            }
            return Optional.empty();
        }
        String end = "%s of the range '%s'".formatted(key, name);
        Optional<Node> node = section.value(key);
        return whole
                ? node.flatMap(n -> values.wide(n, end, -LARGEST, LARGEST)).map(Long::doubleValue)
                : node.flatMap(n -> values.number(n, end, Limits.FINITE));
    }

    private static String written(Mapping mapping, String key) {
        return mapping.entry(key).map(entry -> entry.value().described()).orElse("");
    }
}
