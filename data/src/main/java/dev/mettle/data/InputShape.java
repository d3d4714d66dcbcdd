package dev.mettle.data;

import dev.mettle.core.data.Shape;
import dev.mettle.core.study.InputLayout;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The shape of a row of an input array. Without a layout (n) and (n,d) are tables of 1 and d
 * columns, (n,h,w) is an image of one channel, (n,c,h,w) of c.
 */
final class InputShape {
    private static final int MOST_AXES = 4;

    private InputShape() {}

    /**
     * Returns the shape of a row.
     *
     * @throws dev.mettle.core.study.DataException when the array is no input, or has other axes
     *     than the layout
     */
    static Shape of(DataArray input, Optional<InputLayout> layout) {
        List<Long> sizes = input.shape();
        if (sizes.isEmpty() || sizes.size() > MOST_AXES) {
            throw input.problem(
                    ("has the shape %s; an input is (n), (n,d), (n,h,w) or (n,c,h,w), n "
                                    + "being the number of rows.")
                            .formatted(input.shapeText()));
        }
        if (sizes.getFirst() == 0) {
            throw input.problem("has no rows: its shape is %s.".formatted(input.shapeText()));
        }
        if (sizes.getFirst() == 1) {
            throw input.problem(
                    "has a single row, where rows are needed to train on, for validation and for"
                            + " the test.");
        }
        if (input.count() == 0) {
            throw input.problem(
                    "has rows without values: its shape is %s.".formatted(input.shapeText()));
        }
        if (input.count() > Integer.MAX_VALUE) {
            throw input.problem(
                    "of shape %s has more than %d values. Use fewer rows."
                            .formatted(input.shapeText(), Integer.MAX_VALUE));
        }
        int[] axes = sizes.stream().mapToInt(size -> (int) (long) size).toArray();
        return switch (layout.orElse(axes.length < 3 ? InputLayout.TABLE : InputLayout.IMAGE)) {
            case TABLE -> table(input, axes);
            case IMAGE -> image(input, axes);
            case SEQUENCE -> sequence(input, axes);
        };
    }

    private static Shape table(DataArray input, int[] axes) {
        return switch (axes.length) {
            case 1 -> Shape.flat(1);
            case 2 -> Shape.flat(axes[1]);
            default -> throw other(input, InputLayout.TABLE, "(n) or (n,d)");
        };
    }

    private static Shape image(DataArray input, int[] axes) {
        return switch (axes.length) {
            case 3 -> new Shape(1, axes[1], axes[2]);
            case 4 -> new Shape(axes[1], axes[2], axes[3]);
            default -> throw other(input, InputLayout.IMAGE, "(n,height,width) or (n,c,h,w)");
        };
    }

    private static Shape sequence(DataArray input, int[] axes) {
        return switch (axes.length) {
            case 2 -> new Shape(1, 1, axes[1]);
            case 3 -> new Shape(axes[1], 1, axes[2]);
            default ->
                    throw other(input, InputLayout.SEQUENCE, "(n,length) or (n,channels,length)");
        };
    }

    private static RuntimeException other(DataArray input, InputLayout layout, String wanted) {
        return input.problem(
                "has the shape %s; with input_layout: %s it must be %s."
                        .formatted(
                                input.shapeText(), layout.name().toLowerCase(Locale.ROOT), wanted));
    }
}
