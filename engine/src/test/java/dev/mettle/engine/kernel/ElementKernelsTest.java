package dev.mettle.engine.kernel;

import static dev.mettle.engine.kernel.Numbers.assertSameBits;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

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
                new Pair("sigmoid backward", Sigmoid::backwardScalar, Sigmoid::backward));
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
    @CsvSource({"1,7", "2,7", "7,1", "8,7", "9,7", "10,7", "31,3", "32,7"})
    void gatheringTransposesRowsAndRepeatsTheFirstInDeadLanes(int live, int columns) {
        float[] table = Numbers.ordinary(50 * columns, 4);
        int[] order = new int[50];
        for (int i = 0; i < 50; i++) {
            order[i] = i * 13 % 50;
        }
        int first = 50 - live;
        int[] position = {0, 32, 64, 96, 320, 352, 128};
        float[] out = new float[400];
        BlockGather.gather(table, columns, order, first, live, out, 3, position);
        for (int d = 0; d < columns; d++) {
            for (int e = 0; e < 32; e++) {
                int row = order[e < live ? first + e : first];
                assertThat(out[3 + position[d] + e]).isEqualTo(table[row * columns + d]);
            }
        }
    }
}
