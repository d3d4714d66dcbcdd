package dev.mettle.engine;

import static dev.mettle.engine.kernel.Lanes.BLOCK;
import static dev.mettle.engine.kernel.Lanes.POSITIONS;

import dev.mettle.core.data.Shape;
import dev.mettle.core.network.Extent;
import dev.mettle.core.network.Window;
import dev.mettle.engine.kernel.TapTable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/**
 * The tables of a convolution's gradient by input (docs/math/conv2d.md). A pixel (y, x) of the
 * input has been multiplied by element (i, j) of the kernel for the output (v, u) with {@code
 * stride · v = y + padding - dilation · i}, likewise x, u and j. So with a stride only some
 * elements have met a pixel: which ones depends on its phase, the remainder of y + padding by the
 * stride. Positions of a group have one phase, so that no product with a zero between the outputs
 * is ever computed. Elements whose output lies in the frame for all four positions are left out
 * too.
 */
final class ConvBackTables {
    private final Parameters parameters;
    private final Window kernel;
    private final Frame frame;
    private final Tensor gradientIn;
    private final Shape shape;

    /** The elements of the kernel that a group of positions needs. */
    private record Taps(List<Element> rows, List<Element> columns) {}

    /**
     * A row or column of the kernel that meets the pixels of a phase.
     *
     * @param number from 0
     * @param output how far before a pixel's last output (the one of element 0 or of the first
     *     element that there is) its output lies: 0 or negative
     */
    private record Element(int number, int output) {}

    private ConvBackTables(Parameters parameters, Window kernel, Frame frame, Tensor gradientIn) {
        this.parameters = parameters;
        this.kernel = kernel;
        this.frame = frame;
        this.gradientIn = gradientIn;
        this.shape = gradientIn.shape();
    }

    /**
     * Returns the tables of one group of channels, one for each phase; together they write every
     * pixel. Groups of positions are squares or pairs along rows, whichever leaves fewer taps.
     */
    static List<TapTable> of(Parameters parameters, Window kernel, Frame frame, Tensor gradientIn) {
        ConvBackTables tables = new ConvBackTables(parameters, kernel, frame, gradientIn);
        List<TapTable> made = new ArrayList<>();
        for (int y = 0; y < Math.min(kernel.stride().height(), tables.shape.height()); y++) {
            for (int x = 0; x < Math.min(kernel.stride().width(), tables.shape.width()); x++) {
                TapTable squares = tables.phase(y, x, true);
                TapTable rows = tables.phase(y, x, false);
                made.add(squares.work() <= rows.work() ? squares : rows);
            }
        }
        return made;
    }

    /** Makes the table of the pixels that lie a multiple of the stride behind (top, left). */
    private TapTable phase(int top, int left, boolean squares) {
        int height = (shape.height() - 1 - top) / kernel.stride().height() + 1;
        int width = (shape.width() - 1 - left) / kernel.stride().width() + 1;
        int[] pixels = ConvTables.groups(height, width, squares);
        for (int n = 0; n < pixels.length; n++) {
            int y = top + pixels[n] / width * kernel.stride().height();
            int x = left + pixels[n] % width * kernel.stride().width();
            pixels[n] = y * shape.width() + x;
        }
        List<Element> rows =
                elements(
                        top + kernel.before().height(),
                        kernel.size().height(),
                        kernel.stride().height(),
                        kernel.dilation().height());
        List<Element> columns =
                elements(
                        left + kernel.before().width(),
                        kernel.size().width(),
                        kernel.stride().width(),
                        kernel.dilation().width());
        return table(pixels, rows, columns);
    }

    /** Returns the elements in the order of their outputs, which is against their own. */
    private static List<Element> elements(int place, int size, int stride, int dilation) {
        int phase = place % stride;
        List<Element> elements = new ArrayList<>();
        for (int number = size - 1; number >= 0; number--) {
            int distance = phase - number * dilation;
            if (distance % stride == 0) {
                elements.add(new Element(number, distance / stride));
            }
        }
        return elements;
    }

    private TapTable table(int[] pixels, List<Element> rows, List<Element> columns) {
        int[] from = new int[pixels.length / POSITIONS];
        int[] to = new int[from.length];
        int[] in = new int[pixels.length];
        for (int n = 0; n < in.length; n++) {
            int v = lastRow(pixels[n]) + frame.first().height();
            int u = lastColumn(pixels[n]) + frame.first().width();
            in[n] = (v * frame.width() + u) * frame.pixel();
        }
        Map<Taps, Integer> starts = new HashMap<>();
        List<Integer> entries = new ArrayList<>();
        for (int group = 0; group < from.length; group++) {
            int[] four = Arrays.copyOfRange(pixels, group * POSITIONS, (group + 1) * POSITIONS);
            Taps taps =
                    new Taps(
                            needed(rows, frame.inside().height(), four, this::lastRow),
                            needed(columns, frame.inside().width(), four, this::lastColumn));
            Integer start = starts.putIfAbsent(taps, entries.size() / 2);
            from[group] = start == null ? entries.size() / 2 : start;
            if (start == null) {
                addTaps(taps, entries);
            }
            to[group] =
                    from[group] + taps.rows().size() * taps.columns().size() * parameters.each();
        }
        return new TapTable(
                ConvTables.pairs(in),
                in[1] - in[0],
                ConvTables.offsets(pixels, shape.width(), gradientIn.pitch(), Extent.of(1), BLOCK),
                from,
                to,
                entries.stream().mapToInt(entry -> entry).toArray(),
                BLOCK);
    }

    /** Returns the last row of outputs that a pixel may have had a part in. */
    private int lastRow(int pixel) {
        return (pixel / shape.width() + kernel.before().height()) / kernel.stride().height();
    }

    private int lastColumn(int pixel) {
        return (pixel % shape.width() + kernel.before().width()) / kernel.stride().width();
    }

    /** Returns the elements whose output exists for one of the pixels. */
    private static List<Element> needed(
            List<Element> elements, int outputs, int[] pixels, IntUnaryOperator last) {
        return elements.stream()
                .filter(element ->
                        Arrays.stream(pixels)
                                .map(pixel -> last.applyAsInt(pixel) + element.output())
                                .anyMatch(output -> output >= 0 && output < outputs))
                .toList();
    }

    private void addTaps(Taps taps, List<Integer> entries) {
        for (Element row : taps.rows()) {
            for (int o = 0; o < parameters.each(); o++) {
                for (Element column : taps.columns()) {
                    int place = row.output() * frame.width() + column.output();
                    int tap = row.number() * kernel.size().width() + column.number();
                    entries.add(frame.channel(o) + place * frame.pixel());
                    entries.add(parameters.weight(o, tap) - parameters.first());
                }
            }
        }
    }
}
