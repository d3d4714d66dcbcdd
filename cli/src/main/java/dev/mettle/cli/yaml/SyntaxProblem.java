package dev.mettle.cli.yaml;

import dev.mettle.core.document.Place;
import dev.mettle.core.document.Problem;

import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says in plain words what the parser found wrong. */
final class SyntaxProblem {
    /** Beginnings of the parser's sentences, and ours. The first that fits counts. */
    private static final List<Map.Entry<String, String>> PLAIN_WORDS =
            List.of(
                    Map.entry(
                            "mapping values are not allowed here",
                            "a ':' cannot stand here. Indent this line like its neighbours, or"
                                    + " quote a text that holds ': '."),
                    Map.entry(
                            "expected <block end>",
                            "this does not fit the lines above. Check its indentation, and quotes"
                                    + " or brackets before it."),
                    Map.entry("could not find expected ':'", "a ':' is missing after this key."),
                    Map.entry(
                            "expected ',' or ']'",
                            "a ',' or the closing ']' is missing before this."),
                    Map.entry(
                            "expected ',' or '}'",
                            "a ',' or the closing '}' is missing before this."),
                    Map.entry("found unexpected end of stream", "a quote is never closed."),
                    Map.entry(
                            "found unknown escape character",
                            "a '\\' in double quotes begins no known escape; use single quotes."),
                    Map.entry(
                            "block sequence entries are not allowed here",
                            "a list item '-' cannot stand here. Begin it on a line of its own."),
                    Map.entry(
                            "sequence entries are not allowed here",
                            "a list item '-' cannot stand here. Begin it on a line of its own."));

    private SyntaxProblem() {}

    static Problem of(MarkedYamlEngineException e, String text) {
        Place at = e.getProblemMark().map(SyntaxProblem::place).orElse(new Place(1, 1));
        int firstLine = e.getContextMark().map(mark -> mark.getLine() + 1).orElse(at.line());
        return tab(text, Math.min(firstLine, at.line()), at.line())
                .map(place -> new Problem(place, "YAML is indented with spaces, not tabs."))
                .orElseGet(() -> new Problem(at, message(e, at)));
    }

    private static String message(MarkedYamlEngineException e, Place at) {
        String problem = String.valueOf(e.getProblem());
        String opened =
                e.getContextMark()
                        .filter(mark ->
                                mark.getLine() + 1 < at.line()
                                        && !problem.startsWith("mapping values"))
                        .map(mark ->
                                " (It belongs to what begins at line "
                                        + (mark.getLine() + 1)
                                        + ".)")
                        .orElse("");
        for (Map.Entry<String, String> entry : PLAIN_WORDS) {
            if (problem.startsWith(entry.getKey())) {
                return entry.getValue() + opened;
            }
        }
        if (problem.contains("that cannot start any token")) {
            return "a value cannot begin with this character; put it in quotes.";
        }
        return "this is not YAML: " + problem + (problem.endsWith(".") ? "" : ".") + opened;
    }

    /** Returns the first tab in the indentation of the lines given, counted from 1. */
    private static Optional<Place> tab(String text, int from, int to) {
        List<String> lines = text.lines().toList();
        for (int line = from; line <= Math.min(to, lines.size()); line++) {
            String content = lines.get(line - 1);
            int column = 0;
            while (column < content.length() && content.charAt(column) == ' ') {
                column++;
            }
            if (column < content.length() && content.charAt(column) == '\t' && !content.isBlank()) {
                return Optional.of(new Place(line, column + 1));
            }
        }
        return Optional.empty();
    }

    private static Place place(Mark mark) {
        return new Place(mark.getLine() + 1, mark.getColumn() + 1);
    }

    /** Returns the place of the code point with an index, counted from 0. */
    static Place place(String text, int index) {
        int line = 1;
        int column = 1;
        int[] codePoints = text.codePoints().limit(index).toArray();
        for (int codePoint : codePoints) {
            line += codePoint == '\n' ? 1 : 0;
            column = codePoint == '\n' ? 1 : column + 1;
        }
        return new Place(line, column);
    }
}
