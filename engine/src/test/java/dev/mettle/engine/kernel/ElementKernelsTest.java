package dev.mettle.engine.kernel;

import static dev.mettle.engine.kernel.Numbers.assertSameBits;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.stream.Stream;

class ElementKernelsTest {
    private static final int LENGTH = 32 * 40;

    /**
     * One block, a few and many: two to eight, and up to 320 vectors. Behind them nothing changes.
     */
    private static final int[] LENGTHS = {32, 64, 96, LENGTH};

    /** Reads one array, writes or changes another. */
    private interface Kernel {
        void run(float[] read, int from, float[] change, int to, int length);
    }

    private record Pair(String name, Kernel scalar, Kernel vector) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Pair> pairs() {
        return Stream.of(
                new Pair("relu", Relu::forwardScalar, Relu::forward),
                new Pair("relu backward", Relu::backwardScalar, Relu::backward),
                new Pair("leaky relu", LeakyRelu::forwardScalar, LeakyRelu::forward),
                new Pair("leaky relu backward", LeakyRelu::backwardScalar, LeakyRelu::backward),
                new Pair("elu", Elu::forwardScalar, Elu::forward),
                new Pair("elu backward", Elu::backwardScalar, Elu::backward),
                new Pair("silu", Silu::forwardScalar, Silu::forward),
                new Pair("silu backward", Silu::backwardScalar, Silu::backward),
                new Pair("tanh", Tanh::forwardScalar, Tanh::forward),
                new Pair("tanh backward", Tanh::backwardScalar, Tanh::backward),
                new Pair("sigmoid", Sigmoid::forwardScalar, Sigmoid::forward),
                new Pair("sigmoid backward", Sigmoid::backwardScalar, Sigmoid::backward),
                new Pair("selu", Selu::forwardScalar, Selu::forward),
                new Pair("selu backward", Selu::backwardScalar, Selu::backward),
                new Pair("gelu", Gelu::forwardScalar, Gelu::forward),
                new Pair("gelu backward", Gelu::backwardScalar, ElementKernelsTest::gelu),
                new Pair("softplus", Softplus::forwardScalar, Softplus::forward),
                new Pair("softplus backward", Softplus::backwardScalar, Softplus::backward));
    }

