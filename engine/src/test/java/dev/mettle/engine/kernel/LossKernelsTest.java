package dev.mettle.engine.kernel;

import static dev.mettle.engine.kernel.Lanes.BLOCK;
import static dev.mettle.engine.kernel.Numbers.assertSameBits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;

/** Places in the arena: outputs at 3, targets at 505, gradients at 1011, values at 1517. */
class LossKernelsTest {
    private static final int OUTPUT = 3;
    private static final int TARGET = 505;
    private static final int GRADIENT = 1011;
    private static final int VALUE = 1517;
    private static final int ARENA = 2000;
    private static final float SLOPE = 0.25f;

    private interface Kernel {
        void run(float[] arena, int output, int target, int gradient, int value, int length);
    }

    private record Named(String name, Kernel kernel, DoubleUnaryOperator loss) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Named> regressions() {
        return Stream.of(
                new Named(
                        "squared, of which the root is written",
                        (a, o, t, g, v, n) -> SquaredLoss.block(a, o, t, g, v, n, 2 * SLOPE),
                        d -> d * d),
                new Named(
                        "absolute",
                        (a, o, t, g, v, n) -> AbsoluteLoss.block(a, o, t, g, v, n, SLOPE),
                        Math::abs),
                new Named(
                        "huber",
                        (a, o, t, g, v, n) -> HuberLoss.block(a, o, t, g, v, n, SLOPE, 0.7f),
                        d -> Math.abs(d) <= 0.7 ? d * d / 2 : 0.7 * (Math.abs(d) - 0.35)),
                new Named(
                        "log cosh",
                        (a, o, t, g, v, n) -> LogCoshLoss.block(a, o, t, g, v, n, SLOPE),
                        d -> Math.log(Math.cosh(d))),
                new Named(
                        "quantile",
                        (a, o, t, g, v, n) -> QuantileLoss.block(a, o, t, g, v, n, SLOPE, 0.9f),
                        d -> Math.max(-0.9 * d, 0.1 * d)));
    }

    @ParameterizedTest
    @MethodSource("regressions")
    void lossesOfARegressionFollowTheirFormula(Named named) {
        float[] arena = Numbers.ordinary(ARENA, 9);
        for (int i = 0; i < BLOCK; i++) {
            arena[OUTPUT + i] *= 3;
        }
        arena[OUTPUT + 7] = arena[TARGET + 7];
        named.kernel().run(arena, OUTPUT, TARGET, GRADIENT, VALUE, BLOCK);
        boolean squared = named.name().startsWith("squared");
        for (int i = 0; i < BLOCK; i++) {
            double d = (double) arena[OUTPUT + i] - arena[TARGET + i];
            double value = arena[VALUE + i];
            assertThat(squared ? value * value : value)
                    .isCloseTo(named.loss().applyAsDouble(d), within(3e-6 * (1 + d * d)));
            double h = 1e-5;
            double slope =
                    (named.loss().applyAsDouble(d + h) - named.loss().applyAsDouble(d - h))
                            / (2 * h);
            assertThat((double) arena[GRADIENT + i])
                    .isCloseTo(i == 7 ? 0 : SLOPE * slope, within(1e-5));
        }
    }

    @ParameterizedTest
    @MethodSource("regressions")
    void aPredictionThatIsNotANumberStaysOne(Named named) {
        float[] arena = new float[ARENA];
        arena[OUTPUT + 4] = Float.NaN;
        named.kernel().run(arena, OUTPUT, TARGET, GRADIENT, VALUE, BLOCK);
        assertThat(arena[VALUE + 4]).isNaN();
        assertThat(arena[GRADIENT + 4]).isNaN();
        assertThat(arena[VALUE + 5]).isZero();
    }

    @Test
    void logCoshNeitherOverflowsNorLosesItsTail() {
        float[] arena = new float[ARENA];
        arena[OUTPUT] = 3e38f;
        arena[OUTPUT + 1] = -100;
        LogCoshLoss.block(arena, OUTPUT, TARGET, GRADIENT, VALUE, BLOCK, 1);
        assertThat(arena[VALUE]).isEqualTo(3e38f);
        assertThat(arena[VALUE + 1]).isEqualTo(100 - 0.6931472f);
        assertThat(arena[GRADIENT]).isEqualTo(1);
        assertThat(arena[GRADIENT + 1]).isEqualTo(-1);
    }

    private static float[] logits(int classes, long seed, boolean special) {
        float[] arena = special ? Numbers.special(ARENA, seed) : Numbers.ordinary(ARENA, seed);
        for (int e = 0; e < BLOCK; e++) {
            arena[TARGET + e] = e % classes;
        }
        return arena;
    }

