package dev.mettle.core.study;

import dev.mettle.core.document.Node;
import dev.mettle.core.document.Place;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;

/**
 * Every assignment of values that makes a different candidate: all combinations of the dimensions
 * that a candidate reaches from the study's model and training, directly or through the named
 * values chosen for it.
 */
final class Expansion {
    private final Space space;
    private final BitSet roots;
    private final BitSet used = new BitSet();
    private final List<Assignment> assignments = new ArrayList<>();
    private boolean tooMany;

    private Expansion(Space space, List<Node> roots) {
        this.space = space;
        this.roots = space.references(roots);
    }

    /**
     * Expands a space; reports dimensions that no candidate uses, and too many candidates.
     *
     * @param roots the parts of the study that may refer to dimensions
     * @param at where too many candidates are reported
     * @return at least one, unless there are too many; dimensions as written, the last one varying
     *     fastest
     */
    static List<Assignment> of(Space space, List<Node> roots, Place at, Problems problems) {
        Expansion expansion = new Expansion(space, roots);
        int[] chosen = new int[space.dimensions().size()];
        Arrays.fill(chosen, Assignment.ABSENT);
        expansion.branch(chosen);
        if (expansion.tooMany) {
            problems.add(
                    at,
                    "the space has more than %,d candidates; take out some values, or try some of"
                            + " them: sampling: {method: sobol, count: 1000}.",
                    StudyDefaults.MOST_CANDIDATES);
            return List.of();
        }
        reportUnused(space, expansion.used, problems);
        Collections.sort(expansion.assignments);
        return expansion.assignments;
    }

    /**
     * Fixes the first dimension that still decides which others are used; when there is none,
     * expands the rest.
     */
    private void branch(int[] chosen) {
        BitSet reached = space.reached(roots, chosen);
        for (int d = reached.nextSetBit(0); d >= 0 && !tooMany; d = reached.nextSetBit(d + 1)) {
            if (chosen[d] == Assignment.ABSENT && space.selects(d)) {
                for (int v = 0; v < size(d); v++) {
                    chosen[d] = v;
                    branch(chosen);
                }
                chosen[d] = Assignment.ABSENT;
                return;
            }
        }
        used.or(reached);
        BitSet open = new BitSet();
        reached.stream()
                .filter(d -> chosen[d] == Assignment.ABSENT && size(d) > 0)
                .forEach(open::set);
        tooMany |= assignments.size() + combinations(open) > StudyDefaults.MOST_CANDIDATES;
        if (!tooMany) {
            expand(chosen, open, open.nextSetBit(0));
        }
    }

    private void expand(int[] chosen, BitSet open, int dimension) {
        if (dimension < 0) {
            assignments.add(new Assignment(space, chosen));
            return;
        }
        for (int v = 0; v < size(dimension); v++) {
            chosen[dimension] = v;
            expand(chosen, open, open.nextSetBit(dimension + 1));
        }
        chosen[dimension] = Assignment.ABSENT;
    }

    private long combinations(BitSet open) {
        long product = 1;
        for (int d = open.nextSetBit(0); d >= 0; d = open.nextSetBit(d + 1)) {
            product = Math.min(product * size(d), StudyDefaults.MOST_CANDIDATES + 1L);
        }
        return product;
    }

    private int size(int dimension) {
        return space.dimensions().get(dimension).values().size();
    }

    /** Reports the dimensions that no candidate uses. */
    static void reportUnused(Space space, BitSet used, Problems problems) {
        for (int d = 0; d < space.dimensions().size(); d++) {
            Space.Dimension dimension = space.dimensions().get(d);
            if (!used.get(d) && !dimension.isWrong() && !space.isMeant(dimension.name().text())) {
                problems.add(
                        dimension.name().place(),
                        "dimension '%s' is not used; write $%s where its values belong, or take it"
                                + " out.",
                        dimension.name().text(),
                        dimension.name().text());
            }
        }
    }
}
