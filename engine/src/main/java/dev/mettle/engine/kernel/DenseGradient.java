package dev.mettle.engine.kernel;

import static dev.mettle.engine.kernel.Lanes.BLOCK;
import static dev.mettle.engine.kernel.Lanes.SPECIES;
import static dev.mettle.engine.kernel.Lanes.SUMS;
import static dev.mettle.engine.kernel.Lanes.WIDTH;

import jdk.incubator.vector.FloatVector;

/**
 * Gradient by weight of a dense layer, of one block of examples: {@code sums[i][o] += Σ_e in[i][e]
 * · dOut[e][o]} (docs/math/dense.md).
 *
 * <p>Definition: examples add in their order, one rounding each (fma). Vectors run over outputs, so
 * no sum runs over lanes; the gradient by output must therefore be turned first ({@link
 * BlockTurn}).
 */
public final class DenseGradient {
    /** Inputs that a tile computes at once; sums have room for a multiple of it. */
    public static final int INPUTS = 4;

    private DenseGradient() {}

    /** Returns the distance of rows of outputs: a multiple of the widest vector. */
    public static int pitch(int outputs) {
        return (outputs + SUMS - 1) / SUMS * SUMS;
    }

    /** Reference form; it defines the result. Arguments as in {@link #vector}. */
    public static void scalar(
            float[] in,
            int inBase,
            int inputs,
            float[] dOut,
            int dOutBase,
            int pitch,
            float[] sums,
            int sumBase) {
        for (int i = 0; i < inputs; i++) {
            for (int o = 0; o < pitch; o++) {
                float sum = sums[sumBase + i * pitch + o];
                for (int e = 0; e < BLOCK; e++) {
                    sum = Math.fma(dOut[dOutBase + e * pitch + o], in[inBase + i * BLOCK + e], sum);
                }
                sums[sumBase + i * pitch + o] = sum;
            }
        }
    }

    /**
     * Adds one block. Inputs are rounded up to a multiple of {@value #INPUTS}: what lies behind the
     * last one in {@code in} is read, and the sums behind the last one are written.
     *
     * @param in [inputs][{@value Lanes#BLOCK}] from {@code inBase} on
     * @param dOut [{@value Lanes#BLOCK}][pitch] from {@code dOutBase} on
     * @param pitch distance of examples of {@code dOut} and of inputs of {@code sums}: {@link
     *     #pitch} of the number of outputs
     * @param sums [inputs][pitch] from {@code sumBase} on; added to
     */
    public static void vector(
            float[] in,
            int inBase,
            int inputs,
            float[] dOut,
            int dOutBase,
            int pitch,
            float[] sums,
            int sumBase) {
        for (int i = 0; i < inputs; i += INPUTS) {
            int from = inBase + i * BLOCK;
            int sum = sumBase + i * pitch;
            int o = 0;
            if (WIDTH == SUMS) {
                for (; o <= pitch - 4 * WIDTH; o += 4 * WIDTH) {
                    tile4(in, from, dOut, dOutBase + o, pitch, sums, sum + o);
                }
            }
            for (; o <= pitch - 2 * WIDTH; o += 2 * WIDTH) {
                tile2(in, from, dOut, dOutBase + o, pitch, sums, sum + o);
            }
            for (; o < pitch; o += WIDTH) {
                tile1(in, from, dOut, dOutBase + o, pitch, sums, sum + o);
            }
        }
    }

