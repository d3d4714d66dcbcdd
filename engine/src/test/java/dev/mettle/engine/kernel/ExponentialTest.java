package dev.mettle.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.function.DoubleUnaryOperator;

/**
 * Errors of the elementary functions against StrictMath in double, over floats of the range spread
 * evenly in their bits.
 */
class ExponentialTest {
    private interface Function {
        float of(float x);
    }

    /** Every 97th float of the range, both signs. */
    private static double worstUlp(
            Function function, DoubleUnaryOperator exact, float lowest, float highest) {
        double worst = 0;
        for (int bits = 0; bits < Float.floatToIntBits(100f); bits += 97) {
            for (float x : new float[] {Float.intBitsToFloat(bits), -Float.intBitsToFloat(bits)}) {
                if (x >= lowest && x <= highest) {
                    double expected = exact.applyAsDouble(x);
                    double ulp = Math.max(Math.ulp((float) expected), Float.MIN_NORMAL * 0x1p-23);
                    worst = Math.max(worst, Math.abs(function.of(x) - expected) / ulp);
                }
            }
        }
        return worst;
    }

    private static float apply(float x, boolean tanh) {
        float[] value = new float[Lanes.BLOCK];
        value[0] = x;
        if (tanh) {
            Tanh.forwardScalar(value, 0, value, 0, 1);
        } else {
            Sigmoid.forwardScalar(value, 0, value, 0, 1);
        }
        return value[0];
    }

    @Test
    void theExponentialIsWithinItsErrorBound() {
        assertThat(worstUlp(Exponential::exp, StrictMath::exp, -87, 88)).isLessThan(1.5);
    }

    @Test
    void theExponentialLessOneIsWithinItsErrorBound() {
        assertThat(worstUlp(Exponential::expm1, StrictMath::expm1, -87, 88)).isLessThan(2);
    }

    @Test
    void hyperbolicTangentAndLogisticFunctionAreWithinTheirErrorBounds() {
        assertThat(worstUlp(x -> apply(x, true), StrictMath::tanh, -100, 100)).isLessThan(3);
        assertThat(worstUlp(x -> apply(x, false), x -> 1 / (1 + StrictMath.exp(-x)), -87, 87))
                .isLessThan(3);
    }

    @Test
    void argumentsOutsideTheRangeAreLimitedAndNotANumberStays() {
        assertThat(Exponential.exp(1000)).isEqualTo(Exponential.exp(88)).isFinite();
        assertThat(Exponential.exp(Float.NEGATIVE_INFINITY))
                .isEqualTo(Exponential.exp(-87))
                .isPositive();
        assertThat(Exponential.expm1(-1000)).isEqualTo(-1);
        assertThat(Exponential.exp(Float.NaN)).isNaN();
        assertThat(apply(Float.NaN, true)).isNaN();
        assertThat(apply(Float.POSITIVE_INFINITY, true)).isEqualTo(1);
        assertThat(apply(Float.NEGATIVE_INFINITY, true)).isEqualTo(-1);
    }
}