    private static void gelu(float[] read, int from, float[] change, int to, int length) {
        Gelu.backward(read, from, change, to, length, new float[length + 7], 7);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void activationsEqualTheirTwinBitForBit(Pair pair) {
        float[] read = Numbers.special(LENGTH + 5, 1);
        for (int i = 0; i < read.length; i += 3) {
            read[i] *= 30; // far into the tails
        }
        for (int length : LENGTHS) {
            float[] expected = Numbers.special(LENGTH + 3, 2);
            float[] actual = expected.clone();
            pair.scalar().run(read, 5, expected, 3, length);
            pair.vector().run(read, 5, actual, 3, length);
            assertSameBits(actual, expected);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void softmaxEqualsItsTwinBitForBit(int channels) {
        int plane = LENGTH + 32;
        for (float[] read :
                new float[][] {
                    Numbers.ordinary(channels * plane + 5, 1),
                    Numbers.special(channels * plane + 5, 1)
                }) {
            for (int i = 0; i < read.length; i += 3) {
                read[i] *= 30;
            }
            for (int length : LENGTHS) {
                float[] expected = Numbers.special(channels * plane + 3, 2);
                float[] actual = expected.clone();
                Softmax.forwardScalar(channels, read, 5, plane, expected, 3, plane, length);
                Softmax.forward(channels, read, 5, plane, actual, 3, plane, length);
                assertSameBits(actual, expected);
                float[] expectedBack = Numbers.special(channels * plane + 3, 3);
                float[] actualBack = expectedBack.clone();
                Softmax.backwardScalar(
                        channels, expected, 3, plane, expectedBack, 2, plane, length);
                Softmax.backward(channels, actual, 3, plane, actualBack, 2, plane, length);
                assertSameBits(actualBack, expectedBack);
            }
        }
    }

    private interface Step {
        void run(float[] weights, float[] gradients, float[] first, float[] second, int length);
    }

    private static void assertSameSteps(Step scalar, Step vector) {
        for (int length : LENGTHS) {
            float[][] expected = new float[4][];
            float[][] actual = new float[4][];
            for (int i = 0; i < 4; i++) {
                expected[i] = Numbers.special(LENGTH, 10 + i);
                actual[i] = expected[i].clone();
            }
            scalar.run(expected[0], expected[1], expected[2], expected[3], length);
            vector.run(actual[0], actual[1], actual[2], actual[3], length);
            for (int i = 0; i < 4; i++) {
                assertSameBits(actual[i], expected[i]);
            }
        }
    }

    @Test
    void optimiserStepsEqualTheirTwinBitForBit() {
        for (boolean nesterov : new boolean[] {true, false}) {
            assertSameSteps(
                    (w, g, a, b, n) -> SgdStep.scalar(w, g, a, n, 0.1f, 0.9f, nesterov, 0.01f),
                    (w, g, a, b, n) -> SgdStep.vector(w, g, a, n, 0.1f, 0.9f, nesterov, 0.01f));
        }
        assertSameSteps(
                (w, g, a, b, n) ->
                        RmsPropStep.scalar(w, g, a, b, n, 0.1f, 0.9f, 0.1f, 1e-8f, 0.5f, 0.01f),
                (w, g, a, b, n) ->
                        RmsPropStep.vector(w, g, a, b, n, 0.1f, 0.9f, 0.1f, 1e-8f, 0.5f, 0.01f));
        assertSameSteps(
                (w, g, a, b, n) -> AdagradStep.scalar(w, g, a, n, 0.1f, 1e-10f, 0.01f),
                (w, g, a, b, n) -> AdagradStep.vector(w, g, a, n, 0.1f, 1e-10f, 0.01f));
        assertSameSteps(
                (w, g, a, b, n) ->
                        LionStep.scalar(w, g, a, n, 0.9f, 0.1f, 0.99f, 0.01f, 0.1f, 0.95f),
                (w, g, a, b, n) ->
                        LionStep.vector(w, g, a, n, 0.9f, 0.1f, 0.99f, 0.01f, 0.1f, 0.95f));
        assertSameSteps(
                (w, g, a, b, n) ->
                        AdamStep.scalar(
                                w, g, a, b, n, 0.9f, 0.1f, 0.99f, 0.01f, 0.1f, 3f, 1e-8f, 0.01f,
                                0.9f),
                (w, g, a, b, n) ->
                        AdamStep.vector(
                                w, g, a, b, n, 0.9f, 0.1f, 0.99f, 0.01f, 0.1f, 3f, 1e-8f, 0.01f,
                                0.9f));
    }

    /**
     * With gradients 0 and factors ½, 2⁻⁹⁹ halves to the limit and stays, the float below becomes
     * 0.
     */
    @Test
    void whatAnOptimiserRemembersBecomesZeroBelowTheLimit() {
        float kept = 0x1p-99f;
        float lost = Math.nextDown(kept);
        float[] before = {kept, lost, -kept, -lost, 0x1p-140f, 0, Float.NaN, 1};
        float[] after = {kept / 2, 0, -kept / 2, 0, 0, 0, Float.NaN, 0.5f};
        float[] none = new float[32];
        assertRemembered(
                before,
                after,
                (w, g, a, b, n) -> SgdStep.scalar(w, g, a, n, 0, 0.5f, false, 0),
                (w, g, a, b, n) -> SgdStep.vector(w, g, a, n, 0, 0.5f, false, 0));
        assertRemembered(
                before,
                after,
                (w, g, a, b, n) ->
                        RmsPropStep.scalar(w, g, a, none.clone(), n, 0, 0.5f, 0.5f, 1, 0, 0),
                (w, g, a, b, n) ->
                        RmsPropStep.vector(w, g, a, none.clone(), n, 0, 0.5f, 0.5f, 1, 0, 0));
        assertRemembered(
                before,
                after,
                (w, g, a, b, n) ->
                        RmsPropStep.scalar(w, g, none.clone(), a, n, 0, 0.5f, 0.5f, 1, 0.5f, 0),
                (w, g, a, b, n) ->
                        RmsPropStep.vector(w, g, none.clone(), a, n, 0, 0.5f, 0.5f, 1, 0.5f, 0));
        assertRemembered(
                before,
                after,
                (w, g, a, b, n) -> LionStep.scalar(w, g, a, n, 0.5f, 0.5f, 0.5f, 0.5f, 0, 1),
                (w, g, a, b, n) -> LionStep.vector(w, g, a, n, 0.5f, 0.5f, 0.5f, 0.5f, 0, 1));
        assertRemembered(
                new float[] {Tiny.LIMIT, Math.nextDown(Tiny.LIMIT), 0x1p-140f, Float.NaN, 1},
                new float[] {Tiny.LIMIT, 0, 0, Float.NaN, 1},
                (w, g, a, b, n) -> AdagradStep.scalar(w, g, a, n, 0.1f, 1, 0),
                (w, g, a, b, n) -> AdagradStep.vector(w, g, a, n, 0.1f, 1, 0));
        assertRemembered(
                before,
                after,
                (w, g, a, b, n) ->
                        AdamStep.scalar(w, g, a, b, n, 0.5f, 0.5f, 0.5f, 0.5f, 0, 1, 1, 0, 1),
                (w, g, a, b, n) ->
                        AdamStep.vector(w, g, a, b, n, 0.5f, 0.5f, 0.5f, 0.5f, 0, 1, 1, 0, 1));
        assertRemembered(
                before,
                after,
                (w, g, a, b, n) ->
                        AdamStep.scalar(w, g, b, a, n, 0.5f, 0.5f, 0.5f, 0.5f, 0, 1, 1, 0, 1),
                (w, g, a, b, n) ->
                        AdamStep.vector(w, g, b, a, n, 0.5f, 0.5f, 0.5f, 0.5f, 0, 1, 1, 0, 1));
    }

    private static void assertRemembered(float[] before, float[] after, Step scalar, Step vector) {
        for (Step step : new Step[] {scalar, vector}) {
            float[] remembered = Arrays.copyOf(before, 32);
            step.run(new float[32], new float[32], remembered, new float[32], 32);
            assertSameBits(remembered, Arrays.copyOf(after, 32));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 15, 16, 17, 31, 32, 33, 225})
    void gatheringTurnsRowsIntoLanes(int columns) {
        float[] table = Numbers.special(50 * columns, 4);
        int[] rows = new int[Lanes.BLOCK];
        for (int e = 0; e < rows.length; e++) {
            rows[e] = e * 13 % 50 * columns;
        }
        int[] position = new int[columns];
        for (int d = 0; d < columns; d++) {
            position[d] = d * 7 % columns * Lanes.BLOCK;
        }
        float[] expected = new float[columns * Lanes.BLOCK + 3];
        for (int d = 0; d < columns; d++) {
            for (int e = 0; e < rows.length; e++) {
                expected[3 + position[d] + e] = table[rows[e] + d];
            }
        }
        float[] actual = new float[expected.length];
        BlockGather.gather(table, columns, rows, actual, 3, position);
        assertSameBits(actual, expected);
        float[] plain = new float[expected.length];
        BlockGather.scalar(table, columns, rows, plain, 3, position);
        assertSameBits(plain, expected);
    }
}
