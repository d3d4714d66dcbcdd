package dev.mettle.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The arrays of a data file as a table for people. */
final class DataText {
    private static final List<String> HEAD =
            List.of("name", "shape", "type", "least", "most", "mean", "missing", "first");
    private static final int WIDEST = 60;

    private DataText() {}

    static String of(Path file, List<ArrayProfile> profiles) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEAD);
        profiles.forEach(profile -> rows.add(row(profile)));
        int[] widths = new int[HEAD.size()];
        for (List<String> row : rows) {
            for (int c = 0; c < row.size() && row.size() == HEAD.size(); c++) {
                widths[c] = Math.max(widths[c], row.get(c).length());
            }
        }
        StringBuilder text = new StringBuilder();
        text.append(
                "%s: %,d %s%n"
                        .formatted(
                                file, profiles.size(), profiles.size() == 1 ? "array" : "arrays"));
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int c = 0; c < row.size(); c++) {
                String format = c + 1 < row.size() ? "%-" + Math.max(1, widths[c]) + "s  " : "%s";
                line.append(String.format(Locale.ROOT, format, row.get(c)));
            }
            text.append('\n').append(line.toString().stripTrailing());
        }
        return text.toString();
    }

    private static List<String> row(ArrayProfile profile) {
        return switch (profile.content()) {
            case ArrayProfile.Numeric numbers ->
                    List.of(
                            profile.name(),
                            profile.shape(),
                            profile.type(),
                            shown(numbers.least()),
                            shown(numbers.most()),
                            shown(numbers.mean()),
                            missing(numbers),
                            first(profile));
            case ArrayProfile.Textual texts ->
                    List.of(
                            profile.name(),
                            profile.shape(),
                            profile.type(),
                            "",
                            "",
                            "",
                            "%,d".formatted(texts.missing()),
                            "%,d different: %s".formatted(texts.different(), frequent(texts)));
            case ArrayProfile.Unreadable(String reason) ->
                    List.of(profile.name(), "not read: " + reason);
        };
    }

    private static String frequent(ArrayProfile.Textual texts) {
        String most = String.join(", ", texts.frequent());
        return cut(texts.different() > texts.frequent().size() ? most + ", ..." : most);
    }

    private static String missing(ArrayProfile.Numeric numbers) {
        return numbers.infinite() == 0
                ? "%,d".formatted(numbers.missing())
                : "%,d, %,d infinite".formatted(numbers.missing(), numbers.infinite());
    }

    private static String first(ArrayProfile profile) {
        return cut(
                profile.first().stream()
                                .map(Double::valueOf)
                                .map(DataText::shown)
                                .collect(Collectors.joining(", "))
                        + ", ...");
    }

    private static String cut(String text) {
        String line = text.replaceAll("\\p{Cntrl}", " ");
        return line.length() > WIDEST ? line.substring(0, WIDEST - 3) + "..." : line;
    }

    private static String shown(double value) {
        return Double.isNaN(value)
                ? "-"
                : value == Math.rint(value) ? ArrayProfile.written(value) : Numbers.shown(value);
    }
}
