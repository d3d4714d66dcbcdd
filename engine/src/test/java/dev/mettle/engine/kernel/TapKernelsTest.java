package dev.mettle.engine.kernel;

import static dev.mettle.engine.kernel.Numbers.assertSameBits;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Arrays;
import java.util.Random;

/**
 * Vector forms against their scalar twins, with tile edges in channels, positions and taps, and
 * values of every kind.
 */
class TapKernelsTest {
    private static final int SIZE = 40_000;
    private static final int PLANE = 40 * Lanes.BLOCK;

    private static TapTable table(int positions, int taps, boolean pooled, int lanes) {
        Random random = new Random(positions * 131L + taps);
        int groups = (positions + 3) / 4;
        int[] out = new int[pooled ? groups : groups * 4];
        int[] from = new int[groups];
        int[] to = new int[groups];
        for (int n = 0; n < out.length; n++) {
            out[n] =
                    lanes == Lanes.BLOCK
                            ? Math.min(n, positions - 1) * Lanes.BLOCK
                            : Math.min(n / 2, positions - 1) * Lanes.BLOCK + n % 2 * Lanes.SUMS;
        }
        for (int g = 0; g < groups; g++) {
            from[g] = pooled ? 0 : random.nextInt(taps);
            to[g] = pooled ? taps : from[g] + random.nextInt(taps - from[g] + 1);
        }
        int[] tap = new int[2 * taps];
        for (int t = 0; t < taps; t++) {
            tap[2 * t] = random.nextInt(100) * Lanes.BLOCK;
            tap[2 * t + 1] = t * 4;
        }
        return new TapTable(
                blocks(random, groups * 2, 100),
                lanes == Lanes.BLOCK ? 3 * Lanes.SUMS : Lanes.SUMS,
                out,
                from,
                to,
                tap,
                lanes);
    }

    /** Returns offsets of random blocks. */
    private static int[] blocks(Random random, int count, int bound) {
        return random.ints(count, 0, bound).map(block -> block * Lanes.BLOCK).toArray();
    }

