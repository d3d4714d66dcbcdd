package dev.mettle.core.document;

import java.util.Comparator;

/**
 * A place in a text.
 *
 * @param line counted from 1
 * @param column counted from 1, in Unicode code points
 */
public record Place(int line, int column) implements Comparable<Place> {
    private static final Comparator<Place> ORDER =
            Comparator.comparingInt(Place::line).thenComparingInt(Place::column);

    public Place {
        if (line < 1 || column < 1) {
            throw new IllegalArgumentException(
                    "line (%d) and column (%d) are counted from 1.".formatted(line, column));
        }
    }

    /** Orders places as one reads: by line, then by column. */
    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }

    /** Returns {@code line:column}. */
    @Override
    public String toString() {
        return line + ":" + column;
    }
}
