package dev.mettle.engine.kernel;

import static dev.mettle.engine.kernel.Lanes.BLOCK;
import static dev.mettle.engine.kernel.Lanes.SPECIES;
import static dev.mettle.engine.kernel.Lanes.SUMS;

import jdk.incubator.vector.FloatVector;

/**
 * The loops of {@link TapGradient}: four channels by one to four taps of a run. {@code tap} is
 * where position 0 reads the first tap, {@code d} the gradient of the first channel, {@code sum}
 * the first sum. They repeat themselves: C2 keeps named locals in registers, arrays of vectors not.
 */
final class TapGradientTiles {
    private TapGradientTiles() {}

    /** Four channels by four taps: 16 sums, for machines with 32 registers. */
    static void tile4(
            float[] in,
            int tap,
            int[] inPosition,
            float[] dOut,
            int d,
            int[] dOutPosition,
            int from,
            int to,
            float[] sums,
            int sum) {
        FloatVector s00 = FloatVector.fromArray(SPECIES, sums, sum);
        FloatVector s10 = FloatVector.fromArray(SPECIES, sums, sum + SUMS);
        FloatVector s20 = FloatVector.fromArray(SPECIES, sums, sum + 2 * SUMS);
        FloatVector s30 = FloatVector.fromArray(SPECIES, sums, sum + 3 * SUMS);
        FloatVector s01 = FloatVector.fromArray(SPECIES, sums, sum + 4 * SUMS);
        FloatVector s11 = FloatVector.fromArray(SPECIES, sums, sum + 5 * SUMS);
        FloatVector s21 = FloatVector.fromArray(SPECIES, sums, sum + 6 * SUMS);
        FloatVector s31 = FloatVector.fromArray(SPECIES, sums, sum + 7 * SUMS);
        FloatVector s02 = FloatVector.fromArray(SPECIES, sums, sum + 8 * SUMS);
        FloatVector s12 = FloatVector.fromArray(SPECIES, sums, sum + 9 * SUMS);
        FloatVector s22 = FloatVector.fromArray(SPECIES, sums, sum + 10 * SUMS);
        FloatVector s32 = FloatVector.fromArray(SPECIES, sums, sum + 11 * SUMS);
        FloatVector s03 = FloatVector.fromArray(SPECIES, sums, sum + 12 * SUMS);
        FloatVector s13 = FloatVector.fromArray(SPECIES, sums, sum + 13 * SUMS);
        FloatVector s23 = FloatVector.fromArray(SPECIES, sums, sum + 14 * SUMS);
        FloatVector s33 = FloatVector.fromArray(SPECIES, sums, sum + 15 * SUMS);
        for (int n = from; n < to; n++) {
            int a = tap + inPosition[n];
            int p = d + dOutPosition[n];
            FloatVector x0 = FloatVector.fromArray(SPECIES, in, a);
            FloatVector x1 = FloatVector.fromArray(SPECIES, in, a + BLOCK);
            FloatVector x2 = FloatVector.fromArray(SPECIES, in, a + 2 * BLOCK);
            FloatVector x3 = FloatVector.fromArray(SPECIES, in, a + 3 * BLOCK);
            FloatVector g = FloatVector.fromArray(SPECIES, dOut, p);
            s00 = x0.fma(g, s00);
            s01 = x1.fma(g, s01);
            s02 = x2.fma(g, s02);
            s03 = x3.fma(g, s03);
            g = FloatVector.fromArray(SPECIES, dOut, p + BLOCK);
            s10 = x0.fma(g, s10);
            s11 = x1.fma(g, s11);
            s12 = x2.fma(g, s12);
            s13 = x3.fma(g, s13);
            g = FloatVector.fromArray(SPECIES, dOut, p + 2 * BLOCK);
            s20 = x0.fma(g, s20);
            s21 = x1.fma(g, s21);
            s22 = x2.fma(g, s22);
            s23 = x3.fma(g, s23);
            g = FloatVector.fromArray(SPECIES, dOut, p + 3 * BLOCK);
            s30 = x0.fma(g, s30);
            s31 = x1.fma(g, s31);
            s32 = x2.fma(g, s32);
            s33 = x3.fma(g, s33);
            x0 = FloatVector.fromArray(SPECIES, in, a + SUMS);
            x1 = FloatVector.fromArray(SPECIES, in, a + BLOCK + SUMS);
            x2 = FloatVector.fromArray(SPECIES, in, a + 2 * BLOCK + SUMS);
            x3 = FloatVector.fromArray(SPECIES, in, a + 3 * BLOCK + SUMS);
            g = FloatVector.fromArray(SPECIES, dOut, p + SUMS);
            s00 = x0.fma(g, s00);
            s01 = x1.fma(g, s01);
            s02 = x2.fma(g, s02);
            s03 = x3.fma(g, s03);
            g = FloatVector.fromArray(SPECIES, dOut, p + BLOCK + SUMS);
            s10 = x0.fma(g, s10);
            s11 = x1.fma(g, s11);
            s12 = x2.fma(g, s12);
            s13 = x3.fma(g, s13);
            g = FloatVector.fromArray(SPECIES, dOut, p + 2 * BLOCK + SUMS);
            s20 = x0.fma(g, s20);
            s21 = x1.fma(g, s21);
            s22 = x2.fma(g, s22);
            s23 = x3.fma(g, s23);
            g = FloatVector.fromArray(SPECIES, dOut, p + 3 * BLOCK + SUMS);
            s30 = x0.fma(g, s30);
            s31 = x1.fma(g, s31);
            s32 = x2.fma(g, s32);
            s33 = x3.fma(g, s33);
        }
        s00.intoArray(sums, sum);
        s10.intoArray(sums, sum + SUMS);
        s20.intoArray(sums, sum + 2 * SUMS);
        s30.intoArray(sums, sum + 3 * SUMS);
        s01.intoArray(sums, sum + 4 * SUMS);
        s11.intoArray(sums, sum + 5 * SUMS);
        s21.intoArray(sums, sum + 6 * SUMS);
        s31.intoArray(sums, sum + 7 * SUMS);
        s02.intoArray(sums, sum + 8 * SUMS);
        s12.intoArray(sums, sum + 9 * SUMS);
        s22.intoArray(sums, sum + 10 * SUMS);
        s32.intoArray(sums, sum + 11 * SUMS);
        s03.intoArray(sums, sum + 12 * SUMS);
        s13.intoArray(sums, sum + 13 * SUMS);
        s23.intoArray(sums, sum + 14 * SUMS);
        s33.intoArray(sums, sum + 15 * SUMS);
    }

