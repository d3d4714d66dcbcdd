package dev.mettle.engine.kernel;

import static dev.mettle.engine.kernel.Numbers.assertSameBits;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;

class PoolKernelsTest {
    private static final int WIDTH = 7;
    private static final int HEIGHT = 9;

    /** Windows of a 9 x 7 image, clipped where they reach over an edge. */
    private static PoolTable windows(int size, int stride, int padding) {
        int across = (WIDTH + 2 * padding - size) / stride + 1;
        int down = (HEIGHT + 2 * padding - size) / stride + 1;
        int[] window = new int[across * down];
        int[] out = new int[window.length];
        int[] from = new int[window.length];
        int[] to = new int[window.length];
        List<Integer> taps = new ArrayList<>();
        for (int n = 0; n < window.length; n++) {
            int y = n / across * stride - padding;
            int x = n % across * stride - padding;
            window[n] = (y * WIDTH + x) * Lanes.BLOCK;
            out[n] = n * Lanes.BLOCK;
            from[n] = taps.size();
            for (int t = 0; t < size * size; t++) {
                int row = y + t / size;
                int column = x + t % size;
                if (row >= 0 && row < HEIGHT && column >= 0 && column < WIDTH) {
                    taps.add((t / size * WIDTH + t % size) * Lanes.BLOCK);
                }
            }
            to[n] = taps.size();
        }
        int[] tap = taps.stream().mapToInt(offset -> offset).toArray();
        return new PoolTable(window, out, from, to, tap);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 100})
    void sumsOverPixelsEqualTheirTwinBitForBit(int pixels) {
        float[] in = Numbers.special((pixels + 2) * Lanes.BLOCK, pixels);
        float[] expected = new float[2 * Lanes.BLOCK];
        float[] actual = new float[2 * Lanes.BLOCK];
        PixelSum.scalar(in, Lanes.BLOCK, pixels, expected, 5);
        PixelSum.vector(in, Lanes.BLOCK, pixels, actual, 5);
        assertSameBits(actual, expected);
        PixelSum.vector(in, Lanes.BLOCK, pixels, in, 0); // into the block before
        for (int e = 0; e < Lanes.BLOCK; e++) {
            actual[5 + e] = in[e];
        }
        assertSameBits(actual, expected);
    }

    @ParameterizedTest
    @CsvSource({"1,1,0", "2,2,0", "3,1,0", "2,3,0", "3,2,0", "7,1,0", "3,2,1", "2,1,1", "4,3,2"})
    void anyPoolingEqualsItsTwinBitForBit(int size, int stride, int padding) {
        PoolTable table = windows(size, stride, padding);
        int channels = 3;
        int plane = WIDTH * HEIGHT * Lanes.BLOCK;
        int outPlane = table.window.length * Lanes.BLOCK;
        float[] in = Numbers.special(channels * plane, 1);
        float[][] expected = {
            new float[channels * outPlane],
            new float[channels * outPlane],
            new float[channels * plane]
        };
        float[][] actual = {
            new float[channels * outPlane],
            new float[channels * outPlane],
            new float[channels * plane]
        };
        float[] gradient = Numbers.special(channels * outPlane, 2);
        MaxPool.forwardScalar(
                table, channels, in, 0, plane, expected[0], 0, outPlane, expected[1], 0);
        MaxPool.forward(table, channels, in, 0, plane, actual[0], 0, outPlane, actual[1], 0);
        MaxPool.backwardScalar(table, channels, gradient, 0, expected[1], 0, expected[2], 0, plane);
        MaxPool.backward(table, channels, gradient, 0, actual[1], 0, actual[2], 0, plane);
        for (int i = 0; i < expected.length; i++) {
            assertSameBits(actual[i], expected[i]);
        }
        AveragePool.forwardScalar(
                table, size * size, channels, in, 0, plane, expected[0], 0, outPlane);
        AveragePool.forward(table, size * size, channels, in, 0, plane, actual[0], 0, outPlane);
        AveragePool.backwardScalar(
                table, size * size, channels, gradient, 0, expected[2], 0, plane);
        AveragePool.backward(table, size * size, channels, gradient, 0, actual[2], 0, plane);
        for (int i = 0; i < expected.length; i++) {
            assertSameBits(actual[i], expected[i]);
        }
    }

    @Test
    void paddingIsNoElementOfAMaximumAndAZeroOfAMean() {
        PoolTable corner =
                new PoolTable(
                        new int[] {-2 * Lanes.BLOCK},
                        new int[] {0},
                        new int[] {0},
                        new int[] {2},
                        new int[] {2 * Lanes.BLOCK, 3 * Lanes.BLOCK});
        float[] in = new float[2 * Lanes.BLOCK];
        java.util.Arrays.fill(in, 0, Lanes.BLOCK, -3);
        java.util.Arrays.fill(in, Lanes.BLOCK, 2 * Lanes.BLOCK, -1);
        float[] out = new float[Lanes.BLOCK];
        float[] arg = new float[Lanes.BLOCK];
        MaxPool.forward(corner, 1, in, 0, 0, out, 0, 0, arg, 0);
        assertThat(out).containsOnly(-1);
        assertThat(arg).containsOnly(1);
        AveragePool.forward(corner, 4, 1, in, 0, 0, out, 0, 0);
        assertThat(out).containsOnly(-1);
    }

    @ParameterizedTest
    @CsvSource({"0,1", "0,7", "2,5"})
    void spreadingEqualsItsTwinBitForBit(int from, int to) {
        int channels = 3;
        int plane = 8 * Lanes.BLOCK;
        float[] gradient = Numbers.special(channels * plane, 1);
        float[] arg = new float[channels * plane];
        for (int i = 0; i < arg.length; i++) {
            arg[i] = i * 7 % 5 % 4;
        }
        int[] positions = new int[32];
        for (int n = 0; n < positions.length; n++) {
            positions[n] = (31 - n) * Lanes.BLOCK;
        }
        float[] expected = Numbers.ordinary(channels * 32 * Lanes.BLOCK, 3);
        float[] actual = expected.clone();
        PoolSpread.scalar(
                channels,
                gradient,
                0,
                plane,
                arg,
                0,
                plane,
                from,
                to,
                expected,
                0,
                32 * Lanes.BLOCK,
                positions);
        PoolSpread.vector(
                channels,
                gradient,
                0,
                plane,
                arg,
                0,
                plane,
                from,
                to,
                actual,
                0,
                32 * Lanes.BLOCK,
                positions);
        assertSameBits(actual, expected);
    }

    /**
     * Pools the four values of one window in every lane, through the convolution with a weight of
     * 1.
     */
    private static float[] poolFour(float a, float b, float c, float d) {
        float[] in = new float[4 * Lanes.BLOCK];
        float[] values = {a, b, c, d};
        for (int i = 0; i < in.length; i++) {
            in[i] = values[i / Lanes.BLOCK];
        }
        TapTable table =
                new TapTable(
                        new int[] {0, 64},
                        32,
                        new int[] {0},
                        new int[] {0},
                        new int[] {1},
                        new int[] {0, 0},
                        32);
        float[] out = new float[4 * Lanes.BLOCK];
        float[] arg = new float[4 * Lanes.BLOCK];
        TapSumPool.vector(
                table,
                4,
                in,
                0,
                new float[] {1, 1, 1, 1},
                0,
                new float[] {-0f, -0f, -0f, -0f}, // leaves every number as it is, -0 too
                0,
                out,
                0,
                32,
                arg,
                0,
                32);
        float[] general = new float[Lanes.BLOCK];
        float[] generalArg = new float[Lanes.BLOCK];
        int[] none = {0};
        PoolTable window =
                new PoolTable(none, none, none, new int[] {4}, new int[] {0, 32, 64, 96});
        MaxPool.forward(window, 1, in, 0, 128, general, 0, 32, generalArg, 0);
        assertThat(new float[] {general[31], generalArg[31]}).containsExactly(out[31], arg[31]);
        return new float[] {out[31], arg[31]};
    }

    @Test
    void theFirstOfEqualValuesWins() {
        assertThat(poolFour(1, 3, 3, 2)).containsExactly(3, 1);
        assertThat(poolFour(2, 2, 2, 2)).containsExactly(2, 0);
        assertThat(poolFour(-1, -1, 0f, -0f)[1]).isEqualTo(2);
        assertThat(poolFour(-5, -4, -3, -2)).containsExactly(-2, 3);
    }

    @Test
    void aNotANumberStaysWhenItIsFirstAndIsPassedOverElsewhere() {
        assertThat(poolFour(Float.NaN, 1, 2, 3)).containsExactly(Float.NaN, 0);
        assertThat(poolFour(1, Float.NaN, 0, Float.NaN)).containsExactly(1, 0);
        assertThat(poolFour(1, Float.NaN, Float.POSITIVE_INFINITY, 2))
                .containsExactly(Float.POSITIVE_INFINITY, 2);
    }

    @Test
    void infinitiesDenormalsAndMinusZeroAreComparedLikeOtherNumbers() {
        float low = Float.NEGATIVE_INFINITY;
        assertThat(poolFour(low, low, low, low)).containsExactly(low, 0);
        assertThat(poolFour(low, -Float.MAX_VALUE, low, low)).containsExactly(-Float.MAX_VALUE, 1);
        assertThat(poolFour(0, -1, Float.MIN_VALUE, 0)).containsExactly(Float.MIN_VALUE, 2);
        assertThat(poolFour(-1, -1, -1, -Float.MIN_VALUE)).containsExactly(-Float.MIN_VALUE, 3);
        assertThat(poolFour(-0f, 0, 0, 0)).containsExactly(-0f, 0);
    }
}
