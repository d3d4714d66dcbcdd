package dev.mettle.engine;

import static dev.mettle.engine.kernel.Lanes.BLOCK;
import static dev.mettle.engine.kernel.Lanes.CHANNELS;
import static dev.mettle.engine.kernel.Lanes.POSITIONS;

import dev.mettle.core.network.Layer;
import dev.mettle.engine.kernel.TapTable;
import java.util.Arrays;

/** The tables of a convolution: which elements its values and its gradients multiply (docs/math/conv2d.md). */
final class ConvTables {
    private ConvTables() {}

    /** Returns the zeros before the first pixel, as PyTorch pads: with an even kernel one more goes after. */
    static int before(Layer.Conv2d layer) {
        return layer.padding() == Layer.Padding.SAME ? (layer.kernel() - 1) / 2 : 0;
    }

    /** Returns the zeros after the last pixel. */
    static int after(Layer.Conv2d layer) {
        return layer.padding() == Layer.Padding.SAME ? layer.kernel() / 2 : 0;
    }

    /**
     * Returns the pixels (y, x) that the convolution computes, as y * width + x: row by row, or window by window when
     * pooling takes four of them.
     *
     * @param height rows, a multiple of 2 when pooled
     * @param width pixels of a row, a multiple of 2 when pooled
     */
    static int[] pixels(int height, int width, boolean pooled) {
        int[] pixels = new int[height * width];
        for (int n = 0; n < pixels.length; n++) {
            int window = n / POSITIONS;
            pixels[n] = pooled
                    ? (window / (width / 2) * 2 + n % POSITIONS / 2) * width + window % (width / 2) * 2 + n % 2
                    : n;
        }
        return pixels;
    }

    /** Returns where each pixel lies in a tensor or buffer whose rows are {@code pitch} pixels apart. */
    static int[] offsets(int[] pixels, int width, int pitch, int step) {
        int[] offsets = new int[pixels.length];
        for (int n = 0; n < pixels.length; n++) {
            offsets[n] = (pixels[n] / width * step * pitch + pixels[n] % width * step) * BLOCK;
        }
        return offsets;
    }

    /** Repeats the last of {@code values} until their number is a multiple of {@link dev.mettle.engine.kernel.Lanes#POSITIONS}. */
    static int[] fillGroup(int[] values) {
        int[] filled = new int[(values.length + POSITIONS - 1) / POSITIONS * POSITIONS];
        for (int n = 0; n < filled.length; n++) {
            filled[n] = values[Math.min(n, values.length - 1)];
        }
        return filled;
    }

    /** Returns the offsets of the taps in the framed input: channel by channel, row by row. */
    static int[] forwardTaps(Tensor in, int kernel) {
        int area = kernel * kernel;
        int[] taps = new int[in.shape().channels() * area];
        for (int t = 0; t < taps.length; t++) {
            int inside = t % area;
            taps[t] = t / area * in.plane() + (inside / kernel * in.pitch() + inside % kernel) * BLOCK;
        }
        return taps;
    }

    /** Returns the table of the forward pass; with pooling it has one output position per window. */
    static TapTable forward(int[] taps, int[] inOffsets, int[] outOffsets) {
        int groups = (inOffsets.length + POSITIONS - 1) / POSITIONS;
        int[] from = new int[groups];
        int[] to = new int[groups];
        Arrays.fill(to, taps.length);
        int[] weights = new int[taps.length];
        for (int t = 0; t < weights.length; t++) {
            weights[t] = t * CHANNELS;
        }
        return new TapTable(fillGroup(inOffsets), outOffsets, from, to, taps, weights);
    }

    /**
     * Returns the table of the gradient by input: tap (row i, output o, column j) reads the framed gradient by output i
     * rows below and j pixels right of the input's pixel, and multiplies the weight (k - 1 - i, k - 1 - j). Rows of
     * taps that lie in the frame for all four positions of a group are left out.
     *
     * @param frame the gradient by output with its frame; row {@code frame.first} is the first inside
     */
    static TapTable backward(Parameters parameters, int kernel, Frame frame, Tensor gradientIn) {
        int perRow = parameters.outputs() * kernel;
        int[] taps = new int[perRow * kernel];
        int[] weights = new int[taps.length];
        for (int t = 0; t < taps.length; t++) {
            int i = t / perRow;
            int o = t % perRow / kernel;
            int j = t % kernel;
            taps[t] = o * frame.plane() + (i * frame.width() + j) * BLOCK;
            weights[t] = parameters.weight(o, (kernel - 1 - i) * kernel + kernel - 1 - j) - parameters.first();
        }
        int width = gradientIn.shape().width();
        int[] pixels = fillGroup(pixels(gradientIn.shape().height(), width, false));
        int[] from = new int[pixels.length / POSITIONS];
        int[] to = new int[from.length];
        for (int group = 0; group < from.length; group++) {
            int top = pixels[group * POSITIONS] / width;
            int bottom = pixels[group * POSITIONS + POSITIONS - 1] / width;
            from[group] = Math.max(0, frame.first() - bottom) * perRow;
            to[group] = Math.max(from[group], Math.min(kernel, frame.last() - top + 1) * perRow);
        }
        return new TapTable(
                offsets(pixels, width, frame.width(), 1), offsets(pixels, width, gradientIn.pitch(), 1), from, to, taps, weights);
    }

    /**
     * The gradient by output as its gradient by input needs it: inside a frame of zeros, its pixels {@code stride}
     * apart.
     *
     * @param height rows with the frame
     * @param width pixels of a row with the frame
     * @param first first row that is not frame; also the first column
     * @param last last row that is not frame
     */
    record Frame(int height, int width, int first, int last) {
        /** Returns the frame of a convolution of {@code rows} computed rows. */
        static Frame of(Layer.Conv2d layer, Tensor in, int rows) {
            int first = layer.kernel() - 1 - before(layer);
            int extra = layer.kernel() - 1;
            int last = first + (rows - 1) * layer.stride();
            return new Frame(in.shape().height() + extra, in.shape().width() + extra, first, last);
        }

        /** Returns the distance of channels, in floats. */
        int plane() {
            return height * width * BLOCK;
        }

        /** Returns the offset of the first pixel inside. */
        int origin() {
            return (first * width + first) * BLOCK;
        }
    }
}
