package dev.mettle.engine.kernel;

import static dev.mettle.engine.kernel.Numbers.assertSameBits;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Random;

/**
 * Vector forms against their scalar twins, with tile edges in channels, positions and taps, and
 * values of every kind.
 */
class TapKernelsTest {
    private static final int SIZE = 40_000;
    private static final int PLANE = 40 * Lanes.BLOCK;

    private record Case(TapTable table, int[] gradientPositions, int positions) {}

    private static Case random(int positions, int taps, boolean pooled, int lanes) {
        Random random = new Random(positions * 131L + taps);
        int groups = (positions + 3) / 4;
        int[] in = new int[groups * 4];
        int[] out = new int[pooled ? groups : groups * 4];
        int[] from = new int[groups];
        int[] to = new int[groups];
        for (int n = 0; n < in.length; n++) {
            in[n] = n < positions ? random.nextInt(100) * Lanes.BLOCK : in[n - 1];
            if (!pooled) {
                out[n] = Math.min(n, positions - 1) * Lanes.BLOCK;
            }
        }
        for (int g = 0; g < groups; g++) {
            from[g] = pooled ? 0 : random.nextInt(taps);
            to[g] = pooled ? taps : from[g] + random.nextInt(taps - from[g] + 1);
            if (pooled) {
                out[g] = g * Lanes.BLOCK;
            }
        }
        int[] tap = new int[taps];
        int[] weight = new int[taps];
        for (int t = 0; t < taps; t++) {
            tap[t] = random.nextInt(100) * Lanes.BLOCK;
            weight[t] = t * 4;
        }
        int[] gradient = new int[in.length];
        for (int n = 0; n < gradient.length; n++) {
            gradient[n] = random.nextInt(40) * Lanes.BLOCK;
        }
        return new Case(new TapTable(in, out, from, to, tap, weight, lanes), gradient, positions);
    }

    @ParameterizedTest
    @CsvSource({"4,1,1,32", "4,3,2,16", "8,4,9,32", "12,5,25,32", "4,16,7,16", "8,33,36,32"})
    void sumsEqualTheirTwinBitForBit(int channels, int positions, int taps, int lanes) {
        TapTable table = random(positions, taps, false, lanes).table();
        for (float[] in : new float[][] {Numbers.ordinary(SIZE, 1), Numbers.special(SIZE, 1)}) {
            float[] weights = Numbers.ordinary(channels * taps * 8, 2);
            float[] bias = Numbers.ordinary(channels, 3);
            float[] expected = new float[channels * PLANE];
            float[] actual = new float[channels * PLANE];
            TapSum.scalar(
                    table, channels, in, 32, weights, 4, taps, 1, bias, 0, expected, 0, PLANE);
            TapSum.vector(table, channels, in, 32, weights, 4, taps, 1, bias, 0, actual, 0, PLANE);
            assertSameBits(actual, expected);
            TapSum.scalar(table, channels, in, 0, weights, 0, 4, 4, bias, 0, expected, 0, PLANE);
            TapSum.vector(table, channels, in, 0, weights, 0, 4, 4, bias, 0, actual, 0, PLANE);
            assertSameBits(actual, expected);
        }
    }

    @ParameterizedTest
    @CsvSource({"4,4,1", "8,8,9", "12,16,25", "4,36,6"})
    void pooledSumsEqualTheirTwinBitForBit(int channels, int positions, int taps) {
        TapTable table = random(positions, taps, true, Lanes.BLOCK).table();
        for (float[] in : new float[][] {Numbers.ordinary(SIZE, 1), Numbers.special(SIZE, 1)}) {
            float[] weights = Numbers.ordinary(channels * taps, 2);
            float[] bias = Numbers.ordinary(channels, 3);
            int argPlane = positions / 4 * Lanes.BLOCK;
            float[] expected = new float[channels * PLANE];
            float[] actual = new float[channels * PLANE];
            float[] expectedArg = new float[channels * argPlane];
            float[] actualArg = new float[channels * argPlane];
            TapSumPool.scalar(
                    table,
                    channels,
                    in,
                    32,
                    weights,
                    0,
                    bias,
                    0,
                    expected,
                    0,
                    PLANE,
                    expectedArg,
                    0,
                    argPlane);
            TapSumPool.vector(
                    table, channels, in, 32, weights, 0, bias, 0, actual, 0, PLANE, actualArg, 0,
                    argPlane);
            assertSameBits(actual, expected);
            assertSameBits(actualArg, expectedArg);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "4,1,1", "4,3,2", "8,4,3", "4,5,4", "12,16,5", "4,7,6", "4,9,7", "8,33,9", "4,3,25",
        "4,2,10"
    })
    void gradientsByWeightEqualTheirTwinBitForBit(int channels, int positions, int taps) {
        Case c = random(positions, taps, false, Lanes.BLOCK);
        int[] tap = c.table().taps();
        int[] in = c.table().inPositions();
        for (float[] gradient :
                new float[][] {Numbers.ordinary(SIZE, 5), Numbers.special(SIZE, 5)}) {
            float[] values = Numbers.ordinary(SIZE, 4);
            float[] expected = Numbers.ordinary((channels * taps + 1) * Lanes.SUMS, 6);
            float[] actual = expected.clone();
            TapGradient.scalar(
                    tap,
                    channels,
                    values,
                    32,
                    in,
                    gradient,
                    32,
                    1280,
                    c.gradientPositions(),
                    0,
                    positions,
                    expected,
                    16);
            TapGradient.vector(
                    tap,
                    channels,
                    values,
                    32,
                    in,
                    gradient,
                    32,
                    1280,
                    c.gradientPositions(),
                    0,
                    positions,
                    actual,
                    16);
            assertSameBits(actual, expected);
            float[] expectedBias = Numbers.ordinary((channels + 1) * Lanes.SUMS, 7);
            float[] actualBias = expectedBias.clone();
            BiasGradient.scalar(
                    channels,
                    gradient,
                    32,
                    1280,
                    c.gradientPositions(),
                    0,
                    positions,
                    expectedBias,
                    16);
            BiasGradient.vector(
                    channels,
                    gradient,
                    32,
                    1280,
                    c.gradientPositions(),
                    0,
                    positions,
                    actualBias,
                    16);
            assertSameBits(actualBias, expectedBias);
        }
    }

    @ParameterizedTest
    @CsvSource({"1", "4", "15", "16", "17", "36"})
    void lanesAreAddedByTheFixedTree(int count) {
        float[] sums = Numbers.ordinary((count + 1) * Lanes.SUMS, 8);
        float[] actual = new float[count + 2];
        LaneTree.add(sums, Lanes.SUMS, count, actual, 1);
        float[] expected = new float[count + 2];
        for (int i = 0; i < count; i++) {
            float[] s =
                    java.util.Arrays.copyOfRange(sums, (i + 1) * Lanes.SUMS, (i + 2) * Lanes.SUMS);
            for (int width = Lanes.SUMS / 2; width > 0; width /= 2) {
                for (int lane = 0; lane < width; lane++) {
                    s[lane] += s[lane + width];
                }
            }
            expected[i + 1] = s[0];
        }
        assertSameBits(actual, expected);
        assertThat(actual[count + 1]).isZero();
    }
}
