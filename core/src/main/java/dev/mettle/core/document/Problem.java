package dev.mettle.core.document;

import java.util.Comparator;
import java.util.Optional;

/**
 * A mistake of the user in a document.
 *
 * @param place where; empty when it is about the file as a whole
 * @param message one or two sentences: what was found, what is allowed, what to try
 */
public record Problem(Optional<Place> place, String message) {
    /** By place, those of the whole file first. */
    public static final Comparator<Problem> READING_ORDER =
            Comparator.comparing(
                    Problem::place, Comparator.comparing(place -> place.orElse(new Place(1, 1))));

    /** Takes a mistake at a place. */
    public Problem(Place place, String message) {
        this(Optional.of(place), message);
    }

    /**
     * Returns {@code file:line:column: message}, the form that editors and terminals turn into a
     * link.
     */
    public String render(String file) {
        return place.map(at -> file + ":" + at + ": " + message).orElse(file + ": " + message);
    }
}