    @ParameterizedTest
    @CsvSource({"4,1,1,32", "4,3,2,16", "8,4,9,32", "12,5,25,32", "4,16,7,16", "8,33,36,32"})
    void sumsEqualTheirTwinBitForBit(int channels, int positions, int taps, int lanes) {
        TapTable table = table(positions, taps, false, lanes);
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
    @CsvSource({"1,1", "3,2", "4,9", "5,25", "33,36"})
    void sumsOfOneChannelEqualThoseOfFour(int positions, int taps) {
        TapTable table = table(positions, taps, false, Lanes.BLOCK);
        for (float[] in : new float[][] {Numbers.ordinary(SIZE, 1), Numbers.special(SIZE, 1)}) {
            float[] weights = Numbers.ordinary(taps * 8, 2);
            float[] four = new float[4 * PLANE];
            TapSum.scalar(table, 4, in, 32, weights, 4, taps, 1, weights, 0, four, 0, PLANE);
            for (int m = 0; m < 4; m++) {
                float[] expected = new float[PLANE];
                float[] actual = new float[PLANE];
                LoneTapSum.scalar(table, in, 32, weights, 4 + m, weights[m], expected, 0);
                LoneTapSum.vector(table, in, 32, weights, 4 + m, weights[m], actual, 0);
                assertSameBits(expected, Arrays.copyOfRange(four, m * PLANE, (m + 1) * PLANE));
                assertSameBits(actual, expected);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1,1", "9,5", "5,9", "4,10", "3,7", "33,3", "6,12"})
    void gradientsByOneChannelsWeightEqualThoseOfFour(int positions, int taps) {
        Random random = new Random(positions * 131L + taps);
        int[] tap = blocks(random, taps, 50);
        int[] in = blocks(random, positions, 50);
        int[] at = blocks(random, positions, 40);
        for (float[] gradient :
                new float[][] {Numbers.ordinary(SIZE, 5), Numbers.special(SIZE, 5)}) {
            float[] values = Numbers.ordinary(SIZE, 4);
            float[] four = new float[4 * taps * Lanes.SUMS];
            TapGradient.scalar(
                    tap, 1, 4, values, 32, in, gradient, 32, 0, at, 0, positions, four, 0);
            float[] expected = new float[(taps + 2) * Lanes.SUMS];
            float[] actual = new float[(taps + 2) * Lanes.SUMS];
            LoneTapGradient.scalar(
                    tap, values, 32, in, gradient, 32, at, 0, positions, expected, 16);
            LoneTapGradient.vector(tap, values, 32, in, gradient, 32, at, 0, positions, actual, 16);
            assertSameBits(actual, expected);
            for (int t = 0; t < taps; t++) {
                int first = t * 4 * Lanes.SUMS;
                int own = (t + 1) * Lanes.SUMS;
                assertSameBits(
                        Arrays.copyOfRange(actual, own, own + Lanes.SUMS),
                        Arrays.copyOfRange(four, first, first + Lanes.SUMS));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"4,4,1", "8,8,9", "12,16,25", "4,36,6"})
    void pooledSumsEqualTheirTwinBitForBit(int channels, int positions, int taps) {
        TapTable table = table(positions, taps, true, Lanes.BLOCK);
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
        "4,1,1,1",
        "8,9,1,5",
        "4,5,9,1",
        "4,3,2,1",
        "8,4,3,1",
        "4,5,4,2",
        "12,16,5,3",
        "4,7,6,1",
        "4,9,7,2",
        "8,33,3,12",
        "4,3,25,1",
        "4,2,10,1"
    })
    void gradientsByWeightEqualTheirTwinBitForBit(
            int channels, int positions, int length, int runs) {
        Random random = new Random(positions * 131L + length);
        int[] run = blocks(random, runs, 50);
        int[] in = blocks(random, positions, 50);
        int[] at = blocks(random, positions, 40);
        for (float[] gradient :
                new float[][] {Numbers.ordinary(SIZE, 5), Numbers.special(SIZE, 5)}) {
            float[] values = Numbers.ordinary(SIZE, 4);
            float[] expected = Numbers.ordinary((channels * length * runs + 1) * Lanes.SUMS, 6);
            float[] actual = expected.clone();
            TapGradient.scalar(
                    run, length, channels, values, 32, in, gradient, 32, 1280, at, 0, positions,
                    expected, 16);
            TapGradient.vector(
                    run, length, channels, values, 32, in, gradient, 32, 1280, at, 0, positions,
                    actual, 16);
            assertSameBits(actual, expected);
            float[] expectedBias = Numbers.ordinary((channels + 1) * Lanes.SUMS, 7);
            float[] actualBias = expectedBias.clone();
            BiasGradient.scalar(channels, gradient, 32, 1280, at, 0, positions, expectedBias, 16);
            BiasGradient.vector(channels, gradient, 32, 1280, at, 0, positions, actualBias, 16);
            assertSameBits(actualBias, expectedBias);
        }
    }

    @ParameterizedTest
    @CsvSource({"1,1", "4,15", "5,16", "8,17", "3,31", "13,32", "16,33", "4,64", "7,80", "2,130"})
    void denseGradientsEqualTheirTwinBitForBit(int inputs, int outputs) {
        int pitch = DenseGradient.pitch(outputs);
        int rows = Lanes.roundChannels(inputs);
        assertThat(pitch).isBetween(outputs, outputs + Lanes.SUMS - 1);
        for (int kind = 0; kind < 3; kind++) {
            int room = Lanes.BLOCK * pitch + 16;
            float[] in =
                    kind == 1
                            ? Numbers.special((rows + 1) * Lanes.BLOCK, 1)
                            : Numbers.ordinary((rows + 1) * Lanes.BLOCK, 1);
            float[] gradient = kind == 2 ? Numbers.special(room, 2) : Numbers.ordinary(room, 2);
            float[] expected = Numbers.ordinary(rows * pitch + 32, 3);
            float[] actual = expected.clone();
            DenseGradient.scalar(in, 32, inputs, gradient, 16, pitch, expected, 16);
            DenseGradient.vector(in, 32, inputs, gradient, 16, pitch, actual, 16);
            int known = 16 + inputs * pitch;
            assertSameBits(Arrays.copyOf(actual, known), Arrays.copyOf(expected, known));
            assertThat(actual[actual.length - 1]).isEqualTo(expected[expected.length - 1]);
        }
    }

    @ParameterizedTest
    @CsvSource({"1", "4", "5", "16", "33"})
    void aTurnedBlockHasOneRowPerExample(int values) {
        int pitch = DenseGradient.pitch(values);
        float[] block = Numbers.ordinary(40 * Lanes.BLOCK, 1);
        float[] rows = new float[(Lanes.BLOCK + 1) * pitch];
        BlockTurn.rows(block, 32, values, rows, pitch, pitch);
        for (int e = 0; e < Lanes.BLOCK; e++) {
            for (int v = 0; v < values; v++) {
                assertThat(rows[(e + 1) * pitch + v]).isEqualTo(block[32 + v * Lanes.BLOCK + e]);
            }
        }
        assertThat(Arrays.copyOf(rows, pitch)).containsOnly(0);
    }

    @ParameterizedTest
    @CsvSource({"1", "4", "15", "16", "17", "36"})
    void lanesAreAddedByTheFixedTree(int count) {
        float[] sums = Numbers.ordinary((count + 1) * Lanes.SUMS, 8);
        float[] actual = new float[count + 2];
        LaneTree.vector(sums, Lanes.SUMS, count, actual, 1);
        float[] expected = new float[count + 2];
        for (int i = 0; i < count; i++) {
            float[] s = Arrays.copyOfRange(sums, (i + 1) * Lanes.SUMS, (i + 2) * Lanes.SUMS);
            for (int width = Lanes.SUMS / 2; width > 0; width /= 2) {
                for (int lane = 0; lane < width; lane++) {
                    s[lane] += s[lane + width];
                }
            }
            expected[i + 1] = s[0];
        }
        assertSameBits(actual, expected);
        float[] plain = new float[count + 2];
        LaneTree.scalar(sums, Lanes.SUMS, count, plain, 1);
        assertSameBits(plain, expected);
    }
}
