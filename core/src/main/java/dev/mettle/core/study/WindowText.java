package dev.mettle.core.study;

import dev.mettle.core.network.Axes;
import dev.mettle.core.network.Extent;
import dev.mettle.core.network.Layer;
import dev.mettle.core.network.Window;

/**
 * The line of a convolution or a pool in the text that a candidate's id comes from:
 *
 * <pre>
 * conv2d channels=8 kernel=3x5 stride=1 padding=2 dilation=2 groups=4 bias=false
 * conv1d channels=8 kernel=5 stride=1 padding=same
 * maxpool size=3 stride=2 padding=1
 * </pre>
 *
 * Dilation and groups other than 1, a bias that is missing and padding of a pool are written; what
 * is usual is not. A padding of 0 is {@code valid}. Where height and width are equal they are one
 * number, and a sequence has no height.
 */
final class WindowText {
    private static final String VALID = "valid";

    private WindowText() {}

    /**
     * Returns the line.
     *
     * @throws IllegalArgumentException for another layer
     */
    static String of(Layer layer) {
        return switch (layer) {
            case Layer.Conv2d conv -> convolution(conv);
            case Layer.MaxPool(Window window) -> pool("maxpool", window);
            case Layer.AveragePool(Window window) -> pool("avgpool", window);
            default -> throw new IllegalArgumentException("a layer without a window: " + layer);
        };
    }

    private static String convolution(Layer.Conv2d conv) {
        Window kernel = conv.kernel();
        Axes axes = kernel.axes();
        StringBuilder line = new StringBuilder(axes == Axes.SEQUENCE ? "conv1d" : "conv2d");
        line.append(" channels=").append(conv.channels());
        line.append(" kernel=").append(text(kernel.size(), axes));
        line.append(" stride=").append(text(kernel.stride(), axes));
        line.append(" padding=").append(text(kernel.padding(), axes));
        if (!kernel.dilation().equals(Extent.of(1))) {
            line.append(" dilation=").append(text(kernel.dilation(), axes));
        }
        if (conv.groups() != 1) {
            line.append(" groups=").append(conv.groups());
        }
        if (!conv.bias()) {
            line.append(" bias=false");
        }
        return line.toString();
    }

    private static String pool(String name, Window window) {
        Axes axes = window.axes();
        String padding = text(window.padding(), axes);
        return name
                + (axes == Axes.SEQUENCE ? "1d" : "")
                + " size="
                + text(window.size(), axes)
                + " stride="
                + text(window.stride(), axes)
                + (padding.equals(VALID) ? "" : " padding=" + padding);
    }

    private static String text(Layer.Padding padding, Axes axes) {
        return switch (padding) {
            case Layer.Padding.Same _ -> "same";
            case Layer.Padding.Zeros(Extent each) ->
                    each.equals(Extent.of(0)) ? VALID : text(each, axes);
        };
    }

    private static String text(Extent extent, Axes axes) {
        return axes == Axes.SEQUENCE ? Integer.toString(extent.width()) : extent.toString();
    }
}
