package dev.mettle.engine.kernel;

import static dev.mettle.engine.kernel.Lanes.BLOCK;
import static dev.mettle.engine.kernel.Lanes.SPECIES;
import static dev.mettle.engine.kernel.Lanes.WIDTH;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Max-pooling with windows of any size and stride, of one block of examples (docs/math/maxpool.md).
 * Elements of the padding don't exist: a window at an edge has fewer. Definition of the winner as
 * in {@link TapSumPool}: row by row, a later value wins only when it is greater. Windows may
 * overlap; then gradients add in the order of the windows.
 */
public final class MaxPool {
    private MaxPool() {}

    /** Reference form; it defines the result. Arguments as in {@link #forward}. */
    public static void forwardScalar(
            PoolTable table,
            int channels,
            float[] in,
            int inBase,
            int inPlane,
            float[] out,
            int outBase,
            int outPlane,
            float[] arg,
            int argBase) {
        int[] tap = table.tap;
        int windows = table.window.length;
        for (int m = 0; m < channels; m++) {
            for (int n = 0; n < windows; n++) {
                for (int lane = 0; lane < BLOCK; lane++) {
                    int from = inBase + m * inPlane + table.window[n] + lane;
                    int winner = table.from[n];
                    float largest = in[from + tap[winner]];
                    for (int t = winner + 1; t < table.to[n]; t++) {
                        if (in[from + tap[t]] > largest) {
                            largest = in[from + tap[t]];
                            winner = t;
                        }
                    }
                    out[outBase + m * outPlane + table.outPosition[n] + lane] = largest;
                    arg[argBase + (m * windows + n) * BLOCK + lane] = winner;
                }
            }
        }
    }

    /**
     * Pools all windows of all channels.
     *
     * @param in holds the input from {@code inBase} on
     * @param inPlane distance of its channels
     * @param out receives the largest values from {@code outBase} on
     * @param outPlane distance of its channels
     * @param arg receives the winners, numbers of taps in the table, [channel][window][{@value
     *     Lanes#BLOCK}] from {@code argBase} on
     */
    public static void forward(
            PoolTable table,
            int channels,
            float[] in,
            int inBase,
            int inPlane,
            float[] out,
            int outBase,
            int outPlane,
            float[] arg,
            int argBase) {
        int windows = table.window.length;
        for (int m = 0; m < channels; m++) {
            for (int n = 0; n < windows; n++) {
                int read = inBase + m * inPlane + table.window[n];
                int write = outBase + m * outPlane + table.outPosition[n];
                int won = argBase + (m * windows + n) * BLOCK;
                for (int lane = 0; lane < BLOCK; lane += WIDTH) {
                    pool(table, n, in, read + lane, out, write + lane, arg, won + lane);
                }
            }
        }
    }

    private static void pool(
            PoolTable table,
            int n,
            float[] in,
            int from,
            float[] out,
            int to,
            float[] arg,
            int argTo) {
        int[] tap = table.tap;
        int first = table.from[n];
        FloatVector largest = FloatVector.fromArray(SPECIES, in, from + tap[first]);
        FloatVector winner = FloatVector.broadcast(SPECIES, (float) first);
        for (int t = first + 1, end = table.to[n]; t < end; t++) {
            FloatVector x = FloatVector.fromArray(SPECIES, in, from + tap[t]);
            VectorMask<Float> greater = x.compare(VectorOperators.GT, largest);
            largest = largest.blend(x, greater);
            winner = winner.blend(FloatVector.broadcast(SPECIES, (float) t), greater);
        }
        largest.intoArray(out, to);
        winner.intoArray(arg, argTo);
    }

    /** Reference form; it defines the result. Arguments as in {@link #backward}. */
    public static void backwardScalar(
            PoolTable table,
            int channels,
            float[] gradient,
            int gradientBase,
            float[] arg,
            int argBase,
            float[] out,
            int outBase,
            int outPlane) {
        for (int m = 0; m < channels; m++) {
            for (int n = 0; n < table.window.length; n++) {
                for (int lane = 0; lane < BLOCK; lane++) {
                    int at = (m * table.window.length + n) * BLOCK + lane;
                    int window = outBase + m * outPlane + table.window[n] + lane;
                    for (int t = table.from[n]; t < table.to[n]; t++) {
                        out[window + table.tap[t]] +=
                                arg[argBase + at] == t ? gradient[gradientBase + at] : 0;
                    }
                }
            }
        }
    }

    /**
     * Adds each window's gradient to its winner.
     *
     * @param table of the windows in {@code out}, its taps numbered as in the forward pass
     * @param gradient by pooled value, [channel][window][{@value Lanes#BLOCK}] from {@code
     *     gradientBase} on
     * @param arg winners, in the same form
     * @param out gradient by input; the caller has set it to 0
     * @param outPlane distance of its channels
     */
    public static void backward(
            PoolTable table,
            int channels,
            float[] gradient,
            int gradientBase,
            float[] arg,
            int argBase,
            float[] out,
            int outBase,
            int outPlane) {
        for (int m = 0; m < channels; m++) {
            for (int n = 0; n < table.window.length; n++) {
                int at = (m * table.window.length + n) * BLOCK;
                int to = outBase + m * outPlane + table.window[n];
                for (int lane = 0; lane < BLOCK; lane += WIDTH) {
                    spread(
                            table,
                            n,
                            gradient,
                            gradientBase + at + lane,
                            arg,
                            argBase + at + lane,
                            out,
                            to + lane);
                }
            }
        }
    }

    private static void spread(
            PoolTable table,
            int n,
            float[] gradient,
            int from,
            float[] arg,
            int argFrom,
            float[] out,
            int to) {
        int[] tap = table.tap;
        FloatVector d = FloatVector.fromArray(SPECIES, gradient, from);
        FloatVector winner = FloatVector.fromArray(SPECIES, arg, argFrom);
        FloatVector zero = FloatVector.zero(SPECIES);
        for (int t = table.from[n], end = table.to[n]; t < end; t++) {
            FloatVector won = zero.blend(d, winner.compare(VectorOperators.EQ, (float) t));
            FloatVector.fromArray(SPECIES, out, to + tap[t]).add(won).intoArray(out, to + tap[t]);
        }
    }
}