    /** Four channels by three taps: 12 sums. */
    static void tile3(
            float[] in,
            int tap,
            int[] inPosition,
            float[] dOut,
            int d,
            int[] dOutPosition,
            int from,
            int to,
            float[] sums,
            int sum) {
        FloatVector s00 = FloatVector.fromArray(SPECIES, sums, sum);
        FloatVector s10 = FloatVector.fromArray(SPECIES, sums, sum + SUMS);
        FloatVector s20 = FloatVector.fromArray(SPECIES, sums, sum + 2 * SUMS);
        FloatVector s30 = FloatVector.fromArray(SPECIES, sums, sum + 3 * SUMS);
        FloatVector s01 = FloatVector.fromArray(SPECIES, sums, sum + 4 * SUMS);
        FloatVector s11 = FloatVector.fromArray(SPECIES, sums, sum + 5 * SUMS);
        FloatVector s21 = FloatVector.fromArray(SPECIES, sums, sum + 6 * SUMS);
        FloatVector s31 = FloatVector.fromArray(SPECIES, sums, sum + 7 * SUMS);
        FloatVector s02 = FloatVector.fromArray(SPECIES, sums, sum + 8 * SUMS);
        FloatVector s12 = FloatVector.fromArray(SPECIES, sums, sum + 9 * SUMS);
        FloatVector s22 = FloatVector.fromArray(SPECIES, sums, sum + 10 * SUMS);
        FloatVector s32 = FloatVector.fromArray(SPECIES, sums, sum + 11 * SUMS);
        for (int n = from; n < to; n++) {
            int a = tap + inPosition[n];
            int p = d + dOutPosition[n];
            FloatVector x0 = FloatVector.fromArray(SPECIES, in, a);
            FloatVector x1 = FloatVector.fromArray(SPECIES, in, a + BLOCK);
            FloatVector x2 = FloatVector.fromArray(SPECIES, in, a + 2 * BLOCK);
            FloatVector g = FloatVector.fromArray(SPECIES, dOut, p);
            s00 = x0.fma(g, s00);
            s01 = x1.fma(g, s01);
            s02 = x2.fma(g, s02);
            g = FloatVector.fromArray(SPECIES, dOut, p + BLOCK);
            s10 = x0.fma(g, s10);
            s11 = x1.fma(g, s11);
            s12 = x2.fma(g, s12);
            g = FloatVector.fromArray(SPECIES, dOut, p + 2 * BLOCK);
            s20 = x0.fma(g, s20);
            s21 = x1.fma(g, s21);
            s22 = x2.fma(g, s22);
            g = FloatVector.fromArray(SPECIES, dOut, p + 3 * BLOCK);
            s30 = x0.fma(g, s30);
            s31 = x1.fma(g, s31);
            s32 = x2.fma(g, s32);
            x0 = FloatVector.fromArray(SPECIES, in, a + SUMS);
            x1 = FloatVector.fromArray(SPECIES, in, a + BLOCK + SUMS);
            x2 = FloatVector.fromArray(SPECIES, in, a + 2 * BLOCK + SUMS);
            g = FloatVector.fromArray(SPECIES, dOut, p + SUMS);
            s00 = x0.fma(g, s00);
            s01 = x1.fma(g, s01);
            s02 = x2.fma(g, s02);
            g = FloatVector.fromArray(SPECIES, dOut, p + BLOCK + SUMS);
            s10 = x0.fma(g, s10);
            s11 = x1.fma(g, s11);
            s12 = x2.fma(g, s12);
            g = FloatVector.fromArray(SPECIES, dOut, p + 2 * BLOCK + SUMS);
            s20 = x0.fma(g, s20);
            s21 = x1.fma(g, s21);
            s22 = x2.fma(g, s22);
            g = FloatVector.fromArray(SPECIES, dOut, p + 3 * BLOCK + SUMS);
            s30 = x0.fma(g, s30);
            s31 = x1.fma(g, s31);
            s32 = x2.fma(g, s32);
        }
        s00.intoArray(sums, sum);
        s10.intoArray(sums, sum + SUMS);
        s20.intoArray(sums, sum + 2 * SUMS);
        s30.intoArray(sums, sum + 3 * SUMS);
        s01.intoArray(sums, sum + 4 * SUMS);
        s11.intoArray(sums, sum + 5 * SUMS);
        s21.intoArray(sums, sum + 6 * SUMS);
        s31.intoArray(sums, sum + 7 * SUMS);
        s02.intoArray(sums, sum + 8 * SUMS);
        s12.intoArray(sums, sum + 9 * SUMS);
        s22.intoArray(sums, sum + 10 * SUMS);
        s32.intoArray(sums, sum + 11 * SUMS);
    }

