package dev.mettle.engine.kernel;

import static dev.mettle.engine.kernel.Lanes.BLOCK;
import static dev.mettle.engine.kernel.Lanes.POSITIONS;
import static dev.mettle.engine.kernel.Lanes.SPECIES;
import static dev.mettle.engine.kernel.Lanes.WIDTH;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Gradient of the pooling in {@link TapSumPool}: each window's gradient goes to its winner, its
 * other positions get 0 (docs/math/maxpool.md).
 */
public final class PoolSpread {
    private PoolSpread() {}

    /** Reference form; it defines the result. Arguments as in {@link #vector}. */
    public static void scalar(
            int channels,
            float[] gradient,
            int gradientBase,
            int gradientPlane,
            float[] arg,
            int argBase,
            int argPlane,
            int from,
            int to,
            float[] out,
            int outBase,
            int outPlane,
            int[] outPosition) {
        for (int m = 0; m < channels; m++) {
            for (int window = from; window < to; window++) {
                for (int lane = 0; lane < BLOCK; lane++) {
                    float d = gradient[gradientBase + m * gradientPlane + window * BLOCK + lane];
                    float winner = arg[argBase + m * argPlane + window * BLOCK + lane];
                    for (int j = 0; j < POSITIONS; j++) {
                        out[outBase + m * outPlane + outPosition[window * POSITIONS + j] + lane] =
                                winner == j ? d : 0;
                    }
                }
            }
        }
    }

    /**
     * Spreads windows {@code from} to {@code to - 1}.
     *
     * @param gradient by pooled value, [channel][window][{@value Lanes#BLOCK}] from {@code
     *     gradientBase} on
     * @param gradientPlane distance of channels in {@code gradient}
     * @param arg winners, in the same form
     * @param out gradient by pooling's input
     * @param outPlane distance of channels in {@code out}
     * @param outPosition where the {@value Lanes#POSITIONS} positions of each window lie
     */
    public static void vector(
            int channels,
            float[] gradient,
            int gradientBase,
            int gradientPlane,
            float[] arg,
            int argBase,
            int argPlane,
            int from,
            int to,
            float[] out,
            int outBase,
            int outPlane,
            int[] outPosition) {
        for (int m = 0; m < channels; m++) {
            for (int lane = 0; lane < BLOCK; lane += WIDTH) {
                windows(
                        gradient,
                        gradientBase + m * gradientPlane + lane,
                        arg,
                        argBase + m * argPlane + lane,
                        from,
                        to,
                        out,
                        outBase + m * outPlane + lane,
                        outPosition);
            }
        }
    }

    private static void windows(
            float[] gradient,
            int gradientBase,
            float[] arg,
            int argBase,
            int from,
            int to,
            float[] out,
            int outBase,
            int[] outPosition) {
        FloatVector zero = FloatVector.zero(SPECIES);
        for (int window = from; window < to; window++) {
            FloatVector d = FloatVector.fromArray(SPECIES, gradient, gradientBase + window * BLOCK);
            FloatVector winner = FloatVector.fromArray(SPECIES, arg, argBase + window * BLOCK);
            int n = window * POSITIONS;
            zero.blend(d, winner.compare(VectorOperators.EQ, 0f))
                    .intoArray(out, outBase + outPosition[n]);
            zero.blend(d, winner.compare(VectorOperators.EQ, 1f))
                    .intoArray(out, outBase + outPosition[n + 1]);
            zero.blend(d, winner.compare(VectorOperators.EQ, 2f))
                    .intoArray(out, outBase + outPosition[n + 2]);
            zero.blend(d, winner.compare(VectorOperators.EQ, 3f))
                    .intoArray(out, outBase + outPosition[n + 3]);
        }
    }
}
