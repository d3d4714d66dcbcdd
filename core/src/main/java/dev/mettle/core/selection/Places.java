package dev.mettle.core.selection;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Shares the places of a race among the values of {@code per}. */
final class Places {
    private Places() {}

    /**
     * Returns the candidates that stay: all that {@code stays} accepts; of each value the ⌊places /
     * values⌋ best; then the best of the others until {@code places} are taken. "Best" puts those
     * accepted first. So there are {@code places} of them, or more only because more were accepted
     * or are owed a place beside them.
     *
     * @param bestFirst all that are left, by {@link Standing#BEST_FIRST}
     * @param places at most their number, at least {@code values}
     * @param values number of values of {@code per}
     */
    static Set<String> keep(
            List<Standing> bestFirst, Predicate<Standing> stays, int places, int values) {
        List<Standing> order = acceptedFirst(bestFirst, stays);
        Set<String> kept = new HashSet<>();
        Map<String, Integer> ofValue = new HashMap<>();
        for (Standing standing : order) {
            int taken = ofValue.merge(standing.group(), 1, Integer::sum);
            if (taken <= places / values || stays.test(standing)) {
                kept.add(standing.candidate());
            }
        }
        for (Standing standing : order) {
            if (kept.size() >= places) {
                break;
            }
            kept.add(standing.candidate());
        }
        return kept;
    }

    /** Returns, for each value of {@code per}, the last in order of those kept. */
    static Map<String, Standing> worstKept(List<Standing> bestFirst, Set<String> kept) {
        Map<String, Standing> worst = new HashMap<>();
        for (Standing standing : bestFirst) {
            if (kept.contains(standing.candidate())) {
                worst.put(standing.group(), standing);
            }
        }
        return worst;
    }

    private static List<Standing> acceptedFirst(
            List<Standing> bestFirst, Predicate<Standing> stays) {
        List<Standing> order = new ArrayList<>(bestFirst.size());
        bestFirst.stream().filter(stays).forEach(order::add);
        bestFirst.stream().filter(stays.negate()).forEach(order::add);
        return order;
    }
}
