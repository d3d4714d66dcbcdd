package dev.mettle.core.data;

/**
 * Shape of one row's input, [channels, height, width], all at least 1. A table row of d columns is
 * [d, 1, 1].
 *
 * @param channels number of channels, or of columns of a table
 * @param height number of pixel rows
 * @param width number of pixel columns
 */
public record Shape(int channels, int height, int width) {
    public Shape {
        if (channels < 1 || height < 1 || width < 1) {
            throw new IllegalArgumentException(
                    "shape [%d, %d, %d] must have sizes of 1 or more."
                            .formatted(channels, height, width));
        }
    }

    /** Returns the shape of a table row of {@code columns} columns, or of a flattened image. */
    public static Shape flat(int columns) {
        return new Shape(columns, 1, 1);
    }

    /** Returns the number of values. */
    public int size() {
        return Math.multiplyExact(Math.multiplyExact(channels, height), width);
    }

    /** Tells whether this is one value per channel, without height or width. */
    public boolean isFlat() {
        return height == 1 && width == 1;
    }
}
