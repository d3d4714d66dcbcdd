package dev.mettle.core.network;

/**
 * A number for each direction of an image: the size of a window, its step, its padding.
 *
 * @param height downwards; 1 (a padding: 0) for a sequence
 * @param width to the right, or along a sequence
 */
public record Extent(int height, int width) {
    /** Returns the same number in both directions. */
    public static Extent of(int both) {
        return new Extent(both, both);
    }

    /** Returns the smaller number. */
    int least() {
        return Math.min(height, width);
    }

    /** Returns the number for both, or {@code height x width} where they differ. */
    @Override
    public String toString() {
        return height == width ? Integer.toString(height) : height + "x" + width;
    }
}
