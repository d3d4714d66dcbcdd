package dev.mettle.engine.kernel;

import static dev.mettle.engine.kernel.Lanes.BLOCK;
import static dev.mettle.engine.kernel.Lanes.SPECIES;
import static dev.mettle.engine.kernel.Lanes.WIDTH;

import jdk.incubator.vector.FloatVector;

/**
 * Average-pooling with windows of any size and stride, of one block of examples
 * (docs/math/avgpool.md). Definition: a window's elements are added in their order, row by row,
 * with one rounding each, and the sum is divided by {@code area}; elements of the padding are left
 * out of the sum but not of the area. Windows may overlap; then gradients, each divided by the
 * area, add in the order of the windows.
 */
public final class AveragePool {
    private AveragePool() {}

    /** Reference form; it defines the result. Arguments as in {@link #forward}. */
    public static void forwardScalar(
            PoolTable table,
            float area,
            int channels,
            float[] in,
            int inBase,
            int inPlane,
            float[] out,
            int outBase,
            int outPlane) {
        for (int m = 0; m < channels; m++) {
            for (int n = 0; n < table.window.length; n++) {
                for (int lane = 0; lane < BLOCK; lane++) {
                    int at = inBase + m * inPlane + table.window[n] + lane;
                    float sum = in[at + table.tap[table.from[n]]];
                    for (int t = table.from[n] + 1; t < table.to[n]; t++) {
                        sum += in[at + table.tap[t]];
                    }
                    out[outBase + m * outPlane + table.outPosition[n] + lane] = sum / area;
                }
            }
        }
    }

    /**
     * Pools all windows of all channels.
     *
     * @param area by which sums are divided
     * @param in holds the input from {@code inBase} on
     * @param inPlane distance of its channels
     * @param out receives the means from {@code outBase} on
     * @param outPlane distance of its channels
     */
    public static void forward(
            PoolTable table,
            float area,
            int channels,
            float[] in,
            int inBase,
            int inPlane,
            float[] out,
            int outBase,
            int outPlane) {
        for (int m = 0; m < channels; m++) {
            for (int n = 0; n < table.window.length; n++) {
                int read = inBase + m * inPlane + table.window[n];
                int write = outBase + m * outPlane + table.outPosition[n];
                for (int lane = 0; lane < BLOCK; lane += WIDTH) {
                    mean(
                            in,
                            read + lane,
                            table.tap,
                            table.from[n],
                            table.to[n],
                            area,
                            out,
                            write + lane);
                }
            }
        }
    }

    private static void mean(
            float[] in, int at, int[] tap, int from, int to, float area, float[] out, int write) {
        FloatVector sum = FloatVector.fromArray(SPECIES, in, at + tap[from]);
        for (int t = from + 1; t < to; t++) {
            sum = sum.add(FloatVector.fromArray(SPECIES, in, at + tap[t]));
        }
        sum.div(area).intoArray(out, write);
    }

    /** Reference form; it defines the result. Arguments as in {@link #backward}. */
    public static void backwardScalar(
            PoolTable table,
            float area,
            int channels,
            float[] gradient,
            int gradientBase,
            float[] out,
            int outBase,
            int outPlane) {
        for (int m = 0; m < channels; m++) {
            for (int n = 0; n < table.window.length; n++) {
                int at = gradientBase + (m * table.window.length + n) * BLOCK;
                for (int lane = 0; lane < BLOCK; lane++) {
                    float share = gradient[at + lane] / area;
                    for (int t = table.from[n]; t < table.to[n]; t++) {
                        out[outBase + m * outPlane + table.window[n] + table.tap[t] + lane] +=
                                share;
                    }
                }
            }
        }
    }

    /**
     * Adds to each element its share of its windows' gradients.
     *
     * @param table of the windows in {@code out}
     * @param gradient by pooled value, [channel][window][{@value Lanes#BLOCK}] from {@code
     *     gradientBase} on
     * @param out gradient by input; the caller has set it to 0
     * @param outPlane distance of its channels
     */
    public static void backward(
            PoolTable table,
            float area,
            int channels,
            float[] gradient,
            int gradientBase,
            float[] out,
            int outBase,
            int outPlane) {
        for (int m = 0; m < channels; m++) {
            for (int n = 0; n < table.window.length; n++) {
                int read = gradientBase + (m * table.window.length + n) * BLOCK;
                int write = outBase + m * outPlane + table.window[n];
                for (int lane = 0; lane < BLOCK; lane += WIDTH) {
                    spread(
                            gradient,
                            read + lane,
                            area,
                            table.tap,
                            table.from[n],
                            table.to[n],
                            out,
                            write + lane);
                }
            }
        }
    }

    private static void spread(
            float[] gradient,
            int read,
            float area,
            int[] tap,
            int from,
            int to,
            float[] out,
            int write) {
        FloatVector share = FloatVector.fromArray(SPECIES, gradient, read).div(area);
        for (int t = from; t < to; t++) {
            int at = write + tap[t];
            FloatVector.fromArray(SPECIES, out, at).add(share).intoArray(out, at);
        }
    }
}
