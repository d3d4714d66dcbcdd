package dev.mettle.core.study;

import dev.mettle.core.document.Mapping;
import dev.mettle.core.document.Node;
import dev.mettle.core.document.Scalar;
import dev.mettle.core.statistics.Criterion;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a criterion: {@code mean}, {@code quantile(0.9)} or {@code {quantile: 0.9}}. */
final class CriterionReader {
    private record WithNumber(Limits limits, String example, Function<Double, Criterion> make) {}

    private static final List<Criterion> PLAIN =
            List.of(
                    new Criterion.Mean(),
                    new Criterion.Median(),
                    new Criterion.Max(),
                    new Criterion.Iqr(),
                    new Criterion.Std(),
                    new Criterion.Cv());
    private static final Map<String, WithNumber> WITH_NUMBER =
            Map.of(
                    "quantile", new WithNumber(Limits.SHARE, "0.9", Criterion.Quantile::new),
                    "cvar", new WithNumber(Limits.BELOW_ONE, "0.9", Criterion.Cvar::new),
                    "mean_plus_std",
                            new WithNumber(Limits.NOT_NEGATIVE, "1", Criterion.MeanPlusStd::new));
    private static final Pattern CALL = Pattern.compile("([a-z_]+)\\(\\s*([^()]*?)\\s*\\)");
    private static final Pattern DECIMAL =
            Pattern.compile("[-+]?(\\.\\d+|\\d+(\\.\\d*)?)([eE][-+]?\\d+)?");

    private final Problems problems;
    private final Values values;

    CriterionReader(Problems problems) {
        this.problems = problems;
        this.values = new Values(problems);
    }

    /** Returns the criteria that take no number. */
    static List<String> plain() {
        return PLAIN.stream().map(Criterion::label).toList();
    }

    /** Returns the criteria that take a number, with its limits. */
    static SequencedMap<String, Limits> withNumber() {
        SequencedMap<String, Limits> limits = new TreeMap<>();
        WITH_NUMBER.forEach((name, criterion) -> limits.put(name, criterion.limits()));
        return limits;
    }

    Optional<Criterion> read(Node node) {
        if (node instanceof Mapping mapping && mapping.entries().size() == 1) {
            Mapping.Entry entry = mapping.entries().getFirst();
            return withNumber(node, entry.key().text(), entry.value());
        }
        if (!(node instanceof Scalar scalar)) {
            return unknown(node, "");
        }
        Matcher call = CALL.matcher(scalar.text());
        if (call.matches()) {
            Scalar.Kind kind =
                    DECIMAL.matcher(call.group(2)).matches()
                            ? Scalar.Kind.NUMBER
                            : Scalar.Kind.STRING;
            return withNumber(node, call.group(1), new Scalar(call.group(2), kind, scalar.place()));
        }
        return PLAIN.stream()
                .filter(criterion -> criterion.label().equals(scalar.text()))
                .findFirst()
                .or(() -> unknown(node, scalar.text()));
    }

    private Optional<Criterion> withNumber(Node node, String name, Node number) {
        WithNumber criterion = WITH_NUMBER.get(name);
        if (criterion == null) {
            return unknown(node, name);
        }
        return values.number(number, "the number of " + name, criterion.limits())
                .map(criterion.make());
    }

    private Optional<Criterion> unknown(Node node, String name) {
        List<String> names = new ArrayList<>(PLAIN.stream().map(Criterion::label).toList());
        boolean plain = names.contains(name);
        names.addAll(List.of("quantile", "cvar", "mean_plus_std"));
        WithNumber lacking = WITH_NUMBER.get(name);
        if (lacking != null) {
            problems.add(
                    node.place(),
                    "%s needs a number, such as %s(%s).",
                    name,
                    name,
                    lacking.example());
        } else if (plain) {
            problems.add(node.place(), "%s takes no number; write criterion: %s.", name, name);
        } else {
            problems.add(
                    node.place(),
                    "criterion must be mean, median, max, iqr, std, cv, quantile(q), cvar(q) or"
                            + " mean_plus_std(lambda), but is %s%s",
                    node.described(),
                    Suggestion.ending(name, names));
        }
        return Optional.empty();
    }
}
