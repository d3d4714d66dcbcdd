package dev.mettle.core.document;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keys with values. A key written twice is kept twice, so that a reader can report it beside other
 * mistakes.
 *
 * @param entries in the order written
 * @param place where it begins: the place of its first key, or of its brace
 */
public record Mapping(List<Entry> entries, Place place) implements Node {
    /**
     * A key with its value.
     *
     * @param key with its own place
     * @param value of the key
     */
    public record Entry(Scalar key, Node value) {}

    /**
     * A key that was written before in the same mapping.
     *
     * @param key the later one
     * @param first the earlier one
     */
    public record Duplicate(Scalar key, Scalar first) {}

    public Mapping {
        entries = List.copyOf(entries);
    }

    /** Returns the first entry with this key. */
    public Optional<Entry> entry(String key) {
        for (Entry entry : entries) {
            if (entry.key().text().equals(key)) {
                return Optional.of(entry);
            }
        }
        return Optional.empty();
    }

    /** Returns the keys that repeat an earlier one, in the order written. */
    public List<Duplicate> duplicates() {
        Map<String, Scalar> seen = new HashMap<>();
        List<Duplicate> duplicates = new ArrayList<>();
        for (Entry entry : entries) {
            Scalar first = seen.putIfAbsent(entry.key().text(), entry.key());
            if (first != null) {
                duplicates.add(new Duplicate(entry.key(), first));
            }
        }
        return duplicates;
    }

    @Override
    public String described() {
        return entries.isEmpty() ? "an empty mapping" : "a mapping";
    }
}
