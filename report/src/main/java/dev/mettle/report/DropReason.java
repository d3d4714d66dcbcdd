package dev.mettle.report;

import dev.mettle.core.selection.Elimination;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why a candidate was dropped, in a few words that are the same for all candidates dropped for that
 * reason. Read from the sentence of the elimination, which begins with the rule that was applied.
 */
final class DropReason {
    /** A failed training, whatever the rule made of it. */
    static final String FAILED = "a training failed";

    private static final Pattern RULE = Pattern.compile("([a-z_]+): ");
    private static final Pattern FAILURES = Pattern.compile("\\d+ of \\d+ instances? failed");

    private DropReason() {}

    /** Returns the reason as plots and counts name it. */
    static String label(Elimination elimination) {
        if (FAILURES.matcher(elimination.reason()).find()) {
            return FAILED;
        }
        String rule = rule(elimination);
        return switch (rule) {
            case "half" -> "not in the better half";
            case "above" -> "above the limit";
            case "cv_above" -> "cv above the limit";
            case "racing" -> "not among the best at its look";
            case "" -> "another reason";
            default -> "by the rule " + rule.replace('_', ' ');
        };
    }

    /** Returns the reason as a table of candidates names it: with the number of failures. */
    static String text(Elimination elimination) {
        Matcher failures = FAILURES.matcher(elimination.reason());
        if (failures.find()) {
            return failures.group();
        }
        String label = label(elimination);
        return rule(elimination).isEmpty() ? elimination.reason() : label;
    }

    /** Tells whether the number that was compared is a cv. */
    static boolean comparesCv(Elimination elimination) {
        return rule(elimination).equals("cv_above");
    }

    private static String rule(Elimination elimination) {
        Matcher rule = RULE.matcher(elimination.reason());
        return rule.lookingAt() ? rule.group(1) : "";
    }
}
