package dev.mettle.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.mettle.core.run.CandidateRecord;

import java.util.ArrayList;
import java.util.List;

/**
 * The rows that plots of settings share: under the name of each dimension a row for every value,
 * labelled at the axis. Long lists are cut: the table beside the plots has everything.
 */
final class SettingRows {
    private static final int MOST_VALUES = 12;
    private static final int MOST_ROWS = 90;
    private static final int ROW_HEIGHT = 24;
    private static final int LONGEST_LABEL = 18;

    /**
     * A value and where it is drawn.
     *
     * @param top of its row, in rows from the top of the plot
     * @param dimension whose value it is
     */
    record Row(int top, String dimension, SettingEffects.Value value) {}

    private record Header(int top, int values, SettingEffects.Dimension dimension) {}

    private final List<Row> rows = new ArrayList<>();
    private final List<Header> headers = new ArrayList<>();
    private final boolean cut;
    private int height;

    /** Places dimensions from top to bottom, as many as there is room for. */
    SettingRows(List<SettingEffects.Dimension> dimensions) {
        boolean left = false;
        for (SettingEffects.Dimension dimension : dimensions) {
            int shown = Math.min(MOST_VALUES, dimension.values().size());
            if (height > 0 && height + 1 + shown > MOST_ROWS) {
                left = true;
                continue;
            }
            left |= shown < dimension.values().size();
            headers.add(new Header(height++, shown, dimension));
            for (int i = 0; i < shown; i++) {
                rows.add(new Row(height++, dimension.name(), dimension.values().get(i)));
            }
        }
        cut = left;
    }

    /** Returns the rows of values. */
    List<Row> rows() {
        return rows;
    }

    /** Returns the tops of the rows to which a candidate belongs, in order. */
    List<Integer> topsOf(CandidateRecord candidate) {
        return rows.stream()
                .filter(row ->
                        row.value()
                                .settings()
                                .contains(
                                        candidate
                                                .settings()
                                                .getOrDefault(
                                                        row.dimension(), SettingEffects.NOT_USED)))
                .map(Row::top)
                .toList();
    }

    /** Tells whether a row stands for several values. */
    boolean isGrouped() {
        return rows.stream().anyMatch(row -> row.value().settings().size() > 1);
    }

    /** Tells whether dimensions or values were left out. */
    boolean isCut() {
        return cut;
    }

    /**
     * Gives a specification its height, the axis of values and the names of the dimensions; the
     * data set {@code rows} has an object for every row.
     */
    void apply(ObjectNode spec) {
        spec.put("height", ROW_HEIGHT * height);
        ObjectNode y = spec.withObject("/encoding/y");
        y.withObject("/scale").putArray("domain").add(height).add(0);
        ArrayNode ticks = y.withObject("/axis").putArray("values");
        ArrayNode all = Plot.data(spec, "rows");
        for (int i = 0; i < height; i++) {
            all.addObject().put("label", "");
        }
        for (Row row : rows) {
            ticks.add(row.top() + 0.5);
            ((ObjectNode) all.get(row.top())).put("label", shortened(row.value().label()));
        }
        for (Header header : headers) {
            ((ObjectNode) all.get(header.top()))
                    .put("name", shortened(header.dimension().name()))
                    .put("effect", effect(header.dimension()))
                    .put("brief", brief(header.dimension()))
                    .put("first", header.top() + 1)
                    .put("end", header.top() + 1 + header.values())
                    .put("row", header.top() + 0.62)
                    .put("line", header.top() + 0.12);
        }
    }

    /** Returns what a dimension explains, in words. */
    static String effect(SettingEffects.Dimension dimension) {
        return "explains %s of the order%s"
                .formatted(
                        percent(dimension.share()),
                        dimension.withinChance() ? ", no more than chance" : "");
    }

    /** Returns the same where there is little room: in a narrow column, on a phone. */
    static String brief(SettingEffects.Dimension dimension) {
        return percent(dimension.share())
                + (dimension.withinChance() ? ", as by chance" : " of the order");
    }

    /** Returns a share in whole percent: more digits would promise too much. */
    static String percent(double share) {
        long rounded = Math.round(100 * share);
        return (rounded == 0 && share > 0 ? "<1" : Long.toString(rounded)) + "\u00a0%";
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_LABEL ? text : text.substring(0, LONGEST_LABEL - 1) + "…";
    }
}
