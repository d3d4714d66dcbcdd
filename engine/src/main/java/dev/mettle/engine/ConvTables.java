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
     * apart, in floats.
     *
     * @param step blocks from one pixel to the next
     */
    static int[] offsets(int[] pixels, int width, int pitch, int step) {
        int[] offsets = new int[pixels.length];
        for (int n = 0; n < pixels.length; n++) {
            offsets[n] = (pixels[n] / width * pitch + pixels[n] % width) * step * BLOCK;
        }
        return offsets;
    }

    /**
     * Returns the pixels of each group of positions, two pairs of neighbours in a row, as y * width
     * + x. Every pixel is in some group; where a size is odd the last one is in two.
     *
     * @param squares whether the pairs of a group lie above each other
     */
    static int[] groups(int height, int width, boolean squares) {
        List<Integer> pairs = new ArrayList<>();
        for (int y = 0; y < height; y += squares ? 2 : 1) {
            for (int x = 0; x < width; x += 2) {
                int left = Math.max(0, Math.min(x, width - 2));
                int top = squares ? Math.max(0, Math.min(y, height - 2)) : y;
                pairs.add(top * width + left);
                if (squares) {
                    pairs.add(Math.min(top + 1, height - 1) * width + left);
                }
            }
        }
        if (pairs.size() % 2 == 1) {
            pairs.add(pairs.getLast());
        }
        int[] pixels = new int[2 * pairs.size()];
        for (int n = 0; n < pixels.length; n++) {
            pixels[n] = pairs.get(n / 2) + (width == 1 ? 0 : n % 2);
        }
        return pixels;
    }

    /** Returns every second of {@code offsets}: where pairs start. */
    private static int[] pairs(int[] offsets) {
        int[] first = new int[offsets.length / 2];
        for (int i = 0; i < first.length; i++) {
            first[i] = offsets[2 * i];
        }
        return first;
    }

    /**
     * Returns the offset of each kernel row's first tap in the framed input, channel by channel.
     */
    static int[] rows(Tensor in, int kernel) {
        int[] rows = new int[in.shape().channels() * kernel];
        for (int r = 0; r < rows.length; r++) {
            rows[r] = r / kernel * in.plane() + r % kernel * in.pitch() * BLOCK;
        }
        return rows;
    }

    /**
     * Returns the table of the forward pass.
     *
     * @param rows as from {@link #rows}
     * @param pixels as from {@link #groups}
     * @param in offsets of the pixels in the input
     * @param out offsets of the pixels, or of the windows, in the output
     */
    static TapTable forward(int[] rows, int kernel, int[] in, int[] out) {
        int[] from = new int[in.length / POSITIONS];
        int[] to = new int[from.length];
        int[] taps = new int[2 * rows.length * kernel];
        for (int t = 0; t < taps.length / 2; t++) {
            taps[2 * t] = rows[t / kernel] + t % kernel * BLOCK;
            taps[2 * t + 1] = t * CHANNELS;
        }
        Arrays.fill(to, taps.length / 2);
        return new TapTable(pairs(in), in[1] - in[0], out, from, to, taps, BLOCK);
    }

    /**
     * Returns the table of the gradient by input: tap (row i, output o, column j) reads the framed
     * gradient by output i rows below and j pixels right of the input's pixel, and multiplies the
     * weight (k - 1 - i, k - 1 - j). Rows and columns of taps that lie in the frame for all four
     * positions of a group are left out; groups are squares or pairs along rows, whichever leaves
     * fewer taps.
     */
    static TapTable backward(Parameters parameters, int kernel, Frame frame, Tensor gradientIn) {
        TapTable squares = backward(parameters, kernel, frame, gradientIn, true);
        TapTable rows = backward(parameters, kernel, frame, gradientIn, false);
        return squares.work() <= rows.work() ? squares : rows;
    }

    private static TapTable backward(
            Parameters parameters, int kernel, Frame frame, Tensor gradientIn, boolean squares) {
        int width = gradientIn.shape().width();
        int[] pixels = groups(gradientIn.shape().height(), width, squares);
        int[] from = new int[pixels.length / POSITIONS];
        int[] to = new int[from.length];
        Map<Window, Integer> starts = new HashMap<>();
        List<Integer> taps = new ArrayList<>();
        for (int group = 0; group < from.length; group++) {
            Window window = Window.of(pixels, group * POSITIONS, width, kernel, frame);
            Integer start = starts.putIfAbsent(window, taps.size() / 2);
            if (start == null) {
                start = taps.size() / 2;
                addTaps(window, parameters, kernel, frame, taps);
            }
            from[group] = start;
            to[group] = start + window.rows() * window.columns() * parameters.outputs();
        }
        int[] in = offsets(pixels, width, frame.width(), CHANNELS);
        return new TapTable(
                pairs(in),
                in[1] - in[0],
                offsets(pixels, width, gradientIn.pitch(), 1),
                from,
                to,
                taps.stream().mapToInt(tap -> tap).toArray(),
                BLOCK);
    }

    private static void addTaps(
            Window window, Parameters parameters, int kernel, Frame frame, List<Integer> taps) {
        for (int i = window.top(); i < window.top() + window.rows(); i++) {
            for (int o = 0; o < parameters.outputs(); o++) {
                for (int j = window.left(); j < window.left() + window.columns(); j++) {
                    taps.add(frame.channel(o) + (i * frame.width() + j) * CHANNELS * BLOCK);
                    taps.add(
                            parameters.weight(o, (kernel - 1 - i) * kernel + kernel - 1 - j)
                                    - parameters.first());
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
     * The gradient by output as the gradients need it: [channel / 4][y][x][channel % 4][{@value
     * dev.mettle.engine.kernel.Lanes#BLOCK}], inside a frame of zeros, its pixels {@code stride}
     * apart.
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

        /** Returns the distance of groups of four channels, in floats. */
        int plane() {
            return height * width * CHANNELS * BLOCK;
        }

        /** Returns the offset of a channel. */
        int channel(int o) {
            return o / CHANNELS * plane() + o % CHANNELS * BLOCK;
        }

        /** Returns the offset of the first pixel inside. */
        int origin() {
            return (first * width + first) * CHANNELS * BLOCK;
        }
    }
}