    @Test
    void binaryCrossEntropyFollowsItsFormulaInBothTails() {
        float[] z = {0, 1, -1, 50, -50, 1000, -1000, 3e38f, -3e38f, 0.001f};
        for (int label = 0; label < 2; label++) {
            float[] arena = new float[ARENA];
            for (int e = 0; e < z.length; e++) {
                arena[OUTPUT + e] = z[e];
                arena[TARGET + e] = label;
            }
            BinaryCrossEntropyLoss.block(arena, OUTPUT, TARGET, GRADIENT, VALUE, BLOCK, 1);
            for (int e = 0; e < z.length; e++) {
                double wrong = label == 1 ? -z[e] : z[e];
                double loss = Math.max(wrong, 0) + Math.log1p(Math.exp(-Math.abs(wrong)));
                assertThat((double) arena[VALUE + e]).isCloseTo(loss, within(1e-6 * (1 + loss)));
                assertThat((double) arena[GRADIENT + e])
                        .isCloseTo(1 / (1 + Math.exp(-z[e])) - label, within(1e-6));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"2, 0", "2, 0.1", "3, 0", "10, 0.3", "15, 0"})
    void crossEntropyEqualsItsTwinBitForBit(int classes, float smoothing) {
        for (long seed = 0; seed < 20; seed++) {
            float[] expected = logits(classes, seed, seed % 2 == 0);
            for (int i = 0; i < classes * BLOCK; i += 3) {
                expected[OUTPUT + i] *= 40; // far into the tails
            }
            float[] actual = expected.clone();
            CrossEntropyLoss.scalar(
                    expected, OUTPUT, TARGET, GRADIENT, VALUE, classes, SLOPE, smoothing);
            CrossEntropyLoss.vector(
                    actual, OUTPUT, TARGET, GRADIENT, VALUE, classes, SLOPE, smoothing);
            Arrays.fill(actual, VALUE + BLOCK, VALUE + 2 * BLOCK, 0f); // scratch
            Arrays.fill(expected, VALUE + BLOCK, VALUE + 2 * BLOCK, 0f);
            assertSameBits(actual, expected);
        }
    }

    @Test
    void tinyGradientsAreZero() {
        float[] arena = new float[ARENA];
        for (int e = 0; e < BLOCK; e++) {
            arena[OUTPUT + e] = 85;
        }
        CrossEntropyLoss.vector(arena, OUTPUT, TARGET, GRADIENT, VALUE, 2, 1, 0);
        assertThat(arena[GRADIENT + BLOCK]).isZero();
        arena[OUTPUT] = -87;
        BinaryCrossEntropyLoss.block(arena, OUTPUT, TARGET, GRADIENT, VALUE, BLOCK, 1);
        assertThat(arena[GRADIENT]).isZero();
    }

    @ParameterizedTest
    @CsvSource({"2, 0", "3, 0.1", "10, 0.3", "15, 0"})
    void crossEntropyFollowsItsFormula(int classes, float smoothing) {
        float[] arena = logits(classes, 5, false);
        CrossEntropyLoss.vector(arena, OUTPUT, TARGET, GRADIENT, VALUE, classes, SLOPE, smoothing);
        for (int e = 0; e < BLOCK; e++) {
            double sum = 0;
            for (int k = 0; k < classes; k++) {
                sum += Math.exp(arena[OUTPUT + k * BLOCK + e]);
            }
            double loss = 0;
            for (int k = 0; k < classes; k++) {
                double p = Math.exp(arena[OUTPUT + k * BLOCK + e]) / sum;
                double wanted = smoothing / classes + (e % classes == k ? 1 - smoothing : 0);
                loss -= wanted * Math.log(p);
                assertThat((double) arena[GRADIENT + k * BLOCK + e])
                        .isCloseTo(SLOPE * (p - wanted), within(1e-7));
            }
            assertThat((double) arena[VALUE + e]).isCloseTo(loss, within(2e-6));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aLogitThatIsNotANumberMakesItsRowsLossNoNumber(int k) {
        float[] arena = logits(3, 6, false);
        arena[OUTPUT + k * BLOCK + 9] = Float.NaN;
        CrossEntropyLoss.vector(arena, OUTPUT, TARGET, GRADIENT, VALUE, 3, SLOPE, 0);
        assertThat(arena[VALUE + 9]).isNaN();
        assertThat(arena[GRADIENT + 9]).isNaN();
        assertThat(arena[VALUE + 10]).isFinite();
    }
}
