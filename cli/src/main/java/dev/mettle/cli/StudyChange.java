package dev.mettle.cli;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/** Says how a study file differs from the one a run was made from. */
final class StudyChange {
    private static final int SHOWN = 8;

    private StudyChange() {}

    /**
     * Returns the lines that only one of the texts has, comments and blank lines apart; at most a
     * few of each.
     */
    static String describe(String before, String after) {
        SequencedSet<String> old = lines(before);
        SequencedSet<String> now = lines(after);
        List<String> shown = new ArrayList<>();
        old.stream()
                .filter(line -> !now.contains(line))
                .limit(SHOWN)
                .forEach(line -> shown.add("  - " + line));
        now.stream()
                .filter(line -> !old.contains(line))
                .limit(SHOWN)
                .forEach(line -> shown.add("  + " + line));
        return shown.isEmpty() ? "  (the same lines in another order)" : String.join("\n", shown);
    }

    private static SequencedSet<String> lines(String text) {
        SequencedSet<String> lines = new LinkedHashSet<>();
        for (String line : text.split("\n")) {
            String said = line.replaceFirst("(^|\\s)#.*$", "").strip();
            if (!said.isEmpty()) {
                lines.add(said);
            }
        }
        return lines;
    }
}
