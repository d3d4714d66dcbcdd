package dev.mettle.report;

import dev.mettle.core.run.CandidateRecord;
import dev.mettle.core.run.RunPlan;

import java.util.stream.Collectors;

/** Short names of candidates, as the command line takes them. */
final class Names {
    private static final int ID_SHOWN = 8;
    private static final int LONGEST_VALUE = 24;

    private Names() {}

    /** Returns the beginning of an id, which {@code --candidate} takes. */
    static String id(String id) {
        return id.length() <= ID_SHOWN ? id : id.substring(0, ID_SHOWN);
    }

    /**
     * Returns id and, with {@code per}, group of a candidate, as in {@code 1f0c93ab, bias=true}.
     */
    static String of(RunPlan plan, CandidateRecord candidate, String group) {
        String shown = group(plan, group);
        return id(candidate.id()) + (shown.isEmpty() ? "" : ", " + shown);
    }

    /** Returns {@code bias=true}; nothing without {@code per}. */
    static String group(RunPlan plan, String group) {
        return plan.per().map(dimension -> dimension + "=" + shortened(group)).orElse("");
    }

    /** Returns the settings as {@code c1=8, lr=0.001}. */
    static String settings(CandidateRecord candidate) {
        return candidate.settings().entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .collect(Collectors.joining(", "));
    }

    private static String shortened(String value) {
        return value.length() <= LONGEST_VALUE ? value : value.substring(0, LONGEST_VALUE) + "…";
    }
}
