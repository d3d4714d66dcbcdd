package dev.mettle.core.study;

import java.util.OptionalInt;

/**
 * A categorical column that an {@code embedding} may name.
 *
 * @param name an array of the file that holds a code for each row: 0, 1, ...
 * @param count how many codes there are; empty: as many as the file's largest says
 */
public record CategorySettings(String name, OptionalInt count) {
    /** Most codes of a column: each has weights of its own. */
    public static final int MOST = 100_000;

    public CategorySettings {
        if (count.isPresent() && (count.getAsInt() < 1 || count.getAsInt() > MOST)) {
            throw new IllegalArgumentException(
                    "count (%d) must be from 1 to %d.".formatted(count.getAsInt(), MOST));
        }
    }
}
