package dev.mettle.data;

import dev.mettle.core.study.DataException;

import java.security.MessageDigest;
import java.util.SequencedSet;
import java.util.Set;

/** Arrays of equal numbers of rows, found by name: a file, or what was simulated. */
public interface ArraySource {
    /** Returns the key of the study that names the source. */
    String key();

    /** Returns what messages call the source. */
    String label();

    /** Returns the names of the arrays, in order. */
    SequencedSet<String> names();

    /**
     * Finds an array.
     *
     * @param key the study's key that asks for it, for messages
     * @param name the array's name
     * @throws DataException when there is none, or it does not hold plain numbers
     */
    DataArray array(String key, String name);

    /**
     * Says which arrays will be asked for; a source that reads all at once may leave out the
     * others, which must not be asked for then.
     */
    default void expect(Set<String> arrays) {}

    /** Returns how messages name an array and its rows. */
    default Location location(String name) {
        return Location.counted("%s: array '%s'".formatted(label(), name));
    }

    /** Returns how messages name a row of all arrays. */
    default String rowName(int row) {
        return "%s, row %d".formatted(label(), row);
    }

    /** Returns the arrays with shapes and types, for messages. */
    String listing();

    /**
     * Adds everything the source holds to a checksum.
     *
     * @throws DataException when it can't be read
     */
    void addTo(MessageDigest digest);

    /** Returns the exception for an array that is asked for and not there. */
    default DataException missing(String key, String name) {
        return new DataException(
                key,
                "%s has no array '%s'; it has %s.%s"
                        .formatted(label(), name, listing(), NearestName.question(name, names())));
    }
}
