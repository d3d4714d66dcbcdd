package dev.mettle.core.study;

import java.util.OptionalDouble;

/**
 * A feature given to {@code concat}.
 *
 * @param name a derived feature or an array of the file
 * @param window height and width of the window around the largest cell that a derived feature looks
 *     at, odd
 * @param threshold cells below it read as 0, in the unit of the input; empty: three sigma of the
 *     noise
 * @param scale {@code none}, {@code standard} or {@code log} (logarithm, then standard)
 */
public record FeatureSettings(String name, int window, OptionalDouble threshold, ScaleKind scale) {
    /** Window of derived features when the study names none. */
    public static final int DEFAULT_WINDOW = 5;

    public FeatureSettings {
        if (window < 1 || window % 2 == 0) {
            throw new IllegalArgumentException(
                    "window (%d) must be odd and 1 or more.".formatted(window));
        }
        if (threshold.isPresent() && !(threshold.getAsDouble() >= 0)) {
            throw new IllegalArgumentException(
                    "threshold (%s) must be 0 or more.".formatted(threshold.getAsDouble()));
        }
    }
}
