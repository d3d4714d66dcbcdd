package dev.mettle.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Arrays;

/**
 * What activations, pooling's gradients and sums make of NaN, infinities, denormals and -0, as
 * docs/math/activations.md, docs/math/maxpool.md and docs/math/conv2d.md say; to the bit.
 */
class SpecialValuesTest {
    private static final int BLOCK = Lanes.BLOCK;

    private static float forward(String name, float x) {
        float[] values = new float[BLOCK];
        Arrays.fill(values, x);
        switch (name) {
            case "relu" -> Relu.forward(values, 0, values, 0, BLOCK);
            case "leaky_relu" -> LeakyRelu.forward(values, 0, values, 0, BLOCK);
            case "elu" -> Elu.forward(values, 0, values, 0, BLOCK);
            case "silu" -> Silu.forward(values, 0, values, 0, BLOCK);
            case "tanh" -> Tanh.forward(values, 0, values, 0, BLOCK);
            case "sigmoid" -> Sigmoid.forward(values, 0, values, 0, BLOCK);
            case "selu" -> Selu.forward(values, 0, values, 0, BLOCK);
            case "gelu" -> Gelu.forward(values, 0, values, 0, BLOCK);
            case "softplus" -> Softplus.forward(values, 0, values, 0, BLOCK);
            default -> throw new IllegalArgumentException(name);
        }
        return values[BLOCK - 1];
    }

    /** The gradient by input when the one by output is 1 and the stored number is {@code y}. */
    private static float backward(String name, float y) {
        float[] stored = new float[BLOCK];
        Arrays.fill(stored, y);
        float[] values = new float[BLOCK];
        Arrays.fill(values, 1);
        switch (name) {
            case "relu" -> Relu.backward(stored, 0, values, 0, BLOCK);
            case "leaky_relu" -> LeakyRelu.backward(stored, 0, values, 0, BLOCK);
            case "elu" -> Elu.backward(stored, 0, values, 0, BLOCK);
            case "silu" -> Silu.backward(stored, 0, values, 0, BLOCK);
            case "tanh" -> Tanh.backward(stored, 0, values, 0, BLOCK);
            case "sigmoid" -> Sigmoid.backward(stored, 0, values, 0, BLOCK);
            case "selu" -> Selu.backward(stored, 0, values, 0, BLOCK);
            case "gelu" -> Gelu.backward(stored, 0, values, 0, BLOCK, new float[BLOCK], 0);
            case "softplus" -> Softplus.backward(stored, 0, values, 0, BLOCK);
            default -> throw new IllegalArgumentException(name);
        }
        return values[0];
    }

