package dev.mettle.engine.kernel;

import static dev.mettle.engine.kernel.Numbers.assertSameBits;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PoolKernelsTest {
    /** Windows of a 9 x 7 image. */
    private record Windows(int[] window, int[] tap, int[] out) {
        static final int WIDTH = 7;
        static final int HEIGHT = 9;

        static Windows of(int size, int stride) {
            int across = (WIDTH - size) / stride + 1;
            int down = (HEIGHT - size) / stride + 1;
            int[] window = new int[across * down];
            int[] out = new int[across * down];
            for (int n = 0; n < window.length; n++) {
                window[n] = (n / across * stride * WIDTH + n % across * stride) * Lanes.BLOCK;
                out[n] = n * Lanes.BLOCK;
            }
            int[] tap = new int[size * size];
            for (int t = 0; t < tap.length; t++) {
                tap[t] = (t / size * WIDTH + t % size) * Lanes.BLOCK;
            }
            return new Windows(window, tap, out);
        }
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
    @CsvSource({"1,1", "2,2", "3,1", "2,3", "3,2", "7,1"})
    void anyPoolingEqualsItsTwinBitForBit(int size, int stride) {
        Windows w = Windows.of(size, stride);
        int channels = 3;
        int plane = Windows.WIDTH * Windows.HEIGHT * Lanes.BLOCK;
        int outPlane = w.window().length * Lanes.BLOCK;
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
                channels,
                in,
                0,
                plane,
                w.window(),
                w.tap(),
                expected[0],
                0,
                outPlane,
                w.out(),
                expected[1],
                0);
        MaxPool.forward(
                channels,
                in,
                0,
                plane,
                w.window(),
                w.tap(),
                actual[0],
                0,
                outPlane,
                w.out(),
                actual[1],
                0);
        MaxPool.backwardScalar(
                channels, gradient, 0, expected[1], 0, expected[2], 0, plane, w.window(), w.tap());
        MaxPool.backward(
                channels, gradient, 0, actual[1], 0, actual[2], 0, plane, w.window(), w.tap());
        for (int i = 0; i < expected.length; i++) {
            assertSameBits(actual[i], expected[i]);
        }
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
        MaxPool.forward(
                1,
                in,
                0,
                128,
                new int[] {0},
                new int[] {0, 32, 64, 96},
                general,
                0,
                32,
                new int[] {0},
                generalArg,
                0);
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
