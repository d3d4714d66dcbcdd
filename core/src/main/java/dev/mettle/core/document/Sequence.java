package dev.mettle.core.document;

import java.util.List;

/**
 * A list of values.
 *
 * @param items in the order written
 * @param place where it begins
 */
public record Sequence(List<Node> items, Place place) implements Node {
    public Sequence {
        items = List.copyOf(items);
    }

    @Override
    public String described() {
        return items.isEmpty() ? "an empty list" : "a list";
    }
}
