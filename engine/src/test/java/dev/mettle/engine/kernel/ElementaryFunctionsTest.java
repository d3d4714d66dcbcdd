package dev.mettle.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.lang.management.ManagementFactory;
import java.util.Arrays;

/**
 * Bits, errors and special values of the elementary functions (docs/math/elementary-functions.md).
 */
class ElementaryFunctionsTest {
    /** Prime, so that the sample has all kinds of mantissas. */
    private static final int STRIDE = 10_007;

    private static final int SPECIAL = 512 * 3;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final long PATIENCE_NANOS = 20_000_000_000L;

    /** Every 10,007th float; zeros, infinities, NaN and all powers of two with both neighbours. */
    private static float[] arguments() {
        int strided = (int) ((1L << 32) / STRIDE) + 1;
        float[] x = new float[(strided + SPECIAL) / Lanes.BLOCK * Lanes.BLOCK + Lanes.BLOCK];
        for (int i = 0; i < strided; i++) {
            x[i] = Float.intBitsToFloat((int) ((long) i * STRIDE));
        }
        for (int i = 0; i < SPECIAL; i++) {
            x[strided + i] = Float.intBitsToFloat((i / 3 << 23) + i % 3 - 1);
        }
        return x;
    }

    @ParameterizedTest
    @EnumSource(ElementaryFunction.class)
    void bothFormsHaveTheSameBitsAndErrorsWithinTheBound(ElementaryFunction function) {
        float[] x = arguments();
        float[] expected = new float[x.length];
        float[] actual = new float[x.length];
        function.scalar.run(x, 0, expected, 0, x.length);
        function.vector.run(x, 0, actual, 0, x.length);
        Numbers.assertSameBits(actual, expected);
        double worst = 0;
        for (int i = 0; i < x.length; i++) {
            if (x[i] >= function.lowest && x[i] <= function.highest) {
                worst = Math.max(worst, function.error(x[i], expected[i]));
            }
        }
        assertThat(worst).isLessThanOrEqualTo(function.bound).isGreaterThan(0.4);
    }

    @ParameterizedTest
    @EnumSource(ElementaryFunction.class)
    void notANumberStaysNotANumber(ElementaryFunction function) {
        assertThat(value(function, Float.NaN)).isNaN();
    }

    @Test
    void theLogarithmOfZeroNegativeAndInfiniteNumbersIsTheLimitOrNotANumber() {
        assertThat(Logarithm.scalar(0f)).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(Logarithm.scalar(-0f)).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(Logarithm.scalar(-Float.MIN_VALUE)).isNaN();
        assertThat(Logarithm.scalar(Float.NEGATIVE_INFINITY)).isNaN();
        assertThat(Logarithm.scalar(Float.POSITIVE_INFINITY)).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(Logarithm.scalar(1)).isZero();
        assertThat(Logarithm.scalar(Float.MIN_VALUE)).isEqualTo((float) StrictMath.log(0x1p-149));
    }

    @Test
    void softplusNeitherOverflowsNorLosesSmallResults() {
        assertThat(Softplus.scalar(Float.NEGATIVE_INFINITY)).isZero();
        assertThat(Softplus.scalar(-1e30f)).isZero();
        assertThat(Softplus.scalar(-100)).isEqualTo((float) StrictMath.exp(-100)).isPositive();
        assertThat(Softplus.scalar(1e30f)).isEqualTo(1e30f);
        assertThat(Softplus.scalar(Float.MAX_VALUE)).isEqualTo(Float.MAX_VALUE);
        assertThat(Softplus.scalar(Float.POSITIVE_INFINITY)).isEqualTo(Float.POSITIVE_INFINITY);
    }

    @Test
    void theErrorFunctionIsOddAndEndsAtOne() {
        for (float x : new float[] {0, Float.MIN_VALUE, 1e-30f, 0.5f, 0.875f, 2, 4, 1e30f}) {
            int bits = Float.floatToIntBits(ErrorFunction.scalar(x));
            assertThat(Float.floatToIntBits(-ErrorFunction.scalar(-x))).isEqualTo(bits);
        }
        assertThat(ErrorFunction.scalar(3.95f)).isEqualTo(1);
        assertThat(ErrorFunction.scalar(Float.POSITIVE_INFINITY)).isEqualTo(1);
        assertThat(ErrorFunction.scalar(Float.NEGATIVE_INFINITY)).isEqualTo(-1);
    }

    @Test
    void siluStaysNearZeroForHugeNegativeNumbers() {
        for (float x : new float[] {-100, -1e38f, Float.NEGATIVE_INFINITY}) {
            assertThat(value(ElementaryFunction.SILU, x)).isBetween(-1e-36f, -0f);
        }
        assertThat(value(ElementaryFunction.SILU, Float.POSITIVE_INFINITY))
                .isEqualTo(Float.POSITIVE_INFINITY);
    }

    /** A single vector that is boxed would show here. */
    @ParameterizedTest
    @EnumSource(ElementaryFunction.class)
    void theVectorFormAllocatesNothingOnceCompiled(ElementaryFunction function) {
        float[] x = Numbers.ordinary(1 << 12, 1);
        float[] y = new float[x.length];
        long start = System.nanoTime();
        long allocated = Long.MAX_VALUE;
        while (allocated > 0 && System.nanoTime() - start < PATIENCE_NANOS) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 50; i++) {
                function.vector.run(x, 0, y, 0, x.length);
            }
            allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        }
        assertThat(allocated).isZero();
        assertThat(y).isNotEqualTo(new float[y.length]);
    }

    private static float value(ElementaryFunction function, float x) {
        float[] values = new float[Lanes.BLOCK];
        Arrays.fill(values, x);
        function.vector.run(values, 0, values, 0, values.length);
        return values[0];
    }
}
