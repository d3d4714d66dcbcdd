package dev.mettle.core.selection;

import dev.mettle.core.study.Candidate;
import dev.mettle.core.study.SelectionSettings;
import dev.mettle.core.study.Study;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** Makes the selection algorithm that settings describe. */
public final class SelectionAlgorithms {
    private SelectionAlgorithms() {}

    /**
     * Returns the algorithm of a study. A candidate without the dimension {@code per} (its variant
     * doesn't use it) belongs to the value "".
     */
    public static SelectionAlgorithm of(Study study) {
        SequencedMap<String, String> groups = new LinkedHashMap<>();
        for (Candidate candidate : study.candidates()) {
            String group =
                    study.selection()
                            .per()
                            .map(per -> candidate.settings().getOrDefault(per, ""))
                            .orElse("");
            groups.put(candidate.id(), group);
        }
        return of(study.selection(), groups);
    }

    /**
     * Returns the algorithm for candidates known by id alone, as in a recorded table.
     *
     * @param groups value of the dimension {@code per} of each candidate, in the order of the
     *     study; "" without {@code per}; at least one candidate
     */
    public static SelectionAlgorithm of(
            SelectionSettings settings, SequencedMap<String, String> groups) {
        Field field = new Field(groups, settings.criterion(), settings.instances());
        return switch (settings.algorithm()) {
            case SelectionSettings.Algorithm.Exhaustive _ -> new Exhaustive(field);
            case SelectionSettings.Algorithm.Progressive rule -> new Progressive(field, rule);
            case SelectionSettings.Algorithm.Halving rule -> new Halving(field, rule);
            case SelectionSettings.Algorithm.Racing rule -> new Racing(field, rule);
        };
    }
}
