package dev.mettle.engine.kernel;

import static dev.mettle.engine.kernel.Lanes.BLOCK;
import static dev.mettle.engine.kernel.Lanes.SPECIES;
import static dev.mettle.engine.kernel.Lanes.WIDTH;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * The loops of {@link TapSumPool}. They repeat themselves: C2 keeps named locals in registers,
 * arrays of vectors not.
 */
final class TapSumPoolTiles {
    private TapSumPoolTiles() {}

    /** Four channels by four positions, pooled in registers, for machines with 32 of them. */
    static void tile4(
            TapTable table,
            int group,
            float[] in,
            int inBase,
            float[] weights,
            int weight,
            float[] bias,
            int firstBias,
            float[] out,
            int outBase,
            int plane,
            float[] arg,
            int argBase,
            int argPlane) {
        int[] tap = table.tap;
        int distance = table.distance;
        int in0 = inBase + table.inPair[2 * group];
        int in2 = inBase + table.inPair[2 * group + 1];
        FloatVector s00 = FloatVector.broadcast(SPECIES, bias[firstBias]);
        FloatVector s01 = s00;
        FloatVector s02 = s00;
        FloatVector s03 = s00;
        FloatVector s10 = FloatVector.broadcast(SPECIES, bias[firstBias + 1]);
        FloatVector s11 = s10;
        FloatVector s12 = s10;
        FloatVector s13 = s10;
        FloatVector s20 = FloatVector.broadcast(SPECIES, bias[firstBias + 2]);
        FloatVector s21 = s20;
        FloatVector s22 = s20;
        FloatVector s23 = s20;
        FloatVector s30 = FloatVector.broadcast(SPECIES, bias[firstBias + 3]);
        FloatVector s31 = s30;
        FloatVector s32 = s30;
        FloatVector s33 = s30;
        for (int t = 2 * table.from[group], end = 2 * table.to[group]; t < end; t += 2) {
            int a = in0 + tap[t];
            int b = in2 + tap[t];
            int q = weight + tap[t + 1];
            FloatVector x0 = FloatVector.fromArray(SPECIES, in, a);
            FloatVector x1 = FloatVector.fromArray(SPECIES, in, a + distance);
            FloatVector x2 = FloatVector.fromArray(SPECIES, in, b);
            FloatVector x3 = FloatVector.fromArray(SPECIES, in, b + distance);
            FloatVector w = FloatVector.broadcast(SPECIES, weights[q]);
            s00 = x0.fma(w, s00);
            s01 = x1.fma(w, s01);
            s02 = x2.fma(w, s02);
            s03 = x3.fma(w, s03);
            w = FloatVector.broadcast(SPECIES, weights[q + 1]);
            s10 = x0.fma(w, s10);
            s11 = x1.fma(w, s11);
            s12 = x2.fma(w, s12);
            s13 = x3.fma(w, s13);
            w = FloatVector.broadcast(SPECIES, weights[q + 2]);
            s20 = x0.fma(w, s20);
            s21 = x1.fma(w, s21);
            s22 = x2.fma(w, s22);
            s23 = x3.fma(w, s23);
            w = FloatVector.broadcast(SPECIES, weights[q + 3]);
            s30 = x0.fma(w, s30);
            s31 = x1.fma(w, s31);
            s32 = x2.fma(w, s32);
            s33 = x3.fma(w, s33);
        }
        int to = outBase + table.outPosition[group];
        int argTo = argBase + group * BLOCK;
        FloatVector zero = FloatVector.zero(SPECIES);
        VectorMask<Float> greater = s01.compare(VectorOperators.GT, s00);
        FloatVector largest = s00.blend(s01, greater);
        FloatVector winner = zero.blend(1f, greater);
        greater = s02.compare(VectorOperators.GT, largest);
        largest = largest.blend(s02, greater);
        winner = winner.blend(2f, greater);
        greater = s03.compare(VectorOperators.GT, largest);
        largest = largest.blend(s03, greater);
        winner = winner.blend(3f, greater);
        largest.intoArray(out, to);
        winner.intoArray(arg, argTo);
        greater = s11.compare(VectorOperators.GT, s10);
        largest = s10.blend(s11, greater);
        winner = zero.blend(1f, greater);
        greater = s12.compare(VectorOperators.GT, largest);
        largest = largest.blend(s12, greater);
        winner = winner.blend(2f, greater);
        greater = s13.compare(VectorOperators.GT, largest);
        largest = largest.blend(s13, greater);
        winner = winner.blend(3f, greater);
        largest.intoArray(out, to + plane);
        winner.intoArray(arg, argTo + argPlane);
        greater = s21.compare(VectorOperators.GT, s20);
        largest = s20.blend(s21, greater);
        winner = zero.blend(1f, greater);
        greater = s22.compare(VectorOperators.GT, largest);
        largest = largest.blend(s22, greater);
        winner = winner.blend(2f, greater);
        greater = s23.compare(VectorOperators.GT, largest);
        largest = largest.blend(s23, greater);
        winner = winner.blend(3f, greater);
        largest.intoArray(out, to + 2 * plane);
        winner.intoArray(arg, argTo + 2 * argPlane);
        greater = s31.compare(VectorOperators.GT, s30);
        largest = s30.blend(s31, greater);
        winner = zero.blend(1f, greater);
        greater = s32.compare(VectorOperators.GT, largest);
        largest = largest.blend(s32, greater);
        winner = winner.blend(2f, greater);
        greater = s33.compare(VectorOperators.GT, largest);
        largest = largest.blend(s33, greater);
        winner = winner.blend(3f, greater);
        largest.intoArray(out, to + 3 * plane);
        winner.intoArray(arg, argTo + 3 * argPlane);
    }

