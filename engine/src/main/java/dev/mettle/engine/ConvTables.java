package dev.mettle.engine;

import static dev.mettle.engine.kernel.Lanes.BLOCK;
import static dev.mettle.engine.kernel.Lanes.CHANNELS;
import static dev.mettle.engine.kernel.Lanes.POSITIONS;

import dev.mettle.core.network.Layer;
import dev.mettle.engine.kernel.TapTable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The tables of a convolution: which elements its values and its gradients multiply
 * (docs/math/conv2d.md).
 */
final class ConvTables {
    private ConvTables() {}

    /**
     * Returns the zeros before the first pixel, as PyTorch pads: with an even kernel one more goes
     * after.
     */
    static int before(Layer.Conv2d layer) {
        return layer.padding() == Layer.Padding.SAME ? (layer.kernel() - 1) / 2 : 0;
    }

    /** Returns the zeros after the last pixel. */
    static int after(Layer.Conv2d layer) {
        return layer.padding() == Layer.Padding.SAME ? layer.kernel() / 2 : 0;
    }

    /**
     * Returns the pixels (y, x) that the convolution computes, as y * width + x: row by row, or
     * window by window when pooling takes four of them.
     *
     * @param height rows, a multiple of 2 when pooled
     * @param width pixels of a row, a multiple of 2 when pooled
     */
    static int[] pixels(int height, int width, boolean pooled) {
        int[] pixels = new int[height * width];
        for (int n = 0; n < pixels.length; n++) {
            int window = n / POSITIONS;
            pixels[n] =
                    pooled
                            ? (window / (width / 2) * 2 + n % POSITIONS / 2) * width
                                    + window % (width / 2) * 2
                                    + n % 2
                            : n;
        }
        return pixels;
    }

    /**
     * Returns where each pixel lies in a tensor or buffer whose rows are {@code pitch} pixels
     * apart.
     */
    static int[] offsets(int[] pixels, int width, int pitch, int step) {
        int[] offsets = new int[pixels.length];
        for (int n = 0; n < pixels.length; n++) {
            offsets[n] = (pixels[n] / width * step * pitch + pixels[n] % width * step) * BLOCK;
        }
        return offsets;
    }

    /**
     * Repeats the last of {@code values} until their number is a multiple of {@link
     * dev.mettle.engine.kernel.Lanes#POSITIONS}.
     */
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
            taps[t] =
                    t / area * in.plane()
                            + (inside / kernel * in.pitch() + inside % kernel) * BLOCK;
        }
        return taps;
    }

    /**
     * Returns the table of the forward pass; with pooling it has one output position per window.
     */
    static TapTable forward(int[] taps, int[] inOffsets, int[] outOffsets) {
        int groups = (inOffsets.length + POSITIONS - 1) / POSITIONS;
        int[] from = new int[groups];
        int[] to = new int[groups];
        Arrays.fill(to, taps.length);
        int[] weights = new int[taps.length];
        for (int t = 0; t < weights.length; t++) {
            weights[t] = t * CHANNELS;
        }
        return new TapTable(fillGroup(inOffsets), outOffsets, from, to, taps, weights, BLOCK);
    }

    /**
     * Returns the table of the gradient by input: tap (row i, output o, column j) reads the framed
     * gradient by output i rows below and j pixels right of the input's pixel, and multiplies the
     * weight (k - 1 - i, k - 1 - j). Rows and columns of taps that lie in the frame for all four
     * positions of a group are left out; so that there are many, groups are squares of 2 x 2 pixels
     * where the size is even.
     */
    static TapTable backward(Parameters parameters, int kernel, Frame frame, Tensor gradientIn) {
        int width = gradientIn.shape().width();
        int height = gradientIn.shape().height();
        int[] pixels = fillGroup(pixels(height, width, height % 2 == 0 && width % 2 == 0));
        int[] from = new int[pixels.length / POSITIONS];
        int[] to = new int[from.length];
        Map<Window, Integer> starts = new HashMap<>();
        List<int[]> taps = new ArrayList<>();
        for (int group = 0; group < from.length; group++) {
            Window window = Window.of(pixels, group * POSITIONS, width, kernel, frame);
            Integer start = starts.putIfAbsent(window, taps.size());
            if (start == null) {
                addTaps(window, parameters, kernel, frame, taps);
            }
            from[group] = start == null ? starts.get(window) : start;
            to[group] = from[group] + window.rows() * window.columns() * parameters.outputs();
        }
        return new TapTable(
                offsets(pixels, width, frame.width(), 1),
                offsets(pixels, width, gradientIn.pitch(), 1),
                from,
                to,
                taps.stream().mapToInt(tap -> tap[0]).toArray(),
                taps.stream().mapToInt(tap -> tap[1]).toArray(),
                BLOCK);
    }

    private static void addTaps(
            Window window, Parameters parameters, int kernel, Frame frame, List<int[]> taps) {
        for (int i = window.top(); i < window.top() + window.rows(); i++) {
            for (int o = 0; o < parameters.outputs(); o++) {
                for (int j = window.left(); j < window.left() + window.columns(); j++) {
                    int weight =
                            parameters.weight(o, (kernel - 1 - i) * kernel + kernel - 1 - j)
                                    - parameters.first();
                    taps.add(
                            new int[] {
                                o * frame.plane() + (i * frame.width() + j) * BLOCK, weight
                            });
                }
            }
        }
    }

    /**
     * The taps that read inside the frame for at least one position of a group.
     *
     * @param top first row of taps
     * @param rows number of rows, possibly 0
     * @param left first column of taps
     * @param columns number of columns, possibly 0
     */
    private record Window(int top, int rows, int left, int columns) {
        static Window of(int[] pixels, int first, int width, int kernel, Frame frame) {
            int[] y = new int[POSITIONS];
            int[] x = new int[POSITIONS];
            for (int n = 0; n < POSITIONS; n++) {
                y[n] = pixels[first + n] / width;
                x[n] = pixels[first + n] % width;
            }
            Arrays.sort(y);
            Arrays.sort(x);
            int top = Math.max(0, frame.first() - y[POSITIONS - 1]);
            int left = Math.max(0, frame.first() - x[POSITIONS - 1]);
            int rows = Math.max(0, Math.min(kernel, frame.lastRow() - y[0] + 1) - top);
            int columns = Math.max(0, Math.min(kernel, frame.lastColumn() - x[0] + 1) - left);
            return new Window(top, rows, left, columns);
        }
    }

    /**
     * The gradient by output as its gradient by input needs it: inside a frame of zeros, its pixels
     * {@code stride} apart.
     *
     * @param height rows with the frame
     * @param width pixels of a row with the frame
     * @param first first row that is not frame; also the first column
     * @param lastRow last row that is not frame
     * @param lastColumn last column that is not frame
     */
    record Frame(int height, int width, int first, int lastRow, int lastColumn) {
        /** Returns the frame of a convolution that computes so many rows and columns. */
        static Frame of(Layer.Conv2d layer, Tensor in, int rows, int columns) {
            int first = layer.kernel() - 1 - before(layer);
            int extra = layer.kernel() - 1;
            return new Frame(
                    in.shape().height() + extra,
                    in.shape().width() + extra,
                    first,
                    first + (rows - 1) * layer.stride(),
                    first + (columns - 1) * layer.stride());
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
