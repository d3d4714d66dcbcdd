package dev.mettle.core.study;

import dev.mettle.core.document.Place;
import dev.mettle.core.document.Problem;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Collects what is wrong and what is doubtful while a study is read. What is said twice counts
 * once, so readers need not know that they read the same value for thousands of candidates.
 */
final class Problems {
    private final Set<Problem> problems = new LinkedHashSet<>();
    private final Set<Place> ranges = new HashSet<>();
    private final Set<Place> wrongRanges = new HashSet<>();
    private final Set<String> warnings = new LinkedHashSet<>();

    /**
     * Adds a mistake; the message is a format of {@link String#format}, numbers as in {@link
     * Locale#ROOT}.
     */
    void add(Place place, String format, Object... arguments) {
        if (!ranges.contains(place) || wrongRanges.add(place)) {
            problems.add(new Problem(place, String.format(Locale.ROOT, format, arguments)));
        }
    }

    /**
     * Notes the place of a range: of its values, which all have that place, only the first mistake
     * is kept.
     */
    void range(Place place) {
        ranges.add(place);
    }

    boolean isRange(Place place) {
        return ranges.contains(place);
    }

    /** Adds a warning; format as for {@link #add}. */
    void warn(String format, Object... arguments) {
        warnings.add(String.format(Locale.ROOT, format, arguments));
    }

    boolean isEmpty() {
        return problems.isEmpty();
    }

    List<String> warnings() {
        return List.copyOf(warnings);
    }

    void throwIfAny() {
        if (!problems.isEmpty()) {
            throw exception();
        }
    }

    /** Returns all problems as one exception; there is at least one. */
    StudyException exception() {
        return new StudyException(new ArrayList<>(problems));
    }
}
