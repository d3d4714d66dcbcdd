package dev.mettle.core.study;

import dev.mettle.core.document.Node;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** Counts the assignments of a space without making them. */
final class Combinations {
    private final Space space;
    private final BitSet roots;
    private final long limit;
    private long count;

    private Combinations(Space space, List<Node> roots, long limit) {
        this.space = space;
        this.roots = space.references(roots);
        this.limit = limit;
    }

    /**
     * Returns how many assignments {@link Expansion} would make if a range were the list of its
     * values, or {@code limit} if they are more.
     *
     * @param roots the parts of the study that may refer to dimensions
     * @param limit above 0; the time is proportional to it at worst
     */
    static long upTo(long limit, Space space, List<Node> roots) {
        Combinations combinations = new Combinations(space, roots, limit);
        int[] chosen = new int[space.dimensions().size()];
        Arrays.fill(chosen, Assignment.ABSENT);
        combinations.branch(chosen);
        return Math.min(combinations.count, limit);
    }

    private void branch(int[] chosen) {
        BitSet reached = space.reached(roots, chosen);
        for (int d = reached.nextSetBit(0);
                d >= 0 && count < limit;
                d = reached.nextSetBit(d + 1)) {
            if (chosen[d] == Assignment.ABSENT && space.selects(d)) {
                for (int v = 0; v < size(d) && count < limit; v++) {
                    chosen[d] = v;
                    branch(chosen);
                }
                chosen[d] = Assignment.ABSENT;
                return;
            }
        }
        long product = 1;
        for (int d = reached.nextSetBit(0); d >= 0; d = reached.nextSetBit(d + 1)) {
            if (chosen[d] == Assignment.ABSENT) {
                long size = Math.max(1, size(d)); // 0 where the values are wrong
                product = size > limit / product ? limit : product * size;
            }
        }
        count = Math.min(limit, count + product);
    }

    private long size(int dimension) {
        Space.Dimension found = space.dimensions().get(dimension);
        return found.range().map(Range::size).orElse((long) found.values().size());
    }
}