    /** Four channels by two taps: 8 sums. */
    static void tile2(
            float[] in,
            int tap,
            int[] inPosition,
            float[] dOut,
            int d,
            int[] dOutPosition,
            int from,
            int to,
            float[] sums,
            int sum) {
        FloatVector s00 = FloatVector.fromArray(SPECIES, sums, sum);
        FloatVector s10 = FloatVector.fromArray(SPECIES, sums, sum + SUMS);
        FloatVector s20 = FloatVector.fromArray(SPECIES, sums, sum + 2 * SUMS);
        FloatVector s30 = FloatVector.fromArray(SPECIES, sums, sum + 3 * SUMS);
        FloatVector s01 = FloatVector.fromArray(SPECIES, sums, sum + 4 * SUMS);
        FloatVector s11 = FloatVector.fromArray(SPECIES, sums, sum + 5 * SUMS);
        FloatVector s21 = FloatVector.fromArray(SPECIES, sums, sum + 6 * SUMS);
        FloatVector s31 = FloatVector.fromArray(SPECIES, sums, sum + 7 * SUMS);
        for (int n = from; n < to; n++) {
            int a = tap + inPosition[n];
            int p = d + dOutPosition[n];
            FloatVector x0 = FloatVector.fromArray(SPECIES, in, a);
            FloatVector x1 = FloatVector.fromArray(SPECIES, in, a + BLOCK);
            FloatVector g = FloatVector.fromArray(SPECIES, dOut, p);
            s00 = x0.fma(g, s00);
            s01 = x1.fma(g, s01);
            g = FloatVector.fromArray(SPECIES, dOut, p + BLOCK);
            s10 = x0.fma(g, s10);
            s11 = x1.fma(g, s11);
            g = FloatVector.fromArray(SPECIES, dOut, p + 2 * BLOCK);
            s20 = x0.fma(g, s20);
            s21 = x1.fma(g, s21);
            g = FloatVector.fromArray(SPECIES, dOut, p + 3 * BLOCK);
            s30 = x0.fma(g, s30);
            s31 = x1.fma(g, s31);
            x0 = FloatVector.fromArray(SPECIES, in, a + SUMS);
            x1 = FloatVector.fromArray(SPECIES, in, a + BLOCK + SUMS);
            g = FloatVector.fromArray(SPECIES, dOut, p + SUMS);
            s00 = x0.fma(g, s00);
            s01 = x1.fma(g, s01);
            g = FloatVector.fromArray(SPECIES, dOut, p + BLOCK + SUMS);
            s10 = x0.fma(g, s10);
            s11 = x1.fma(g, s11);
            g = FloatVector.fromArray(SPECIES, dOut, p + 2 * BLOCK + SUMS);
            s20 = x0.fma(g, s20);
            s21 = x1.fma(g, s21);
            g = FloatVector.fromArray(SPECIES, dOut, p + 3 * BLOCK + SUMS);
            s30 = x0.fma(g, s30);
            s31 = x1.fma(g, s31);
        }
        s00.intoArray(sums, sum);
        s10.intoArray(sums, sum + SUMS);
        s20.intoArray(sums, sum + 2 * SUMS);
        s30.intoArray(sums, sum + 3 * SUMS);
        s01.intoArray(sums, sum + 4 * SUMS);
        s11.intoArray(sums, sum + 5 * SUMS);
        s21.intoArray(sums, sum + 6 * SUMS);
        s31.intoArray(sums, sum + 7 * SUMS);
    }

