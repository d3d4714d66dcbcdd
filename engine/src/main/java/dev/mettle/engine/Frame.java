package dev.mettle.engine;

import static dev.mettle.engine.kernel.Lanes.BLOCK;
import static dev.mettle.engine.kernel.Lanes.CHANNELS;

import dev.mettle.core.data.Shape;
import dev.mettle.core.network.Extent;
import dev.mettle.core.network.Window;

/**
 * The gradient by a convolution's output as the other gradients need it: [group][channel /
 * together][y][x][channel % together][{@value dev.mettle.engine.kernel.Lanes#BLOCK}], inside a
 * frame of zeros.
 *
 * @param height rows with the frame
 * @param width pixels of a row with the frame
 * @param first first row and first column that are not frame
 * @param inside rows and columns that are not frame
 * @param each channels of a group
 * @param together channels that lie side by side at each pixel: 4, or 1 in groups of fewer than
 *     four
 */
record Frame(int height, int width, Extent first, Extent inside, int each, int together) {
    /**
     * Returns the frame that the gradient by input needs: for every pixel of the input and every
     * element of the kernel there is a pixel, inside or in the frame.
     *
     * @param in shape of the convolution's input
     * @param computed rows and columns that it computes
     */
    static Frame of(Parameters parameters, Window kernel, Shape in, Extent computed) {
        int top =
                before(kernel.before().height(), kernel.reach().height(), kernel.stride().height());
        int left = before(kernel.before().width(), kernel.reach().width(), kernel.stride().width());
        int below = (in.height() - 1 + kernel.before().height()) / kernel.stride().height() + 1;
        int right = (in.width() - 1 + kernel.before().width()) / kernel.stride().width() + 1;
        return new Frame(
                top + Math.max(computed.height(), below),
                left + Math.max(computed.width(), right),
                new Extent(top, left),
                computed,
                parameters.each(),
                parameters.together() == 1 ? 1 : CHANNELS);
    }

    /** Returns how far before the first output an input's pixel may look. */
    private static int before(int padding, int reach, int stride) {
        return Math.max(0, Math.floorDiv(reach - 1 - padding, stride));
    }

    /** Returns the floats of a pixel. */
    int pixel() {
        return together * BLOCK;
    }

    /** Returns the distance of channels that don't lie together, in floats. */
    int plane() {
        return Math.multiplyExact(height * width, pixel());
    }

    /** Returns the planes of a group. */
    int planes() {
        return (each + together - 1) / together;
    }

    /** Returns the offset of a channel of the first group. */
    int channel(int o) {
        return o / together * plane() + o % together * BLOCK;
    }

    /** Returns the offset of the first pixel inside. */
    int origin() {
        return (first.height() * width + first.width()) * pixel();
    }
}