    /** Four inputs by four vectors: 16 sums, for machines with 32 registers. */
    private static void tile4(
            float[] in, int from, float[] dOut, int d, int pitch, float[] sums, int sum) {
        int row1 = sum + pitch;
        int row2 = row1 + pitch;
        int row3 = row2 + pitch;
        FloatVector s00 = FloatVector.fromArray(SPECIES, sums, sum);
        FloatVector s01 = FloatVector.fromArray(SPECIES, sums, sum + WIDTH);
        FloatVector s02 = FloatVector.fromArray(SPECIES, sums, sum + 2 * WIDTH);
        FloatVector s03 = FloatVector.fromArray(SPECIES, sums, sum + 3 * WIDTH);
        FloatVector s10 = FloatVector.fromArray(SPECIES, sums, row1);
        FloatVector s11 = FloatVector.fromArray(SPECIES, sums, row1 + WIDTH);
        FloatVector s12 = FloatVector.fromArray(SPECIES, sums, row1 + 2 * WIDTH);
        FloatVector s13 = FloatVector.fromArray(SPECIES, sums, row1 + 3 * WIDTH);
        FloatVector s20 = FloatVector.fromArray(SPECIES, sums, row2);
        FloatVector s21 = FloatVector.fromArray(SPECIES, sums, row2 + WIDTH);
        FloatVector s22 = FloatVector.fromArray(SPECIES, sums, row2 + 2 * WIDTH);
        FloatVector s23 = FloatVector.fromArray(SPECIES, sums, row2 + 3 * WIDTH);
        FloatVector s30 = FloatVector.fromArray(SPECIES, sums, row3);
        FloatVector s31 = FloatVector.fromArray(SPECIES, sums, row3 + WIDTH);
        FloatVector s32 = FloatVector.fromArray(SPECIES, sums, row3 + 2 * WIDTH);
        FloatVector s33 = FloatVector.fromArray(SPECIES, sums, row3 + 3 * WIDTH);
        for (int e = 0; e < BLOCK; e++) {
            int p = d + e * pitch;
            FloatVector g0 = FloatVector.fromArray(SPECIES, dOut, p);
            FloatVector g1 = FloatVector.fromArray(SPECIES, dOut, p + WIDTH);
            FloatVector g2 = FloatVector.fromArray(SPECIES, dOut, p + 2 * WIDTH);
            FloatVector g3 = FloatVector.fromArray(SPECIES, dOut, p + 3 * WIDTH);
            FloatVector x = FloatVector.broadcast(SPECIES, in[from + e]);
            s00 = g0.fma(x, s00);
            s01 = g1.fma(x, s01);
            s02 = g2.fma(x, s02);
            s03 = g3.fma(x, s03);
            x = FloatVector.broadcast(SPECIES, in[from + BLOCK + e]);
            s10 = g0.fma(x, s10);
            s11 = g1.fma(x, s11);
            s12 = g2.fma(x, s12);
            s13 = g3.fma(x, s13);
            x = FloatVector.broadcast(SPECIES, in[from + 2 * BLOCK + e]);
            s20 = g0.fma(x, s20);
            s21 = g1.fma(x, s21);
            s22 = g2.fma(x, s22);
            s23 = g3.fma(x, s23);
            x = FloatVector.broadcast(SPECIES, in[from + 3 * BLOCK + e]);
            s30 = g0.fma(x, s30);
            s31 = g1.fma(x, s31);
            s32 = g2.fma(x, s32);
            s33 = g3.fma(x, s33);
        }
        s00.intoArray(sums, sum);
        s01.intoArray(sums, sum + WIDTH);
        s02.intoArray(sums, sum + 2 * WIDTH);
        s03.intoArray(sums, sum + 3 * WIDTH);
        s10.intoArray(sums, row1);
        s11.intoArray(sums, row1 + WIDTH);
        s12.intoArray(sums, row1 + 2 * WIDTH);
        s13.intoArray(sums, row1 + 3 * WIDTH);
        s20.intoArray(sums, row2);
        s21.intoArray(sums, row2 + WIDTH);
        s22.intoArray(sums, row2 + 2 * WIDTH);
        s23.intoArray(sums, row2 + 3 * WIDTH);
        s30.intoArray(sums, row3);
        s31.intoArray(sums, row3 + WIDTH);
        s32.intoArray(sums, row3 + 2 * WIDTH);
        s33.intoArray(sums, row3 + 3 * WIDTH);
    }