    private static void assertBits(float actual, float expected) {
        assertThat(Float.toString(actual)).isEqualTo(Float.toString(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "relu, -0.0, 0.0",
        "relu, 1.4E-45, 1.4E-45",
        "relu, -1.4E-45, 0.0",
        "relu, Infinity, Infinity",
        "relu, -Infinity, 0.0",
        "relu, NaN, NaN",
        "leaky_relu, -0.0, -0.0",
        "leaky_relu, 1.4E-45, 1.4E-45",
        "leaky_relu, -1.4E-45, -0.0",
        "leaky_relu, Infinity, Infinity",
        "leaky_relu, -Infinity, -Infinity",
        "leaky_relu, NaN, NaN",
        "elu, -0.0, 0.0",
        "elu, 1.4E-45, 1.4E-45",
        "elu, -1.4E-45, -1.4E-45",
        "elu, Infinity, Infinity",
        "elu, -Infinity, -1.0",
        "elu, NaN, NaN",
        "silu, -0.0, -0.0",
        "silu, 2.8E-45, 1.4E-45",
        "silu, Infinity, Infinity",
        "silu, NaN, NaN",
        "tanh, -0.0, 0.0",
        "tanh, 1.4E-45, 1.4E-45",
        "tanh, -1.4E-45, -1.4E-45",
        "tanh, Infinity, 1.0",
        "tanh, -Infinity, -1.0",
        "tanh, NaN, NaN",
        "sigmoid, -0.0, 0.5",
        "sigmoid, 1.4E-45, 0.5",
        "sigmoid, Infinity, 1.0",
        "sigmoid, -Infinity, 6.054601E-39",
        "sigmoid, NaN, NaN",
        "selu, -0.0, 0.0",
        "selu, 1.4E-45, 1.4E-45",
        "selu, -1.4E-45, -2.8E-45",
        "selu, Infinity, Infinity",
        "selu, -Infinity, -1.7580993",
        "selu, NaN, NaN",
        "gelu, -0.0, -0.0",
        "gelu, 2.8E-45, 1.4E-45",
        "gelu, -1.4E-45, -0.0",
        "gelu, Infinity, Infinity",
        "gelu, -Infinity, -0.0",
        "gelu, NaN, NaN",
        "softplus, -0.0, 0.6931472",
        "softplus, 1.4E-45, 0.6931472",
        "softplus, Infinity, Infinity",
        "softplus, -Infinity, 0.0",
        "softplus, NaN, NaN"
    })
    void activationsOfSpecialValues(String name, float x, float expected) {
        assertBits(forward(name, x), expected);
    }

    @ParameterizedTest
    @CsvSource({
        "relu, 0.0, 0.0",
        "relu, 1.4E-45, 1.0",
        "relu, NaN, 1.0",
        "leaky_relu, 0.0, 0.01",
        "leaky_relu, -0.0, 0.01",
        "leaky_relu, NaN, 1.0",
        "elu, 0.0, 1.0",
        "elu, -1.0, 0.0",
        "elu, NaN, 1.0",
        "silu, 0.0, 0.5",
        "silu, Infinity, NaN",
        "silu, NaN, NaN",
        "tanh, 1.0, 0.0",
        "tanh, NaN, NaN",
        "sigmoid, 1.0, 0.0",
        "sigmoid, NaN, NaN",
        "selu, 0.0, 1.7580993",
        "selu, 1.0, 1.050701",
        "selu, NaN, 1.050701",
        "gelu, 0.0, 0.5",
        "gelu, Infinity, 1.0",
        "gelu, NaN, NaN",
        "softplus, 0.0, -0.0",
        "softplus, Infinity, 1.0",
        "softplus, NaN, NaN"
    })
    void gradientsAtSpecialValues(String name, float y, float expected) {
        assertBits(backward(name, y), expected);
    }

    /** Softmax of three channels, and its gradient for 1, 0, 0. */
    private static float[] softmax(float... x) {
        float[] values = new float[3 * BLOCK];
        for (int i = 0; i < values.length; i++) {
            values[i] = x[i / BLOCK];
        }
        Softmax.forward(3, values, 0, BLOCK, values, 0, BLOCK, BLOCK);
        float[] gradient = new float[3 * BLOCK];
        Arrays.fill(gradient, 0, BLOCK, 1);
        Softmax.backward(3, values, 0, BLOCK, gradient, 0, BLOCK, BLOCK);
        return new float[] {
            values[0], values[BLOCK], values[2 * BLOCK], gradient[0], gradient[BLOCK]
        };
    }

    @Test
    void softmaxOfSpecialValues() {
        float none = Float.NaN;
        float most = Float.POSITIVE_INFINITY;
        assertThat(softmax(1e30f, 1e30f, 0)).containsExactly(0.5f, 0.5f, 0, 0.25f, -0.25f);
        assertThat(softmax(0, -most, 0)).containsExactly(0.5f, 0, 0.5f, 0.25f, 0);
        assertThat(softmax(0, most, 0)).containsExactly(none, none, none, none, none);
        assertThat(softmax(0, none, 0)).containsExactly(none, none, none, none, none);
        assertThat(softmax(-most, -most, -most)).containsExactly(none, none, none, none, none);
        assertThat(softmax(0, -85, 0)).containsExactly(0.5f, 0, 0.5f, 0.25f, 0);
    }

    /** The gradients of a window of four whose second element won, by both pooling kernels. */
    private static float[][] spread(float gradient) {
        float[] d = new float[BLOCK];
        Arrays.fill(d, gradient);
        float[] arg = new float[BLOCK];
        Arrays.fill(arg, 1);
        int[] positions = {0, BLOCK, 2 * BLOCK, 3 * BLOCK};
        float[] fused = new float[4 * BLOCK];
        PoolSpread.vector(1, d, 0, BLOCK, arg, 0, BLOCK, 0, 1, fused, 0, 4 * BLOCK, positions);
        float[] general = new float[4 * BLOCK];
        int[] none = {0};
        PoolTable table = new PoolTable(none, none, none, new int[] {4}, positions);
        MaxPool.backward(table, 1, d, 0, arg, 0, general, 0, 4 * BLOCK);
        float[][] result = new float[2][4];
        for (int i = 0; i < 4; i++) {
            result[0][i] = fused[i * BLOCK + BLOCK - 1];
            result[1][i] = general[i * BLOCK + BLOCK - 1];
        }
        return result;
    }

    @Test
    void onlyTheWinnerReceivesAGradientEvenWhenItIsNotANumber() {
        for (float d :
                new float[] {
                    Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.MIN_VALUE
                }) {
            for (float[] gradients : spread(d)) {
                Numbers.assertSameBits(gradients, new float[] {0, d, 0, 0});
            }
        }
    }

    @Test
    void aGradientOfMinusZeroStaysOneWhereItIsStoredAndBecomesZeroWhereItIsAdded() {
        Numbers.assertSameBits(spread(-0f)[0], new float[] {0, -0f, 0, 0});
        Numbers.assertSameBits(spread(-0f)[1], new float[] {0, 0, 0, 0});
    }

    /** One tap of four equal channels: bias + x · weight. */
    private static float sum(float x, float weight, float bias) {
        float[] in = new float[BLOCK];
        Arrays.fill(in, x);
        float[] weights = {weight, weight, weight, weight};
        float[] biases = {bias, bias, bias, bias};
        int[] none = {0, 0};
        int[] four = {0, 0, 0, 0};
        int[] one = {0};
        TapTable table = new TapTable(none, 0, four, one, new int[] {1}, none, BLOCK);
        float[] out = new float[4 * BLOCK];
        float[] twin = new float[4 * BLOCK];
        TapSum.vector(table, 4, in, 0, weights, 0, 1, 1, biases, 0, out, 0, BLOCK);
        TapSum.scalar(table, 4, in, 0, weights, 0, 1, 1, biases, 0, twin, 0, BLOCK);
        Numbers.assertSameBits(out, twin);
        return out[4 * BLOCK - 1];
    }

    @Test
    void sumsHandleSpecialValuesAsOneRoundingOfTheExactNumberDoes() {
        assertBits(sum(0, Float.NEGATIVE_INFINITY, 1), Float.NaN);
        assertBits(sum(2, Float.NEGATIVE_INFINITY, 1), Float.NEGATIVE_INFINITY);
        assertBits(sum(2, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY), Float.NaN);
        assertBits(sum(Float.MAX_VALUE, 2, -Float.MAX_VALUE), Float.MAX_VALUE);
        assertBits(sum(0x1p-126f, 0x1p-10f, 0), 0x1p-136f);
        assertBits(sum(-0f, 1, -0f), -0f);
        assertBits(sum(-0f, 1, 0), 0);
        assertBits(sum(0x1.001p0f, 0x1.001p0f, -1), 0x1.0008p-11f);
    }
}
