package dev.mettle.engine.kernel;

import static dev.mettle.engine.kernel.Numbers.assertSameBits;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;

/** Vector forms of normalisations, sums and products against their scalar twins. */
class NormKernelsTest {
    private static final int BLOCK = Lanes.BLOCK;

    private static float[] lives(int live) {
        float[] lives = new float[BLOCK];
        Arrays.fill(lives, 0, live, 1f);
        return lives;
    }

    private static float[][] inputs(int count) {
        return new float[][] {Numbers.ordinary(count, 1), Numbers.special(count, 1)};
    }

    @ParameterizedTest
    @CsvSource({"4,1,32", "8,3,7", "12,20,1", "4,64,31"})
    void momentsOfChannelsEqualTheirTwin(int channels, int positions, int live) {
        for (float[] in : inputs(channels * positions * BLOCK + 16)) {
            float[] means = Numbers.ordinary(channels + 3, 2);
            float[] expected = Numbers.ordinary(channels * 16 + 8, 3);
            float[] actual = expected.clone();
            ChannelMoments.sumsScalar(channels, positions, in, 16, lives(live), expected, 4);
            ChannelMoments.sums(channels, positions, in, 16, lives(live), actual, 4);
            assertSameBits(actual, expected);
            ChannelMoments.squaresScalar(
                    channels, positions, in, 16, lives(live), means, 3, expected, 4);
            ChannelMoments.squares(channels, positions, in, 16, lives(live), means, 3, actual, 4);
            assertSameBits(actual, expected);
        }
    }

    @ParameterizedTest
    @CsvSource({"4,1", "8,3", "12,20", "4,64"})
    void slopesOfChannelsEqualTheirTwin(int channels, int positions) {
        for (float[] in : inputs(channels * positions * BLOCK + 16)) {
            float[] gradient = Numbers.special(in.length, 5);
            float[] means = Numbers.ordinary(channels + 3, 2);
            float[] expected = Numbers.ordinary(channels * 16 + 8, 3);
            float[] actual = expected.clone();
            ChannelNorm.slopesScalar(
                    channels, positions, in, 16, gradient, 0, means, 3, expected, 4);
            ChannelNorm.slopes(channels, positions, in, 16, gradient, 0, means, 3, actual, 4);
            assertSameBits(actual, expected);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {32, 96, 640})
    void normalisedChannelsEqualTheirTwin(int length) {
        for (float[] in : inputs(700)) {
            float[] expected = Numbers.special(700, 7);
            float[] actual = expected.clone();
            ChannelNorm.forwardScalar(in, 5, expected, 3, length, 0.3f, 1.7f, -0.2f);
            ChannelNorm.forward(in, 5, actual, 3, length, 0.3f, 1.7f, -0.2f);
            assertSameBits(actual, expected);
            float[] gradient = Numbers.special(700, 8);
            ChannelNorm.backwardScalar(
                    in, 5, gradient, 1, expected, 3, length, lives(9), 0.3f, 1.7f, 0.1f, 2f);
            ChannelNorm.backward(
                    in, 5, gradient, 1, actual, 3, length, lives(9), 0.3f, 1.7f, 0.1f, 2f);
            assertSameBits(actual, expected);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 60})
    void normalisedRowsEqualTheirTwin(int count) {
        for (float[] in : inputs(count * BLOCK + 8)) {
            float[] moments = new float[2 * BLOCK + 4];
            float[] sameMoments = new float[2 * BLOCK + 4];
            RowNorm.momentsScalar(in, 8, count, 1e-5f, moments, 4);
            RowNorm.moments(in, 8, count, 1e-5f, sameMoments, 4);
            assertSameBits(sameMoments, moments);
            float[] weights = Numbers.ordinary(2 * count + 3, 4);
            float[] expected = Numbers.ordinary(in.length, 5);
            float[] actual = expected.clone();
            RowNorm.forwardScalar(in, 8, moments, 4, weights, 3, 3 + count, expected, 2, count);
            RowNorm.forward(in, 8, moments, 4, weights, 3, 3 + count, actual, 2, count);
            assertSameBits(actual, expected);
            rowGradients(in, count, moments, weights);
        }
    }

    private static void rowGradients(float[] in, int count, float[] moments, float[] weights) {
        float[] gradient = Numbers.special(in.length, 6);
        float[] expected = Numbers.ordinary(in.length, 7);
        float[] actual = expected.clone();
        float[] expectedSums = Numbers.ordinary(2 * count * 16 + 5, 8);
        float[] actualSums = expectedSums.clone();
        int shifts = 5 + count * 16;
        RowNorm.backwardScalar(
                in,
                8,
                moments,
                4,
                weights,
                3,
                gradient,
                1,
                expected,
                2,
                count,
                expectedSums,
                5,
                shifts);
        RowNorm.backward(
                in,
                8,
                moments,
                4,
                weights,
                3,
                gradient,
                1,
                actual,
                2,
                count,
                actualSums,
                5,
                shifts);
        assertSameBits(actual, expected);
        assertSameBits(actualSums, expectedSums);
    }

    @Test
    void sumsAndProductsEqualTheirTwins() {
        float[] a = Numbers.special(700, 1);
        float[] b = Numbers.special(700, 2);
        for (int length : new int[] {32, 64, 640}) {
            float[] expected = Numbers.special(700, 3);
            float[] actual = expected.clone();
            Sum.scalar(a, 5, b, 7, expected, 3, length);
            Sum.vector(a, 5, b, 7, actual, 3, length);
            assertSameBits(actual, expected);
            Product.scalar(a, 5, b, 7, expected, 3, length);
            Product.vector(a, 5, b, 7, actual, 3, length);
            assertSameBits(actual, expected);
        }
    }
}
