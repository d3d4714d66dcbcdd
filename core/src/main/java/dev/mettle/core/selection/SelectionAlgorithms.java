package dev.mettle.core.selection;

import dev.mettle.core.study.Candidate;
import dev.mettle.core.study.SelectionSettings;
import dev.mettle.core.study.Study;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;

/** Makes the selection algorithm that settings describe. */
public final class SelectionAlgorithms {
    private SelectionAlgorithms() {}

    /**
     * Returns the algorithm of a study. A candidate without the dimension {@code per} (its variant
     * doesn't use it) belongs to the value "".
     */
    public static SelectionAlgorithm of(Study study) {
        return of(study.selection(), groups(study.selection(), study.candidates()));
    }

    /** Returns the value of {@code per} of each candidate, in their order; "" without. */
    public static SequencedMap<String, String> groups(
            SelectionSettings settings, List<Candidate> candidates) {
        SequencedMap<String, String> groups = new LinkedHashMap<>();
        for (Candidate candidate : candidates) {
            groups.put(candidate.id(), candidate.group(settings.per()));
        }
        return groups;
    }

    /**
     * Returns the algorithm of a round that is not the last. Its finalists are those who survive.
     *
     * @param study settings of the whole study
     * @param groups as above
     * @param survivors of the round before, who have all instances of this one already; none in the
     *     first
     */
    public static SelectionAlgorithm ofRound(
            SelectionSettings study, SequencedMap<String, String> groups, Set<String> survivors) {
        SelectionSettings settings = RoundRace.settings(study);
        return new RoundRace(
                of(settings, groups),
                settings.algorithm().label(),
                new Field(groups, settings.criterion(), settings.instances()),
                survivors);
    }

    /** Returns how many candidates survive such a round at most, for each value of {@code per}. */
    public static int survivorsOfRound() {
        return RoundRace.SURVIVORS;
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
