package dev.mettle.cli;

import dev.mettle.core.study.CsvSettings;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The part of a study that is about its data, as a guess. */
final class DataSnippet {
    private DataSnippet() {}

    /**
     * Returns the sections data, task and sample.
     *
     * @param csv what the user said of a table of text, if anything
     */
    static String of(DataGuess guess, Optional<CsvSettings> csv) {
        List<String> lines = new ArrayList<>();
        lines.add("data:");
        lines.add("  file: " + StudyTemplate.quoted(guess.file()));
        csv.flatMap(DataSnippet::csv).ifPresent(lines::add);
        lines.add("  input: " + StudyTemplate.input(guess));
        lines.add("  target: " + StudyTemplate.quoted(guess.target()));
        if (guess.classes().isEmpty()) {
            lines.add("  scale: " + (guess.logarithmic() ? "log" : "standard"));
        }
        if (!guess.categories().isEmpty()) {
            lines.add(
                    "  categories: %s   # for embedding: {column: ..., dim: 2}; or leave them out"
                            .formatted(StudyTemplate.list(guess.categories())));
        }
        if (guess.misses()) {
            lines.add("  missing: drop   # or impute");
        }
        long held = StudyTemplate.held(guess);
        lines.add("  validation: " + held);
        lines.add("  test: " + held);
        lines.add("task: " + (guess.classes().isPresent() ? "classification" : "regression"));
        lines.add("sample: " + StudyTemplate.sample(guess));
        return String.join("\n", lines);
    }

    private static Optional<String> csv(CsvSettings settings) {
        List<String> parts = new ArrayList<>();
        settings.delimiter()
                .ifPresent(
                        one -> parts.add("delimiter: " + (one == '\t' ? "tab" : "'" + one + "'")));
        settings.decimal().ifPresent(one -> parts.add("decimal: '" + one + "'"));
        settings.encoding().ifPresent(one -> parts.add("encoding: " + one.word()));
        return parts.isEmpty()
                ? Optional.empty()
                : Optional.of("  csv: {" + String.join(", ", parts) + "}");
    }
}
