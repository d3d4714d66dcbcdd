package dev.mettle.engine;

import static dev.mettle.engine.kernel.Lanes.BLOCK;
import static dev.mettle.engine.kernel.Lanes.POSITIONS;

import dev.mettle.core.network.Extent;
import dev.mettle.core.network.Window;
import dev.mettle.engine.kernel.TapTable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The tables of a convolution: which elements its values and its gradients by weight multiply
 * (docs/math/conv2d.md). Those of the gradient by input: {@link ConvBackTables}.
 */
final class ConvTables {
    private ConvTables() {}

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
     * Returns where each pixel lies in a tensor or frame whose rows are {@code pitch} pixels apart,
     * in floats.
     *
     * @param step pixels from one to the next, downwards and to the right
     * @param pixel floats of a pixel
     */
    static int[] offsets(int[] pixels, int width, int pitch, Extent step, int pixel) {
        int[] offsets = new int[pixels.length];
        for (int n = 0; n < pixels.length; n++) {
            int y = pixels[n] / width * step.height();
            int x = pixels[n] % width * step.width();
            offsets[n] = (y * pitch + x) * pixel;
        }
        return offsets;
    }

    /** Returns 0, step, 2 step, ... */
    static int[] multiples(int count, int step) {
        int[] offsets = new int[count];
        for (int n = 0; n < count; n++) {
            offsets[n] = n * step;
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
    static int[] pairs(int[] offsets) {
        int[] first = new int[offsets.length / 2];
        for (int i = 0; i < first.length; i++) {
            first[i] = offsets[2 * i];
        }
        return first;
    }

    /**
     * Returns the offset of each run of taps in the framed input of one group, channel by channel,
     * row by row of the kernel; taps of a run are neighbours, so with dilation each is its own.
     */
    static int[] runs(Tensor in, int channels, Window kernel) {
        int each = kernel.area() / length(kernel);
        int[] runs = new int[channels * each];
        for (int r = 0; r < runs.length; r++) {
            int element = r % each * length(kernel);
            runs[r] = r / each * in.plane() + element(element, in, kernel);
        }
        return runs;
    }

    /** Returns the taps of a run. */
    static int length(Window kernel) {
        return kernel.dilation().width() == 1 ? kernel.size().width() : 1;
    }

    /** Returns the offset of each tap of one group, channel by channel, row by row. */
    static int[] taps(Tensor in, int channels, Window kernel) {
        int[] taps = new int[channels * kernel.area()];
        for (int t = 0; t < taps.length; t++) {
            taps[t] = t / kernel.area() * in.plane() + element(t % kernel.area(), in, kernel);
        }
        return taps;
    }

    private static int element(int element, Tensor in, Window kernel) {
        int y = element / kernel.size().width() * kernel.dilation().height();
        int x = element % kernel.size().width() * kernel.dilation().width();
        return (y * in.pitch() + x) * BLOCK;
    }

    /**
     * Returns the table of the forward pass.
     *
     * @param taps as from {@link #taps}
     * @param together distance of the weights of neighbouring taps
     * @param in offsets of the pixels of {@link #groups} in the input
     * @param out offsets of the pixels, or of the windows, in the output
     */
    static TapTable forward(int[] taps, int together, int[] in, int[] out) {
        int[] from = new int[in.length / POSITIONS];
        int[] to = new int[from.length];
        int[] entries = new int[2 * taps.length];
        for (int t = 0; t < taps.length; t++) {
            entries[2 * t] = taps[t];
            entries[2 * t + 1] = t * together;
        }
        Arrays.fill(to, taps.length);
        return new TapTable(pairs(in), in[1] - in[0], out, from, to, entries, BLOCK);
    }
}
