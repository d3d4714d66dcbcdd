package dev.mettle.ledger;

import dev.mettle.core.instance.InstanceKey;
import dev.mettle.core.random.Purpose;

import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The keys of all instances that are recorded, so that a second one of a key is refused where it is
 * handed over and not later in the writer. One bit for an instance of a race. Safe for several
 * threads.
 */
final class RecordedKeys {
    private static final int LARGEST_BIT = 1 << 20;

    private record Row(String candidate, Purpose purpose) {}

    private final Map<Row, BitSet> paired = new HashMap<>();
    private final Set<InstanceKey> others = new HashSet<>();

    /** Adds a key and tells whether it is new. */
    synchronized boolean add(InstanceKey key) {
        if (!key.equals(InstanceKey.paired(key.candidate(), key.purpose(), key.init()))
                || key.init() >= LARGEST_BIT) {
            return others.add(key);
        }
        BitSet bits =
                paired.computeIfAbsent(new Row(key.candidate(), key.purpose()), _ -> new BitSet());
        boolean isNew = !bits.get(key.init());
        bits.set(key.init());
        return isNew;
    }
}
