package dev.mettle.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A table that scrolls sideways on a narrow screen. Its first column names the row; the others hold
 * numbers.
 */
final class Table {
    private final Html head;
    private final List<Html> rows = new ArrayList<>();

    /** Takes the headings; text is escaped. */
    Table(List<?> headings) {
        head = cells("th scope=\"col\"", "th", headings);
    }

    /** Adds a row; text is escaped. */
    void add(List<?> cells) {
        rows.add(Html.of("<tr>%s</tr>", cells("td", "td", cells)));
    }

    private static Html cells(String open, String close, List<?> cells) {
        StringBuilder row = new StringBuilder();
        for (Object cell : cells) {
            row.append('<').append(open).append('>').append(Html.of("%s", cell).markup());
            row.append("</").append(close).append('>');
        }
        return new Html(row.toString());
    }

    Html html() {
        return Html.of(
                "<div class=\"scroll\"><table><thead><tr>%s</tr></thead><tbody>%s</tbody></table></div>",
                head, Html.join(rows));
    }
}
