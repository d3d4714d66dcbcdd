package dev.mettle.engine.kernel;

import static dev.mettle.engine.kernel.Numbers.assertSameBits;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.stream.Stream;

class ElementKernelsTest {
    private static final int LENGTH = 32 * 40;

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
                new Pair("sigmoid backward", Sigmoid::backwardScalar, Sigmoid::backward));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void activationsEqualTheirTwinBitForBit(Pair pair) {
        float[] read = Numbers.special(LENGTH + 5, 1);
        for (int i = 0; i < read.length; i += 3) {
            read[i] *= 30; // far into the tails
        }
        float[] expected = Numbers.special(LENGTH + 3, 2);
        float[] actual = expected.clone();
        pair.scalar().run(read, 5, expected, 3, LENGTH);
        pair.vector().run(read, 5, actual, 3, LENGTH);
        assertSameBits(actual, expected);
    }

    private interface Step {
        void run(float[] weights, float[] gradients, float[] first, float[] second);
    }

    private static void assertSameSteps(Step scalar, Step vector) {
        float[][] expected = new float[4][];
        float[][] actual = new float[4][];
        for (int i = 0; i < 4; i++) {
            expected[i] = Numbers.special(LENGTH, 10 + i);
            actual[i] = expected[i].clone();
        }
        scalar.run(expected[0], expected[1], expected[2], expected[3]);
        vector.run(actual[0], actual[1], actual[2], actual[3]);
        for (int i = 0; i < 4; i++) {
            assertSameBits(actual[i], expected[i]);
        }
    }

    @Test
    void optimiserStepsEqualTheirTwinBitForBit() {
        for (boolean nesterov : new boolean[] {true, false}) {
            assertSameSteps(
                    (w, g, a, b) -> SgdStep.scalar(w, g, a, LENGTH, 0.1f, 0.9f, nesterov, 0.01f),
                    (w, g, a, b) -> SgdStep.vector(w, g, a, LENGTH, 0.1f, 0.9f, nesterov, 0.01f));
        }
        assertSameSteps(
                (w, g, a, b) ->
                        RmsPropStep.scalar(
                                w, g, a, b, LENGTH, 0.1f, 0.9f, 0.1f, 1e-8f, 0.5f, 0.01f),
                (w, g, a, b) ->
                        RmsPropStep.vector(
                                w, g, a, b, LENGTH, 0.1f, 0.9f, 0.1f, 1e-8f, 0.5f, 0.01f));
        assertSameSteps(
                (w, g, a, b) ->
                        AdamStep.scalar(
                                w, g, a, b, LENGTH, 0.9f, 0.1f, 0.99f, 0.01f, 0.1f, 3f, 1e-8f,
                                0.01f, 0.9f),
                (w, g, a, b) ->
                        AdamStep.vector(
                                w, g, a, b, LENGTH, 0.9f, 0.1f, 0.99f, 0.01f, 0.1f, 3f, 1e-8f,
                                0.01f, 0.9f));
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
