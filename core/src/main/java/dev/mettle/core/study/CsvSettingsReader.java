package dev.mettle.core.study;

import dev.mettle.core.document.Node;
import dev.mettle.core.document.Scalar;
import dev.mettle.core.document.Sequence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code csv} of the section {@code data}: how a table of text is written. */
final class CsvSettingsReader {
    static final List<String> KEYS = List.of("delimiter", "decimal", "encoding", "missing");

    /** Names of a character that is hard to write. */
    private static final List<String> TAB = List.of("tab", "\\t", "\t");

    private final Problems problems;
    private final Scope scope;

    CsvSettingsReader(Scope scope, Problems problems) {
        this.scope = scope;
        this.problems = problems;
    }

    /** Reads the settings of a section that has the key. */
    Optional<CsvSettings> read(Section data) {
        return data.value("csv")
                .flatMap(node ->
                        Section.open(node, "'csv'", data.keyPlace("csv"), KEYS, scope, problems))
                .flatMap(this::settings);
    }

    private Optional<CsvSettings> settings(Section csv) {
        Optional<Optional<Character>> delimiter =
                optional(csv, "delimiter", node -> delimiter(node));
        Optional<Optional<Character>> decimal = optional(csv, "decimal", node -> decimal(node));
        Optional<Optional<TextEncoding>> encoding =
                optional(
                        csv,
                        "encoding",
                        node -> new Values(problems).word(node, "encoding", Words.TEXT_ENCODINGS));
        Optional<List<String>> missing =
                csv.has("missing")
                        ? csv.value("missing").flatMap(this::missing)
                        : Optional.of(StudyDefaults.MISSING_TEXTS);
        if (delimiter.isEmpty() || decimal.isEmpty() || encoding.isEmpty() || missing.isEmpty()) {
            return Optional.empty();
        }
        if (delimiter.get().isPresent() && delimiter.get().equals(decimal.get())) {
            problems.add(
                    csv.place("decimal"),
                    "delimiter and decimal are both '%s'; numbers could not be told apart.",
                    delimiter.get().get());
            return Optional.empty();
        }
        return Optional.of(
                new CsvSettings(delimiter.get(), decimal.get(), encoding.get(), missing.get()));
    }

    private interface Reading<T> {
        Optional<T> read(Node node);
    }

    /** Reads a value that may be absent, which is then found from the file. */
    private static <T> Optional<Optional<T>> optional(Section csv, String key, Reading<T> reading) {
        return csv.has(key)
                ? csv.value(key).flatMap(reading::read).map(Optional::of)
                : Optional.of(Optional.empty());
    }

    private Optional<Character> delimiter(Node node) {
        String text = node instanceof Scalar scalar ? scalar.text() : "";
        if (TAB.contains(text)) {
            return Optional.of('\t');
        }
        boolean fits =
                text.length() == 1
                        && !Character.isLetterOrDigit(text.charAt(0))
                        && !Character.isISOControl(text.charAt(0))
                        && "\"+-.".indexOf(text.charAt(0)) < 0;
        if (!fits) {
            problems.add(
                    node.place(),
                    "delimiter must be one character between the fields of a line, such as ',',"
                            + " ';', '|' or tab, but is %s.",
                    node.described());
        }
        return fits ? Optional.of(text.charAt(0)) : Optional.empty();
    }

    private Optional<Character> decimal(Node node) {
        String text = node instanceof Scalar scalar ? scalar.text() : "";
        if (text.equals(".") || text.equals(",")) {
            return Optional.of(text.charAt(0));
        }
        problems.add(node.place(), "decimal must be '.' or ',', but is %s.", node.described());
        return Optional.empty();
    }

    private Optional<List<String>> missing(Node node) {
        List<String> texts = new ArrayList<>();
        if (node instanceof Sequence sequence) {
            for (Node item : sequence.items()) {
                if (scope.resolve(item).orElse(null) instanceof Scalar scalar) {
                    texts.add(scalar.text().strip());
                }
            }
            if (texts.size() == sequence.items().size()) {
                return Optional.of(texts);
            }
        }
        problems.add(
                node.place(),
                "missing must be a list of the texts that stand for a missing value, such as ['',"
                        + " NA], but is %s.",
                node instanceof Sequence ? "a list of other things" : node.described());
        return Optional.empty();
    }
}
