package dev.mettle.cli;

import dev.mettle.core.study.CsvSettings;
import dev.mettle.core.study.TextEncoding;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** How a table of text is written, where the file does not show it. */
final class CsvOptions {
    @Option(
            names = "--delimiter",
            paramLabel = "C",
            description = "Of a table of text: the character between fields, or tab.")
    private @Nullable String delimiter;

    @Option(names = "--decimal", paramLabel = "C", description = "Of a table of text: '.' or ','.")
    private @Nullable String decimal;

    @Option(
            names = "--encoding",
            paramLabel = "NAME",
            description = "Of a table of text: utf-8, utf-16, latin1, windows-1252.")
    private @Nullable String encoding;

    /** Returns what was said; empty when nothing was. */
    Optional<CsvSettings> settings() {
        if (delimiter == null && decimal == null && encoding == null) {
            return Optional.empty();
        }
        Optional<Character> between =
                Optional.ofNullable(delimiter)
                        .map(text -> text.equals("tab") || text.equals("\\t") ? "\t" : text)
                        .map(text -> character("--delimiter", text));
        Optional<Character> point =
                Optional.ofNullable(decimal).map(text -> character("--decimal", text));
        if (point.isPresent() && point.get() != '.' && point.get() != ',') {
            throw new UserException(
                    "--decimal must be '.' or ',', but is '%s'.".formatted(decimal));
        }
        if (between.isPresent() && between.equals(point)) {
            throw new UserException("--delimiter and --decimal are both '%s'.".formatted(decimal));
        }
        return Optional.of(
                new CsvSettings(
                        between,
                        point,
                        Optional.ofNullable(encoding).map(CsvOptions::encoding),
                        CsvSettings.DEFAULT_MISSING));
    }

    private static char character(String option, String text) {
        if (text.length() != 1) {
            throw new UserException(
                    "%s must be one character, but is '%s'.".formatted(option, text));
        }
        return text.charAt(0);
    }

    private static TextEncoding encoding(String word) {
        return Arrays.stream(TextEncoding.values())
                .filter(one -> one.word().equals(word))
                .findFirst()
                .orElseThrow(() ->
                        new UserException(
                                "--encoding must be %s, but is '%s'."
                                        .formatted(
                                                Arrays.stream(TextEncoding.values())
                                                        .map(TextEncoding::word)
                                                        .collect(Collectors.joining(", ")),
                                                word)));
    }
}
