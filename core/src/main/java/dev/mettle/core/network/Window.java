package dev.mettle.core.network;

import dev.mettle.core.data.Shape;

/**
 * A window that moves over images or sequences: the kernel of a convolution, or what a pool looks
 * at.
 *
 * @param size height and width, at least 1
 * @param stride step, at least 1; 1 when padding is {@link Layer.Padding#SAME}, as in PyTorch
 * @param dilation distance of its elements, at least 1
 * @param padding what lies around its input
 * @param axes what it moves over; over sequences heights are 1, a padding's 0
 */
public record Window(
        Extent size, Extent stride, Extent dilation, Layer.Padding padding, Axes axes) {
    private static final String SEQUENCES =
            " Arrays (n, length) and (n, channels, length) are sequences with input_layout:"
                    + " sequence in 'data'.";

    public Window {
        requireAtLeastOne("size", size);
        requireAtLeastOne("stride", stride);
        requireAtLeastOne("dilation", dilation);
        if (padding instanceof Layer.Padding.Same && !stride.equals(Extent.of(1))) {
            throw new IllegalArgumentException(
                    "stride (%s) must be 1 with padding: same; use padding: valid."
                            .formatted(stride));
        }
    }

    /** A square window without dilation, over images. */
    public Window(int size, int stride, Layer.Padding padding) {
        this(Extent.of(size), Extent.of(stride), Extent.of(1), padding, Axes.IMAGE);
    }

    /** Returns how far it reaches, its elements and what lies between them. */
    public Extent reach() {
        return new Extent(
                dilation.height() * (size.height() - 1) + 1,
                dilation.width() * (size.width() - 1) + 1);
    }

    /** Returns the number of its elements. */
    public int area() {
        return size.height() * size.width();
    }

    /** Returns the padding before the first row and column. */
    public Extent before() {
        return switch (padding) {
            case Layer.Padding.Same _ ->
                    new Extent((reach().height() - 1) / 2, (reach().width() - 1) / 2);
            case Layer.Padding.Zeros(Extent each) -> each;
        };
    }

    /** Returns the padding after the last row and column. */
    public Extent after() {
        return switch (padding) {
            case Layer.Padding.Same _ -> new Extent(reach().height() / 2, reach().width() / 2);
            case Layer.Padding.Zeros(Extent each) -> each;
        };
    }

    /** Tells whether padding reaches over no edge by more than half of the size. */
    boolean isPool() {
        return 2 * before().height() <= size.height() && 2 * before().width() <= size.width();
    }

    /**
     * Returns the shape of what its places give.
     *
     * @param layer the layer's name without 1d or 2d, for messages
     * @throws NetworkShapeException when there is no place
     */
    Shape output(String layer, Shape in, int channels) {
        if (axes == Axes.SEQUENCE && in.height() > 1) {
            throw new NetworkShapeException(
                    "%s1d needs a sequence, [channels, length], but gets the image [%d, %d, %d].%s"
                            .formatted(layer, in.channels(), in.height(), in.width(), SEQUENCES));
        }
        int height = in.height() + before().height() + after().height() - reach().height();
        int width = in.width() + before().width() + after().width() - reach().width();
        if (height < 0 || width < 0) {
            throw new NetworkShapeException(misfit(layer, in));
        }
        return new Shape(channels, height / stride.height() + 1, width / stride.width() + 1);
    }

    private String misfit(String layer, Shape in) {
        Extent inside = new Extent(in.height(), in.width());
        Extent padded =
                new Extent(
                        in.height() + before().height() + after().height(),
                        in.width() + before().width() + after().width());
        String hint = "";
        if (axes == Axes.SEQUENCE && in.isFlat() && in.channels() > 1) {
            hint = SEQUENCES;
        } else if (axes == Axes.IMAGE && in.height() == 1 && in.width() > 1) {
            hint = " For sequences there is %s1d.".formatted(layer);
        }
        return "its %s of %s%s does not fit into the input of %s%s.%s"
                .formatted(
                        layer.equals("conv") ? "kernel" : "window",
                        text(size),
                        reach().equals(size)
                                ? ""
                                : ", which dilation makes %s,".formatted(text(reach())),
                        text(inside),
                        padded.equals(inside) ? "" : ", with its padding " + text(padded),
                        hint);
    }

    private String text(Extent extent) {
        return axes == Axes.SEQUENCE
                ? Integer.toString(extent.width())
                : extent.height() + " x " + extent.width();
    }

    private static void requireAtLeastOne(String what, Extent extent) {
        if (extent.least() < 1) {
            throw new IllegalArgumentException(
                    "%s (%s) must be 1 or more.".formatted(what, extent));
        }
    }
}
