package dev.mettle.core.study;

import dev.mettle.core.document.Node;

import java.util.BitSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Remembers what was read from a node, once for each combination of the values it can depend on.
 */
final class Memo<T> {
    private record Entry<T>(BitSet dimensions, Map<List<Integer>, T> read) {}

    private final Space space;
    private final Map<Node, Entry<T>> entries = new IdentityHashMap<>();

    Memo(Space space) {
        this.space = space;
    }

    /** Returns what {@code reading} gives or gave for this node under an assignment. */
    T get(Node node, Assignment assignment, Supplier<T> reading) {
        Entry<T> entry =
                entries.computeIfAbsent(node, n -> new Entry<>(space.closure(n), new HashMap<>()));
        List<Integer> key = assignment.positions(entry.dimensions());
        T known = entry.read().get(key);
        if (known == null) {
            known = reading.get();
            entry.read().put(key, known);
        }
        return known;
    }
}