    /** Four channels by two taps anywhere: 8 sums, for machines with 16 registers. */
    static void pair(
            float[] in,
            int tap0,
            int tap1,
            int[] inPosition,
            float[] dOut,
            int d,
            int[] dOutPosition,
            int from,
            int to,
            float[] sums,
            int sum) {
        FloatVector s00 = FloatVector.fromArray(SPECIES, sums, sum);
        FloatVector s10 = FloatVector.fromArray(SPECIES, sums, sum + SUMS);
        FloatVector s20 = FloatVector.fromArray(SPECIES, sums, sum + 2 * SUMS);
        FloatVector s30 = FloatVector.fromArray(SPECIES, sums, sum + 3 * SUMS);
        FloatVector s01 = FloatVector.fromArray(SPECIES, sums, sum + 4 * SUMS);
        FloatVector s11 = FloatVector.fromArray(SPECIES, sums, sum + 5 * SUMS);
        FloatVector s21 = FloatVector.fromArray(SPECIES, sums, sum + 6 * SUMS);
        FloatVector s31 = FloatVector.fromArray(SPECIES, sums, sum + 7 * SUMS);
        for (int n = from; n < to; n++) {
            int a = tap0 + inPosition[n];
            int b = tap1 + inPosition[n];
            int p = d + dOutPosition[n];
            FloatVector x0 = FloatVector.fromArray(SPECIES, in, a);
            FloatVector x1 = FloatVector.fromArray(SPECIES, in, b);
            FloatVector g = FloatVector.fromArray(SPECIES, dOut, p);
            s00 = x0.fma(g, s00);
            s01 = x1.fma(g, s01);
            g = FloatVector.fromArray(SPECIES, dOut, p + BLOCK);
            s10 = x0.fma(g, s10);
            s11 = x1.fma(g, s11);
            g = FloatVector.fromArray(SPECIES, dOut, p + 2 * BLOCK);
            s20 = x0.fma(g, s20);
            s21 = x1.fma(g, s21);
            g = FloatVector.fromArray(SPECIES, dOut, p + 3 * BLOCK);
            s30 = x0.fma(g, s30);
            s31 = x1.fma(g, s31);
            x0 = FloatVector.fromArray(SPECIES, in, a + SUMS);
            x1 = FloatVector.fromArray(SPECIES, in, b + SUMS);
            g = FloatVector.fromArray(SPECIES, dOut, p + SUMS);
            s00 = x0.fma(g, s00);
            s01 = x1.fma(g, s01);
            g = FloatVector.fromArray(SPECIES, dOut, p + BLOCK + SUMS);
            s10 = x0.fma(g, s10);
            s11 = x1.fma(g, s11);
            g = FloatVector.fromArray(SPECIES, dOut, p + 2 * BLOCK + SUMS);
            s20 = x0.fma(g, s20);
            s21 = x1.fma(g, s21);
            g = FloatVector.fromArray(SPECIES, dOut, p + 3 * BLOCK + SUMS);
            s30 = x0.fma(g, s30);
            s31 = x1.fma(g, s31);
        }
        s00.intoArray(sums, sum);
        s10.intoArray(sums, sum + SUMS);
        s20.intoArray(sums, sum + 2 * SUMS);
        s30.intoArray(sums, sum + 3 * SUMS);
        s01.intoArray(sums, sum + 4 * SUMS);
        s11.intoArray(sums, sum + 5 * SUMS);
        s21.intoArray(sums, sum + 6 * SUMS);
        s31.intoArray(sums, sum + 7 * SUMS);
    }

