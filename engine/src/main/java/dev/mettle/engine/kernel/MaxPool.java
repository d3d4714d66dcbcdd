package dev.mettle.engine.kernel;

import static dev.mettle.engine.kernel.Lanes.BLOCK;
import static dev.mettle.engine.kernel.Lanes.SPECIES;
import static dev.mettle.engine.kernel.Lanes.WIDTH;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Max-pooling with windows of any size and stride, of one block of examples (docs/math/maxpool.md).
 * Definition of the winner as in {@link TapSumPool}: row by row, a later value wins only when it is
 * greater. Windows may overlap; then gradients add in the order of the windows.
 */
public final class MaxPool {
    private MaxPool() {}

    /** Reference form; it defines the result. Arguments as in {@link #forward}. */
    public static void forwardScalar(
            int channels,
            float[] in,
            int inBase,
            int inPlane,
            int[] window,
            int[] tap,
            float[] out,
            int outBase,
            int outPlane,
            int[] outPosition,
            float[] arg,
            int argBase) {
        for (int m = 0; m < channels; m++) {
            for (int n = 0; n < window.length; n++) {
                for (int lane = 0; lane < BLOCK; lane++) {
                    int from = inBase + m * inPlane + window[n] + lane;
                    float largest = in[from + tap[0]];
                    int winner = 0;
                    for (int t = 1; t < tap.length; t++) {
                        if (in[from + tap[t]] > largest) {
                            largest = in[from + tap[t]];
                            winner = t;
                        }
                    }
                    out[outBase + m * outPlane + outPosition[n] + lane] = largest;
                    arg[argBase + (m * window.length + n) * BLOCK + lane] = winner;
                }
            }
        }
    }

    /**
     * Pools all windows of all channels.
     *
     * @param window offset of each window's first element
     * @param tap offset of each element of a window, row by row
     * @param out receives the largest values
     * @param outPosition where each window's value goes
     * @param arg receives the winners, [channel][window][{@value Lanes#BLOCK}] from {@code argBase}
     *     on
     */
    public static void forward(
            int channels,
            float[] in,
            int inBase,
            int inPlane,
            int[] window,
            int[] tap,
            float[] out,
            int outBase,
            int outPlane,
            int[] outPosition,
            float[] arg,
            int argBase) {
        for (int m = 0; m < channels; m++) {
            for (int n = 0; n < window.length; n++) {
                for (int lane = 0; lane < BLOCK; lane += WIDTH) {
                    pool(
                            in,
                            inBase + m * inPlane + window[n] + lane,
                            tap,
                            out,
                            outBase + m * outPlane + outPosition[n] + lane,
                            arg,
                            argBase + (m * window.length + n) * BLOCK + lane);
                }
            }
        }
    }

    private static void pool(
            float[] in, int from, int[] tap, float[] out, int to, float[] arg, int argTo) {
        FloatVector largest = FloatVector.fromArray(SPECIES, in, from + tap[0]);
        FloatVector winner = FloatVector.zero(SPECIES);
        for (int t = 1; t < tap.length; t++) {
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
            int channels,
            float[] gradient,
            int gradientBase,
            float[] arg,
            int argBase,
            float[] out,
            int outBase,
            int outPlane,
            int[] window,
            int[] tap) {
        for (int m = 0; m < channels; m++) {
            for (int n = 0; n < window.length; n++) {
                for (int lane = 0; lane < BLOCK; lane++) {
                    int at = (m * window.length + n) * BLOCK + lane;
                    for (int t = 0; t < tap.length; t++) {
                        int to = outBase + m * outPlane + window[n] + tap[t] + lane;
                        out[to] += arg[argBase + at] == t ? gradient[gradientBase + at] : 0;
                    }
                }
            }
        }
    }

    /**
     * Adds each window's gradient to its winner.
     *
     * @param gradient by pooled value, [channel][window][{@value Lanes#BLOCK}] from {@code
     *     gradientBase} on
     * @param arg winners, in the same form
     * @param out gradient by input; the caller has set it to 0
     * @param window offset of each window's first element in {@code out}
     * @param tap offset of each element of a window in {@code out}
     */
    public static void backward(
            int channels,
            float[] gradient,
            int gradientBase,
            float[] arg,
            int argBase,
            float[] out,
            int outBase,
            int outPlane,
            int[] window,
            int[] tap) {
        for (int m = 0; m < channels; m++) {
            for (int n = 0; n < window.length; n++) {
                int at = (m * window.length + n) * BLOCK;
                for (int lane = 0; lane < BLOCK; lane += WIDTH) {
                    spread(
                            gradient,
                            gradientBase + at + lane,
                            arg,
                            argBase + at + lane,
                            out,
                            outBase + m * outPlane + window[n] + lane,
                            tap);
                }
            }
        }
    }

    private static void spread(
            float[] gradient, int from, float[] arg, int argFrom, float[] out, int to, int[] tap) {
        FloatVector d = FloatVector.fromArray(SPECIES, gradient, from);
        FloatVector winner = FloatVector.fromArray(SPECIES, arg, argFrom);
        FloatVector zero = FloatVector.zero(SPECIES);
        for (int t = 0; t < tap.length; t++) {
            FloatVector won = zero.blend(d, winner.compare(VectorOperators.EQ, (float) t));
            FloatVector.fromArray(SPECIES, out, to + tap[t]).add(won).intoArray(out, to + tap[t]);
        }
    }
}
