package dev.mettle.core.study;

import dev.mettle.core.document.Mapping;
import dev.mettle.core.document.Node;
import dev.mettle.core.document.Place;
import dev.mettle.core.document.Scalar;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what is measured on held-out rows: {@code mae}, {@code quantile(0.9)} or {@code {quantile:
 * 0.9}}.
 */
final class HeldOutLossReader {
    private static final Pattern CALL = Pattern.compile("quantile\\(\\s*([^()]*?)\\s*\\)");
    private static final List<HeldOutLoss> PLAIN =
            List.of(
                    new HeldOutLoss.Mse(),
                    new HeldOutLoss.Mae(),
                    new HeldOutLoss.CrossEntropy(),
                    new HeldOutLoss.ErrorRate());

    private final Problems problems;
    private final Values values;
    private final TaskKind kind;

    HeldOutLossReader(TaskKind kind, Problems problems) {
        this.problems = problems;
        this.values = new Values(problems);
        this.kind = kind;
    }

    /** Returns the losses that take no number. */
    static List<String> plain() {
        return PLAIN.stream().map(HeldOutLoss::label).toList();
    }

    /** Reads the value of {@code selection.loss}. */
    Optional<HeldOutLoss> read(Node node) {
        if (kind == TaskKind.REGRESSION) {
            if (node instanceof Mapping mapping
                    && mapping.entries().size() == 1
                    && mapping.entry("quantile").isPresent()) {
                return quantile(mapping.entries().getFirst().value());
            }
            if (node instanceof Scalar scalar) {
                Matcher call = CALL.matcher(scalar.text());
                if (call.matches()) {
                    return quantile(number(call.group(1), scalar.place()));
                }
            }
        }
        return PLAIN.stream()
                .filter(loss -> loss.kind() == kind)
                .filter(loss -> node instanceof Scalar scalar && loss.label().equals(scalar.text()))
                .findFirst()
                .or(() -> unknown(node));
    }

    private Optional<HeldOutLoss> quantile(Node number) {
        return values.number(number, "the number of quantile", Limits.INSIDE)
                .map(HeldOutLoss.Quantile::new);
    }

    private static Scalar number(String text, Place place) {
        Scalar number = new Scalar(text, Scalar.Kind.NUMBER, place);
        return number.number().isPresent() ? number : new Scalar(text, Scalar.Kind.STRING, place);
    }

    private Optional<HeldOutLoss> unknown(Node node) {
        boolean regression = kind == TaskKind.REGRESSION;
        problems.add(
                node.place(),
                "the loss of 'selection' must be %s for a %s, but is %s.",
                regression ? "mse, mae or quantile(q)" : "cross_entropy or error_rate",
                regression ? "regression" : "classification",
                node.described());
        return Optional.empty();
    }
}