    /** Four channels by one tap. */
    static void tile1(
            float[] in,
            int tap,
            int[] inPosition,
            float[] dOut,
            int d,
            int[] dOutPosition,
            int from,
            int to,
            float[] sums,
            int sum) {
        FloatVector s00 = FloatVector.fromArray(SPECIES, sums, sum);
        FloatVector s10 = FloatVector.fromArray(SPECIES, sums, sum + SUMS);
        FloatVector s20 = FloatVector.fromArray(SPECIES, sums, sum + 2 * SUMS);
        FloatVector s30 = FloatVector.fromArray(SPECIES, sums, sum + 3 * SUMS);
        for (int n = from; n < to; n++) {
            int a = tap + inPosition[n];
            int p = d + dOutPosition[n];
            FloatVector x0 = FloatVector.fromArray(SPECIES, in, a);
            FloatVector g = FloatVector.fromArray(SPECIES, dOut, p);
            s00 = x0.fma(g, s00);
            g = FloatVector.fromArray(SPECIES, dOut, p + BLOCK);
            s10 = x0.fma(g, s10);
            g = FloatVector.fromArray(SPECIES, dOut, p + 2 * BLOCK);
            s20 = x0.fma(g, s20);
            g = FloatVector.fromArray(SPECIES, dOut, p + 3 * BLOCK);
            s30 = x0.fma(g, s30);
            x0 = FloatVector.fromArray(SPECIES, in, a + SUMS);
            g = FloatVector.fromArray(SPECIES, dOut, p + SUMS);
            s00 = x0.fma(g, s00);
            g = FloatVector.fromArray(SPECIES, dOut, p + BLOCK + SUMS);
            s10 = x0.fma(g, s10);
            g = FloatVector.fromArray(SPECIES, dOut, p + 2 * BLOCK + SUMS);
            s20 = x0.fma(g, s20);
            g = FloatVector.fromArray(SPECIES, dOut, p + 3 * BLOCK + SUMS);
            s30 = x0.fma(g, s30);
        }
        s00.intoArray(sums, sum);
        s10.intoArray(sums, sum + SUMS);
        s20.intoArray(sums, sum + 2 * SUMS);
        s30.intoArray(sums, sum + 3 * SUMS);
    }
}