    /** Four inputs by two vectors: 8 sums. */
    private static void tile2(
            float[] in, int from, float[] dOut, int d, int pitch, float[] sums, int sum) {
        int row1 = sum + pitch;
        int row2 = row1 + pitch;
        int row3 = row2 + pitch;
        FloatVector s00 = FloatVector.fromArray(SPECIES, sums, sum);
        FloatVector s01 = FloatVector.fromArray(SPECIES, sums, sum + WIDTH);
        FloatVector s10 = FloatVector.fromArray(SPECIES, sums, row1);
        FloatVector s11 = FloatVector.fromArray(SPECIES, sums, row1 + WIDTH);
        FloatVector s20 = FloatVector.fromArray(SPECIES, sums, row2);
        FloatVector s21 = FloatVector.fromArray(SPECIES, sums, row2 + WIDTH);
        FloatVector s30 = FloatVector.fromArray(SPECIES, sums, row3);
        FloatVector s31 = FloatVector.fromArray(SPECIES, sums, row3 + WIDTH);
        for (int e = 0; e < BLOCK; e++) {
            int p = d + e * pitch;
            FloatVector g0 = FloatVector.fromArray(SPECIES, dOut, p);
            FloatVector g1 = FloatVector.fromArray(SPECIES, dOut, p + WIDTH);
            FloatVector x = FloatVector.broadcast(SPECIES, in[from + e]);
            s00 = g0.fma(x, s00);
            s01 = g1.fma(x, s01);
            x = FloatVector.broadcast(SPECIES, in[from + BLOCK + e]);
            s10 = g0.fma(x, s10);
            s11 = g1.fma(x, s11);
            x = FloatVector.broadcast(SPECIES, in[from + 2 * BLOCK + e]);
            s20 = g0.fma(x, s20);
            s21 = g1.fma(x, s21);
            x = FloatVector.broadcast(SPECIES, in[from + 3 * BLOCK + e]);
            s30 = g0.fma(x, s30);
            s31 = g1.fma(x, s31);
        }
        s00.intoArray(sums, sum);
        s01.intoArray(sums, sum + WIDTH);
        s10.intoArray(sums, row1);
        s11.intoArray(sums, row1 + WIDTH);
        s20.intoArray(sums, row2);
        s21.intoArray(sums, row2 + WIDTH);
        s30.intoArray(sums, row3);
        s31.intoArray(sums, row3 + WIDTH);
    }

    /** Four inputs by one vector, for what is left. */
    private static void tile1(
            float[] in, int from, float[] dOut, int d, int pitch, float[] sums, int sum) {
        int row1 = sum + pitch;
        int row2 = row1 + pitch;
        int row3 = row2 + pitch;
        FloatVector s0 = FloatVector.fromArray(SPECIES, sums, sum);
        FloatVector s1 = FloatVector.fromArray(SPECIES, sums, row1);
        FloatVector s2 = FloatVector.fromArray(SPECIES, sums, row2);
        FloatVector s3 = FloatVector.fromArray(SPECIES, sums, row3);
        for (int e = 0; e < BLOCK; e++) {
            FloatVector g = FloatVector.fromArray(SPECIES, dOut, d + e * pitch);
            s0 = g.fma(FloatVector.broadcast(SPECIES, in[from + e]), s0);
            s1 = g.fma(FloatVector.broadcast(SPECIES, in[from + BLOCK + e]), s1);
            s2 = g.fma(FloatVector.broadcast(SPECIES, in[from + 2 * BLOCK + e]), s2);
            s3 = g.fma(FloatVector.broadcast(SPECIES, in[from + 3 * BLOCK + e]), s3);
        }
        s0.intoArray(sums, sum);
        s1.intoArray(sums, row1);
        s2.intoArray(sums, row2);
        s3.intoArray(sums, row3);
    }
}