    /**
     * Two channels by four vectors of one position: 8 sums, for machines with 16 registers. What is
     * the largest so far lies in {@code out}.
     */
    static void tile2(
            TapTable table,
            int group,
            int position,
            float[] in,
            int from,
            float[] weights,
            int weight,
            float[] bias,
            int firstBias,
            float[] out,
            int to,
            int plane,
            float[] arg,
            int argTo,
            int argPlane) {
        int[] tap = table.tap;
        FloatVector s00 = FloatVector.broadcast(SPECIES, bias[firstBias]);
        FloatVector s01 = s00;
        FloatVector s02 = s00;
        FloatVector s03 = s00;
        FloatVector s10 = FloatVector.broadcast(SPECIES, bias[firstBias + 1]);
        FloatVector s11 = s10;
        FloatVector s12 = s10;
        FloatVector s13 = s10;
        for (int t = 2 * table.from[group], end = 2 * table.to[group]; t < end; t += 2) {
            int a = from + tap[t];
            int q = weight + tap[t + 1];
            FloatVector w0 = FloatVector.broadcast(SPECIES, weights[q]);
            FloatVector w1 = FloatVector.broadcast(SPECIES, weights[q + 1]);
            FloatVector x = FloatVector.fromArray(SPECIES, in, a);
            s00 = x.fma(w0, s00);
            s10 = x.fma(w1, s10);
            x = FloatVector.fromArray(SPECIES, in, a + WIDTH);
            s01 = x.fma(w0, s01);
            s11 = x.fma(w1, s11);
            x = FloatVector.fromArray(SPECIES, in, a + 2 * WIDTH);
            s02 = x.fma(w0, s02);
            s12 = x.fma(w1, s12);
            x = FloatVector.fromArray(SPECIES, in, a + 3 * WIDTH);
            s03 = x.fma(w0, s03);
            s13 = x.fma(w1, s13);
        }
        if (position == 0) {
            s00.intoArray(out, to);
            s01.intoArray(out, to + WIDTH);
            s02.intoArray(out, to + 2 * WIDTH);
            s03.intoArray(out, to + 3 * WIDTH);
            s10.intoArray(out, to + plane);
            s11.intoArray(out, to + plane + WIDTH);
            s12.intoArray(out, to + plane + 2 * WIDTH);
            s13.intoArray(out, to + plane + 3 * WIDTH);
            FloatVector zero = FloatVector.zero(SPECIES);
            zero.intoArray(arg, argTo);
            zero.intoArray(arg, argTo + WIDTH);
            zero.intoArray(arg, argTo + 2 * WIDTH);
            zero.intoArray(arg, argTo + 3 * WIDTH);
            zero.intoArray(arg, argTo + argPlane);
            zero.intoArray(arg, argTo + argPlane + WIDTH);
            zero.intoArray(arg, argTo + argPlane + 2 * WIDTH);
            zero.intoArray(arg, argTo + argPlane + 3 * WIDTH);
            return;
        }
        FloatVector largest = FloatVector.fromArray(SPECIES, out, to);
        VectorMask<Float> greater = s00.compare(VectorOperators.GT, largest);
        largest.blend(s00, greater).intoArray(out, to);
        FloatVector.fromArray(SPECIES, arg, argTo)
                .blend((float) position, greater)
                .intoArray(arg, argTo);
        largest = FloatVector.fromArray(SPECIES, out, to + WIDTH);
        greater = s01.compare(VectorOperators.GT, largest);
        largest.blend(s01, greater).intoArray(out, to + WIDTH);
        FloatVector.fromArray(SPECIES, arg, argTo + WIDTH)
                .blend((float) position, greater)
                .intoArray(arg, argTo + WIDTH);
        largest = FloatVector.fromArray(SPECIES, out, to + 2 * WIDTH);
        greater = s02.compare(VectorOperators.GT, largest);
        largest.blend(s02, greater).intoArray(out, to + 2 * WIDTH);
        FloatVector.fromArray(SPECIES, arg, argTo + 2 * WIDTH)
                .blend((float) position, greater)
                .intoArray(arg, argTo + 2 * WIDTH);
        largest = FloatVector.fromArray(SPECIES, out, to + 3 * WIDTH);
        greater = s03.compare(VectorOperators.GT, largest);
        largest.blend(s03, greater).intoArray(out, to + 3 * WIDTH);
        FloatVector.fromArray(SPECIES, arg, argTo + 3 * WIDTH)
                .blend((float) position, greater)
                .intoArray(arg, argTo + 3 * WIDTH);
        largest = FloatVector.fromArray(SPECIES, out, to + plane);
        greater = s10.compare(VectorOperators.GT, largest);
        largest.blend(s10, greater).intoArray(out, to + plane);
        FloatVector.fromArray(SPECIES, arg, argTo + argPlane)
                .blend((float) position, greater)
                .intoArray(arg, argTo + argPlane);
        largest = FloatVector.fromArray(SPECIES, out, to + plane + WIDTH);
        greater = s11.compare(VectorOperators.GT, largest);
        largest.blend(s11, greater).intoArray(out, to + plane + WIDTH);
        FloatVector.fromArray(SPECIES, arg, argTo + argPlane + WIDTH)
                .blend((float) position, greater)
                .intoArray(arg, argTo + argPlane + WIDTH);
        largest = FloatVector.fromArray(SPECIES, out, to + plane + 2 * WIDTH);
        greater = s12.compare(VectorOperators.GT, largest);
        largest.blend(s12, greater).intoArray(out, to + plane + 2 * WIDTH);
        FloatVector.fromArray(SPECIES, arg, argTo + argPlane + 2 * WIDTH)
                .blend((float) position, greater)
                .intoArray(arg, argTo + argPlane + 2 * WIDTH);
        largest = FloatVector.fromArray(SPECIES, out, to + plane + 3 * WIDTH);
        greater = s13.compare(VectorOperators.GT, largest);
        largest.blend(s13, greater).intoArray(out, to + plane + 3 * WIDTH);
        FloatVector.fromArray(SPECIES, arg, argTo + argPlane + 3 * WIDTH)
                .blend((float) position, greater)
                .intoArray(arg, argTo + argPlane + 3 * WIDTH);
    }
}
